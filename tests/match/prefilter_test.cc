// The filter may let pass what is no match; what it stops is none.

#include "scanner/match/prefilter.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>

#include "patterns/loader.h"
#include "tests/match/agreement.h"
#include "tests/match/pattern_writer.h"
#include "tests/naive/log_generator.h"
#include "tests/naive/naive_pattern.h"

namespace logspill {
namespace {

std::set<std::size_t> Begins(const std::string& pattern, std::string_view text,
                             std::size_t max_bytes) {
  const auto compiled = naive::NaivePattern::Compile(pattern);
  EXPECT_TRUE(compiled) << pattern;
  std::set<std::size_t> begins;
  if (!compiled) return begins;
  for (std::size_t from = 0; from <= text.size(); ++from) {
    const auto found = compiled->Find(text, from, max_bytes);
    if (!found) break;
    from = found->whole.begin;
    begins.insert(from);
  }
  return begins;
}

std::optional<std::uint32_t> DeadAt(const std::string& pattern,
                                    const std::string& text,
                                    std::uint32_t begin = 0) {
  return Prefilter(pattern).DeadAt(text, begin,
                                   static_cast<std::uint32_t>(text.size()));
}

TEST(Prefilter, LetsPassWhatBeginsBehindAWordOnceItIsFull) {
  Prefilter filter("(?:[ab]{1,20}a[ab]{14}){1,9}c");
  std::mt19937_64 random(3);
  std::string text;
  for (int n = 0; n < 20'000; ++n) text += random() % 2 == 0 ? 'a' : 'b';
  const auto size = static_cast<std::uint32_t>(text.size());
  // The first begins behind no word, so that the other start is made last.
  EXPECT_EQ(filter.DeadAt(text, 0, size), std::nullopt);
  EXPECT_EQ(filter.DeadAt(text, 1, size), std::nullopt);
}

TEST(Prefilter, StopsNoMatchOfRandomPatterns) {
  PatternWriter writer(1);
  std::mt19937_64 random(2);
  static constexpr std::string_view kAlphabet = "aabbAB_. 1\n";
  int stopped = 0;
  for (int i = 0; i < 1'500; ++i) {
    const std::string pattern = writer.Pattern();
    std::string text;
    for (int n = 0; n < 60; ++n) text += kAlphabet[random() % kAlphabet.size()];
    Prefilter filter(pattern);
    const auto size = static_cast<std::uint32_t>(text.size());
    const std::set<std::size_t> begins = Begins(pattern, text, 100);
    for (std::uint32_t begin = 0; begin < size; ++begin) {
      const auto dead = filter.DeadAt(text, begin, size);
      if (!dead) continue;
      ++stopped;
      ASSERT_FALSE(begins.contains(begin))
          << pattern << " at " << begin << " of '" << text << "'";
      ASSERT_GE(*dead, begin);
      ASSERT_LT(*dead, size);
    }
  }
  EXPECT_GT(stopped, 25'000);
}

TEST(Prefilter, StopsNoMatchOfThePacksAndMostOfTheRest) {
  const RuleSet rules = BuiltInRules();
  const std::string text = naive::LogGenerator(&rules, 4).Text(30'000);
  const auto size = static_cast<std::uint32_t>(text.size());
  for (const Rule& rule : rules.rules) {
    if (rule.is_region()) continue;
    Prefilter filter(rule.pattern);
    const auto begins = Begins(rule.pattern, text, rule.max_bytes);
    std::uint32_t passed = 0;
    for (std::uint32_t begin = 0; begin < size; ++begin) {
      const std::uint32_t end = std::min(size, begin + rule.max_bytes);
      if (!filter.DeadAt(text, begin, end)) {
        ++passed;
        continue;
      }
      ASSERT_FALSE(begins.contains(begin)) << rule.id << " at " << begin;
    }
    if (rule.anchors.empty()) continue;
    EXPECT_LE(passed, begins.size() + size / 4) << rule.id;
  }
}

TEST(Prefilter, SaysTheByteThatDecides) {
  EXPECT_EQ(DeadAt("(?i:android)[_ -]?id=", "android.id="), 7U);
  EXPECT_EQ(DeadAt("(?i:android)[_ -]?id=", "Android_id="), std::nullopt);
  EXPECT_EQ(DeadAt(R"(\bnit)", "unit", 1), 1U);
  EXPECT_EQ(DeadAt(R"(\bnit)", "-nit", 1), std::nullopt);
  EXPECT_EQ(DeadAt(R"(a{2,3}b)", "aaaab"), 3U);
  EXPECT_EQ(DeadAt(R"([^\r\n0-9]{0,3}[0-9])", "abcd1"), 3U);
}

TEST(Prefilter, WaitsForWhatTheEndCutsOff) {
  EXPECT_EQ(DeadAt("abc", "ab"), std::nullopt);
  EXPECT_EQ(Prefilter("abc").DeadAt("abx", 0, 2), std::nullopt);
  EXPECT_EQ(Prefilter("abc").DeadAt("abx", 0, 3), 2U);
}

TEST(Prefilter, LetsPassWhatItCannotRead) {
  EXPECT_EQ(DeadAt(R"(\pN)", "a"), std::nullopt);
  EXPECT_EQ(DeadAt("(?:(?:[a-z]{32}){32}){32}", "1"), std::nullopt);
}

TEST(Prefilter, FoldsLettersOfLatin1) {
  EXPECT_EQ(DeadAt("(?i:\xc3)", "\xe3"), std::nullopt);
  EXPECT_EQ(DeadAt("(?i:\xe3)", "\xc3"), std::nullopt);
  EXPECT_EQ(DeadAt("\xe3", "\xc3"), 0U);
  EXPECT_EQ(DeadAt("(?i)[^a-z]x", "Ax"), 0U);
  EXPECT_EQ(DeadAt("(?i:a(?-i:b)c)", "AbC"), std::nullopt);
  EXPECT_EQ(DeadAt("(?i:a(?-i:b)c)", "ABC"), 1U);
}

TEST(Prefilter, StaysSmallOnAnyText) {
  // Every subset of twenty places is a state of its own.
  Prefilter filter("(?:a|b)*a(?:a|b){20}c");
  std::mt19937_64 random(3);
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "ab"[random() % 2];
  EXPECT_EQ(filter.DeadAt(text, 0, 100'000), std::nullopt);
  EXPECT_LE(filter.states(), Prefilter::kMaxStates);
}

}  // namespace
}  // namespace logspill
