#include "tests/match/agreement.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <utility>

#include "patterns/loader.h"

namespace logspill {
namespace {

using naive::NaiveMatch;

constexpr int kShrinkSteps = 4'000;

void Print(const char* who, const std::vector<NaiveMatch>& matches,
           std::ostream* out) {
  *out << who << " finds " << matches.size() << ":\n";
  for (const NaiveMatch& match : matches) *out << "    " << match << "\n";
}

}  // namespace

RuleSet BuiltInRules() {
  Result<RuleSet> rules = LoadRules({});
  if (rules) return std::move(*rules);
  ADD_FAILURE() << rules.error().message;
  return {};
}

Agreement::Agreement(RuleSet rules)
    : rules_(std::make_unique<RuleSet>(std::move(rules))) {
  Result<RuleDatabase> database = RuleDatabase::Compile(rules_.get(), {});
  Result<naive::NaiveScanner> oracle =
      naive::NaiveScanner::Create(rules_.get());
  if (!database || !oracle) {
    ADD_FAILURE() << (database ? oracle.error() : database.error()).message;
    std::abort();  // nothing can be compared
  }
  database_ = std::make_unique<RuleDatabase>(std::move(*database));
  oracle_.emplace(std::move(*oracle));
  matcher_.emplace(database_.get());
}

std::vector<NaiveMatch> Agreement::Expected(std::string_view text) const {
  return oracle_->Scan(text);
}

std::vector<NaiveMatch> Agreement::Actual(std::string_view text) {
  std::vector<Match> matches;
  const std::uint64_t newlines = matcher_->Scan(text, &matches);
  EXPECT_EQ(newlines, static_cast<std::uint64_t>(
                          std::count(text.begin(), text.end(), '\n')));
  std::vector<NaiveMatch> actual;
  for (const Match& match : matches) {
    actual.push_back(
        {match.rule, match.value, match.redact, match.verdict, match.decoded});
  }
  return actual;
}

bool Agreement::Differ(const std::string& text) {
  return Actual(text) != Expected(text);
}

std::string Agreement::Shrink(std::string text) {
  int steps = 0;
  for (std::size_t part = text.size() / 2; part > 0;) {
    bool smaller = false;
    for (std::size_t at = 0; at < text.size() && steps < kShrinkSteps;) {
      std::string shorter = text;
      shorter.erase(at, part);
      ++steps;
      if (Differ(shorter)) {
        text = std::move(shorter);
        smaller = true;
      } else {
        at += part;
      }
    }
    if (!smaller || part > text.size()) part = std::min(part / 2, text.size());
  }
  return text;
}

std::string Agreement::Difference(std::string_view text) {
  if (Actual(text) == Expected(text)) return {};
  const std::string small = Shrink(std::string(text));
  std::ostringstream out;
  out << "in " << small.size() << " bytes "
      << testing::PrintToString(small.substr(0, 2000)) << "\n";
  Print("the oracle", Expected(small), &out);
  Print("the engine", Actual(small), &out);
  return out.str();
}

}  // namespace logspill
