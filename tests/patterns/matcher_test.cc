// The packs through the real engine: what a rule's examples prove with RE2
// alone holds for the compiled database, too.

#include "scanner/match/matcher.h"

#include <gtest/gtest.h>

#include <vector>

#include "patterns/examples.h"
#include "patterns/loader.h"
#include "scanner/match/rule_database.h"

namespace logspill {
namespace {

struct Found {
  Span value;
  Verdict verdict;
  friend bool operator==(const Found&, const Found&) = default;
  friend void PrintTo(const Found& found, std::ostream* out) {
    *out << "[" << found.value.begin << "," << found.value.end << ") verdict "
         << static_cast<int>(found.verdict);
  }
};

std::vector<Found> Engine(const RuleSet& rules, const std::string& text) {
  auto database = RuleDatabase::Compile(&rules, {});
  EXPECT_TRUE(database.ok()) << database.error().message;
  if (!database.ok()) return {};
  Matcher matcher(&*database);
  std::vector<Match> matches;
  matcher.Scan(text, &matches);
  std::vector<Found> found;
  for (const Match& match : matches) {
    found.push_back({match.value, match.verdict});
  }
  return found;
}

std::vector<Found> Plain(const Rule& rule, const std::string& text) {
  std::vector<Found> found;
  for (const PlainMatch& match : PlainRule(&rule).Find(text)) {
    found.push_back({match.value, match.verdict});
  }
  return found;
}

TEST(PacksInTheEngine, FindWhatEachRulesExamplesShow) {
  const auto set = LoadRules({});
  ASSERT_TRUE(set.ok()) << set.error().message;
  for (const Rule& rule : set->rules) {
    if (rule.is_region()) continue;
    RuleSet alone;
    alone.rules = {rule};
    alone.rules[0].index = 0;
    alone.digest = rule.id;
    for (const auto* examples : {&rule.match, &rule.no_match}) {
      for (const std::string& text : *examples) {
        EXPECT_EQ(Engine(alone, text), Plain(rule, text))
            << rule.id << ": " << text;
      }
    }
  }
}

TEST(PacksInTheEngine, FindSomethingInEveryExampleTogether) {
  const auto set = LoadRules({});
  ASSERT_TRUE(set.ok()) << set.error().message;
  auto database = RuleDatabase::Compile(&*set, {});
  ASSERT_TRUE(database.ok()) << database.error().message;
  Matcher matcher(&*database);
  for (const Rule& rule : set->rules) {
    for (const std::string& text : rule.match) {
      std::vector<Match> matches;
      matcher.Scan(text, &matches);
      EXPECT_FALSE(matches.empty()) << rule.id << ": " << text;
    }
  }
}

}  // namespace
}  // namespace logspill
