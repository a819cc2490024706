// The actions of `logspill rules` that have a file of their own.

#pragma once

#include <string>
#include <vector>

#include "adapters/cli/commands.h"
#include "adapters/cli/settings.h"
#include "adapters/output/output_stream.h"
#include "scanner/base/result.h"
#include "scanner/match/rule_database.h"

namespace logspill {

// Runs every rule's own examples through the engine, each rule alone; prints
// those that fail, each with a caret.  Returns how many failed.
Result<std::size_t> TestRules(const RuleSet& rules, OutputStream* out);

// Measures each rule on `text`, whole records: alone, and with `in_pack` also
// what the whole pack costs less without it.
Result<void> MeasureRules(const RuleSet& rules, const std::string& text,
                          bool in_pack, OutputStream* out);

// Declares and runs `rules import FILE` and `rules new [ID]`, which write a pack
// to standard output or, unless it exists, to the file of --output.
void DeclareImport(CLI::App* rules, LowArgs* low);
int ImportRulesFrom(const LowArgs& low, const Settings& settings);
void DeclareNew(CLI::App* rules, LowArgs* low);
int WriteNewRule(const LowArgs& low, const Settings& settings);

// Standard output, or the file at `path`; one that exists is refused unless
// `force`.
Result<OutputStream> OpenNew(const std::string& path, bool force);

// A set of these rules alone, each with its index.
RuleSet SetOf(std::vector<Rule> rules);

}  // namespace logspill
