#include "patterns/examples.h"

#include <gtest/gtest.h>

#include <set>

#include "patterns/loader.h"
#include "scanner/rule/shape.h"

namespace logspill {
namespace {

const RuleSet& BuiltIn() {
  RuleSelection selection;
  selection.check_built_in = true;
  static const Result<RuleSet> rules = LoadRules(selection);
  EXPECT_TRUE(rules.ok()) << rules.error().message;
  static const RuleSet none;
  return rules.ok() ? rules.value() : none;
}

TEST(Packs, HoldAtLeastTwoHundredAndFiftyRules) {
  EXPECT_GE(BuiltIn().rules.size(), 250U);
}

TEST(Packs, KnowTheNumbersOfAtLeastThirtyCountries) {
  std::set<std::string> countries;
  for (const Rule& rule : BuiltIn().rules) {
    if (rule.origin.find("national-") == std::string::npos) continue;
    ASSERT_GT(rule.id.size(), 6U);
    countries.insert(rule.id.substr(4, 2));  // pii.de-idnr
    EXPECT_FALSE(rule.validator.empty()) << rule.id;
  }
  EXPECT_GE(countries.size(), 30U);
}

TEST(Packs, EveryRuleIsProvedByItsOwnExamples) {
  for (const Rule& rule : BuiltIn().rules) {
    for (const std::string& wrong : TestExamples(rule)) {
      ADD_FAILURE() << rule.id << " " << wrong;
    }
  }
}

TEST(Packs, EveryValidatorRefusesOrLowersAnExampleThatThePatternTakes) {
  for (const Rule& rule : BuiltIn().rules) {
    if (rule.validator.empty()) continue;
    const PlainRule plain(&rule);
    bool shown = false;
    for (const std::string& text : rule.no_match) {
      shown |= plain.PatternMatches(text);
    }
    for (const std::string& text : rule.match) {
      for (const PlainMatch& match : plain.Find(text)) {
        shown |= match.verdict != Verdict::kAccept;
      }
    }
    EXPECT_TRUE(shown) << rule.id << ": its examples only show the pattern";
  }
}

TEST(Packs, NoPatternMatchesAcrossLines) {
  for (const Rule& rule : BuiltIn().rules) {
    if (rule.is_region()) continue;
    const PlainRule plain(&rule);
    for (const std::string& text : rule.match) {
      const std::string twice = text + "\n" + text;
      for (const PlainMatch& match : plain.Find(twice)) {
        EXPECT_EQ(match.value.Of(twice).find('\n'), std::string_view::npos)
            << rule.id;
      }
    }
  }
}

TEST(Packs, EveryExampleHoldsAnAnchorWithinItsMatch) {
  for (const Rule& rule : BuiltIn().rules) {
    if (rule.anchors.empty() || rule.anchors_caseless) continue;
    for (const std::string& text : rule.match) {
      bool held = false;
      for (const std::string& anchor : rule.anchors) {
        held |= text.find(anchor) != std::string::npos;
      }
      EXPECT_TRUE(held) << rule.id << ": " << text;
    }
  }
}

TEST(Packs, EveryRuleIsFoundByAnchorShapeOrRegion) {
  for (const Rule& rule : BuiltIn().rules) {
    EXPECT_TRUE(rule.is_region() || rule.shape != Shape::kNone ||
                !rule.anchors.empty())
        << rule.id << " would need a regex on every byte";
  }
}

TEST(Packs, KeyedUuidIsLeftToTheRuleForUuids) {
  const std::string text = "user_id=780e2104-7a54-42e3-9ce0-70a24dbf5d84";
  std::set<std::string> found;
  for (const Rule& rule : BuiltIn().rules) {
    if (!PlainRule(&rule).Find(text).empty()) found.insert(rule.id);
  }
  EXPECT_EQ(found, std::set<std::string>{"id.uuid"});
}

TEST(Packs, FixedShapesUseTheHousesPattern) {
  for (const Rule& rule : BuiltIn().rules) {
    const std::string_view pattern = ShapePattern(rule.shape);
    if (!pattern.empty()) {
      EXPECT_EQ(rule.pattern, pattern) << rule.id;
    }
  }
}

}  // namespace
}  // namespace logspill
