// Matching by table is matching by regex.

#include "scanner/match/fixed_pattern.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "tests/match/agreement.h"
#include "tests/naive/log_generator.h"
#include "tests/naive/naive_pattern.h"

namespace logspill {
namespace {

constexpr std::size_t kNoLimit = 1 << 20;

// Compares the match at every place of `text`.
void ExpectSame(const FixedPattern& fixed, const naive::NaivePattern& regex,
                const std::string& pattern, const std::string& text) {
  for (std::uint32_t begin = 0; begin <= text.size(); ++begin) {
    Span whole;
    Span value;
    const bool matches = fixed.MatchAt(
        text, begin, static_cast<std::uint32_t>(text.size()), &whole, &value);
    const auto found = regex.Find(text, begin, kNoLimit);
    const bool expected = found && found->whole.begin == begin;
    ASSERT_EQ(matches, expected)
        << pattern << " at " << begin << " of " << testing::PrintToString(text);
    if (!matches) continue;
    ASSERT_EQ(whole, found->whole) << pattern;
    ASSERT_EQ(value, found->value) << pattern;
  }
}

std::string RandomPattern(std::mt19937_64* random) {
  static constexpr const char* kAtoms[] = {
      "a",    "b",   "-",      "_",     "\\.", "[ab]", "[a-b-]", "[0-9_]",
      "[^a]", "\\d", "[\\-a]", "(a|b)", "\\b", ".",    "\\$",    "[.]"};
  static constexpr const char* kCounts[] = {"",  "",      "",    "{2}",  "{3}",
                                            "?", "{1,2}", "{0}", "{2}?", "+"};
  std::string pattern = (*random)() % 2 == 0 ? "\\b" : "";
  const std::size_t atoms = 1 + (*random)() % 4;
  const std::size_t value = (*random)() % 6;
  for (std::size_t i = 0; i < atoms; ++i) {
    if (i == value) pattern += "(?P<value>";
    pattern += kAtoms[(*random)() % std::size(kAtoms)];
    pattern += kCounts[(*random)() % std::size(kCounts)];
    if (i == value) pattern += ")";
  }
  return pattern + ((*random)() % 2 == 0 ? "\\b" : "");
}

TEST(FixedPattern, WhatItReadsItMatchesLikeARegex) {
  std::mt19937_64 random(1);
  static constexpr std::string_view kAlphabet = "aabb--_.0$ ";
  int read = 0;
  for (int i = 0; i < 6'000; ++i) {
    const std::string pattern = RandomPattern(&random);
    const std::optional<FixedPattern> fixed = FixedPattern::Parse(pattern);
    if (!fixed) continue;
    ++read;
    const auto regex = naive::NaivePattern::Compile(pattern);
    ASSERT_TRUE(regex) << pattern << ": " << regex.error().message;
    for (int n = 0; n < 20; ++n) {
      std::string text;
      for (std::size_t size = random() % 12; size > 0; --size) {
        text += kAlphabet[random() % kAlphabet.size()];
      }
      ASSERT_NO_FATAL_FAILURE(ExpectSame(*fixed, *regex, pattern, text));
    }
  }
  EXPECT_GT(read, 300);
}

TEST(FixedPattern, MatchesThePacksTokensLikeARegex) {
  const RuleSet rules = BuiltInRules();
  naive::LogGenerator generator(&rules, 41);
  int read = 0;
  for (const Rule& rule : rules.rules) {
    const std::optional<FixedPattern> fixed = FixedPattern::Parse(rule.pattern);
    if (!fixed) continue;
    ++read;
    const auto regex = naive::NaivePattern::Compile(rule.pattern);
    ASSERT_TRUE(regex) << rule.id;
    for (const std::string& example : rule.match) {
      for (int i = 0; i < 10; ++i) {
        ASSERT_NO_FATAL_FAILURE(
            ExpectSame(*fixed, *regex, rule.pattern,
                       i == 0 ? example : generator.Mutate(example)));
      }
    }
  }
  EXPECT_GT(read, 5);
}

TEST(FixedPattern, NothingBehindTheLimitIsTaken) {
  const auto fixed = FixedPattern::Parse("a{3}");
  Span whole;
  Span value;
  EXPECT_FALSE(fixed->MatchAt("aaa", 0, 2, &whole, &value));
  EXPECT_FALSE(fixed->MatchAt("aaa", 1, 3, &whole, &value));
  EXPECT_TRUE(fixed->MatchAt("aaa", 0, 3, &whole, &value));
}

}  // namespace
}  // namespace logspill
