// One [[rule]] of a pack, read and checked.
//
// Threads:   not thread-safe.
// Errors:    into the diagnostics, several at once.
// Cost:      compiles the pattern once, and proves the anchors.

#pragma once

#include <toml++/toml.h>

#include <string>
#include <vector>

#include "patterns/diagnostics.h"
#include "patterns/table_reader.h"
#include "scanner/rule/rule.h"

namespace logspill {

// What it returns is only of use where the diagnostics stay ok().
// `check`: whether the pattern is compiled and its anchors are proved.
enum class PatternCheck { kNone, kFull };

// The field `tags` of a rule, or of a pack for all its rules.
std::vector<std::string> ReadTags(TableReader* reader);

// The names of all fields of a rule, in the order in which they are read.
std::vector<std::string> RuleFieldNames();
// What `shape` can name.
std::vector<std::string> ShapeNames();

Rule ReadRule(const toml::table& table, const std::string& file,
              PatternCheck check, Diagnostics* diagnostics);

}  // namespace logspill
