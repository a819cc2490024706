// Rules as the text of a pack, which the loader reads back as they were.
//
// Threads:   pure functions.

#pragma once

#include <string>

#include "scanner/identity/allowlist.h"
#include "scanner/rule/rule.h"

namespace logspill {

// One [[rule]] table.  Fields that have their default are left out.
// REQUIRES: the rule has a pattern: neither shape nor region.
std::string RuleText(const Rule& rule);

// One [[allow]] table, for logspill.toml.
std::string AllowText(const AllowEntry& entry);

}  // namespace logspill
