// One [[rule]] of a pack, read and checked.
//
// Threads:   not thread-safe.
// Errors:    into the diagnostics, several at once.
// Cost:      compiles the pattern once, and proves the anchors.

#pragma once

#include <toml++/toml.h>

#include <string>

#include "patterns/diagnostics.h"
#include "scanner/rule/rule.h"

namespace logspill {

// What it returns is only of use where the diagnostics stay ok().
Rule ReadRule(const toml::table& table, const std::string& file,
              Diagnostics* diagnostics);

}  // namespace logspill
