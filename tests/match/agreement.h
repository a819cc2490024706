// The engine's matcher and the oracle side by side on one text.
//
// Lifetime:  owns the rules and both scanners.
// Threads:   not thread-safe.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/match/matcher.h"
#include "scanner/match/rule_database.h"
#include "scanner/rule/rule.h"
#include "tests/naive/naive_scanner.h"

namespace logspill {

class Agreement {
 public:
  // Fails the current test where the rules do not compile.
  explicit Agreement(RuleSet rules);

  const RuleSet& rules() const { return *rules_; }
  const RuleDatabase& database() const { return *database_; }

  std::vector<naive::NaiveMatch> Expected(std::string_view text) const;
  std::vector<naive::NaiveMatch> Actual(std::string_view text);

  // Empty where both find the same; else the smallest part of `text` found on
  // which they differ, and what each of them finds in it.
  std::string Difference(std::string_view text);

 private:
  bool Differ(const std::string& text);
  std::string Shrink(std::string text);

  std::unique_ptr<RuleSet> rules_;
  std::unique_ptr<RuleDatabase> database_;
  std::optional<Matcher> matcher_;
  std::optional<naive::NaiveScanner> oracle_;
};

// The packs that are compiled in.
RuleSet BuiltInRules();

}  // namespace logspill
