// Whatever is said of how matches begin has to hold for every match there is.

#include "scanner/match/leading.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/match/agreement.h"
#include "tests/match/pattern_writer.h"
#include "tests/naive/log_generator.h"
#include "tests/naive/naive_pattern.h"

namespace logspill {
namespace {

char Fold(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool Begins(std::string_view text, std::string_view prefix, bool caseless) {
  if (text.size() < prefix.size()) return false;
  return std::equal(prefix.begin(), prefix.end(), text.begin(),
                    [caseless](char a, char b) {
                      if (a == kAnyByte) return true;
                      return caseless ? Fold(a) == Fold(b) : a == b;
                    });
}

bool Allows(const Leading& leading, std::string_view match) {
  for (std::size_t skip = 0; skip <= leading.slack && skip <= match.size();
       ++skip) {
    for (const std::string& prefix : leading.prefixes) {
      if (Begins(match.substr(skip), prefix, leading.caseless)) return true;
    }
  }
  return false;
}

TEST(Leading, HoldsForEveryMatchOfRandomPatterns) {
  PatternWriter writer(1);
  std::mt19937_64 random(2);
  static constexpr std::string_view kAlphabet = "aabbAB_. 1";
  for (int i = 0; i < 4'000; ++i) {
    const std::string pattern = writer.Pattern();
    const auto compiled = naive::NaivePattern::Compile(pattern);
    ASSERT_TRUE(compiled) << pattern << ": " << compiled.error().message;
    const Leading leading = FindLeading(pattern);
    for (int n = 0; n < 60; ++n) {
      std::string text;
      for (std::size_t size = random() % 9; size > 0; --size) {
        text += kAlphabet[random() % kAlphabet.size()];
      }
      for (std::size_t from = 0; from <= text.size(); ++from) {
        const auto found = compiled->Find(text, from, 100);
        if (!found) break;
        ASSERT_TRUE(Allows(leading, found->whole.Of(text)))
            << pattern << " matches '" << found->whole.Of(text) << "' in '"
            << text << "', but begins with "
            << testing::PrintToString(leading.prefixes) << " behind at most "
            << leading.slack;
        from = found->whole.begin;
      }
    }
  }
}

TEST(Leading, HoldsForEveryMatchOfThePacks) {
  const RuleSet rules = BuiltInRules();
  const std::string text = naive::LogGenerator(&rules, 3).Text(200'000);
  for (const Rule& rule : rules.rules) {
    if (rule.is_region()) continue;
    const std::string pattern = rule.pattern;
    const auto compiled = naive::NaivePattern::Compile(pattern);
    ASSERT_TRUE(compiled) << rule.id << ": " << compiled.error().message;
    const Leading leading = FindLeading(pattern);
    for (std::size_t from = 0;;) {
      const auto found = compiled->Find(text, from, rule.max_bytes);
      if (!found) break;
      ASSERT_TRUE(Allows(leading, found->whole.Of(text))) << rule.id;
      from = found->whole.begin + 1;
    }
  }
}

TEST(Leading, KnowsThePrefixesOfAFixedBeginning) {
  const Leading leading = FindLeading(R"(\b(?:ghp|gho)_[A-Za-z0-9]{36}\b)");
  EXPECT_EQ(AnchorSlack(leading, {"ghp_", "gho_"}, false), 0U);
  EXPECT_EQ(AnchorSlack(leading, {"ghp_"}, false), std::nullopt);
}

TEST(Leading, ACaselessPatternNeverRestsOnAnExactAnchor) {
  EXPECT_FALSE(AnchorSlack(FindLeading("(?i)token"), {"token"}, false));
  EXPECT_TRUE(AnchorSlack(FindLeading("(?i)token"), {"token"}, true));
  EXPECT_FALSE(AnchorSlack(FindLeading("(?:(?i)token)"), {"token"}, false));
}

TEST(Leading, SaysHowFarInTheAnchorStands) {
  const auto slack = [](const char* pattern, const char* anchor) {
    return AnchorSlack(FindLeading(pattern), {anchor}, false);
  };
  EXPECT_EQ(slack(R"((?:\b|_)nit[ =])", "nit"), 1U);
  EXPECT_EQ(slack(R"([a-z]{2} number)", " number"), 2U);
  EXPECT_EQ(slack(R"([a-z]{2,3} number)", " number"), std::nullopt);
  EXPECT_EQ(slack(R"(.{4}x)", "x"), 4U);
  EXPECT_EQ(slack(R"(.{5}x)", "x"), std::nullopt);
  EXPECT_EQ(slack(R"((?:^|[^a])\xc3key)", "key"), 2U);
}

TEST(Leading, NoAnchorStandsFartherInThanSaid) {
  PatternWriter writer(5);
  std::mt19937_64 random(6);
  static constexpr std::string_view kAlphabet = "aabbAB_. 1";
  int said = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string pattern = writer.Pattern();
    const std::vector<std::string> anchors{i % 2 == 0 ? "ab" : "b", "_", "A"};
    const auto slack = AnchorSlack(FindLeading(pattern), anchors, false);
    if (!slack) continue;
    ++said;
    const auto compiled = naive::NaivePattern::Compile(pattern);
    ASSERT_TRUE(compiled) << pattern;
    std::string text;
    for (int n = 0; n < 200; ++n)
      text += kAlphabet[random() % kAlphabet.size()];
    for (std::size_t from = 0; from <= text.size(); ++from) {
      const auto found = compiled->Find(text, from, 100);
      if (!found) break;
      const std::string_view match = found->whole.Of(text);
      std::size_t first = match.npos;
      for (const std::string& anchor : anchors) {
        first = std::min(first, match.find(anchor));
      }
      ASSERT_LE(first, *slack) << pattern << " matches '" << match << "'";
      from = found->whole.begin;
    }
  }
  EXPECT_GT(said, 100);
}

}  // namespace
}  // namespace logspill
