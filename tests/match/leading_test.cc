// Whatever is said of how matches begin has to hold for every match there is.

#include "scanner/match/leading.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/match/agreement.h"
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

class PatternWriter {
 public:
  explicit PatternWriter(std::uint64_t seed) : random_(seed) {}

  std::string Pattern() {
    static constexpr const char* kHeads[] = {
        "",        "",          "",
        "\\b",     "(?i)",      "(?:^|[^a])",
        "(?i)\\b", "(?:\\b|_)", "(?:^|[^ab.])\\b"};
    return kHeads[random_() % std::size(kHeads)] + Alternatives(2);
  }

 private:
  std::string Alternatives(int depth) {
    std::string text = Sequence(depth);
    while (random_() % 4 == 0) text += "|" + Sequence(depth);
    return text;
  }

  std::string Sequence(int depth) {
    std::string text;
    for (std::size_t i = 1 + random_() % 3; i > 0; --i) {
      static constexpr const char* kCounts[] = {
          "", "", "", "", "?", "*", "+", "{2}", "{0,2}", "{1,2}", "??", "+?"};
      text += Atom(depth) + kCounts[random_() % std::size(kCounts)];
    }
    return text;
  }

  std::string Atom(int depth) {
    static constexpr const char* kAtoms[] = {
        "a", "b",   "A",   "_",     "\\.", "[ab]",  "[^a]",
        ".", "\\w", "\\d", "[a-b]", "[b]", "\\x61", "[[:alpha:]]"};
    if (depth > 0 && random_() % 3 == 0) {
      static constexpr const char* kGroups[] = {"(?:", "(", "(?i:", "(?-i:"};
      return kGroups[random_() % std::size(kGroups)] + Alternatives(depth - 1) +
             ")";
    }
    return kAtoms[random_() % std::size(kAtoms)];
  }

  std::mt19937_64 random_;
};

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
  EXPECT_TRUE(BeginsWithAnchor(leading, {"ghp_", "gho_"}, false));
  EXPECT_FALSE(BeginsWithAnchor(leading, {"ghp_"}, false));
  EXPECT_EQ(leading.slack, 0U);
}

TEST(Leading, ACaselessPatternNeverRestsOnAnExactAnchor) {
  EXPECT_FALSE(BeginsWithAnchor(FindLeading("(?i)token"), {"token"}, false));
  EXPECT_TRUE(BeginsWithAnchor(FindLeading("(?i)token"), {"token"}, true));
  EXPECT_FALSE(
      BeginsWithAnchor(FindLeading("(?:(?i)token)"), {"token"}, false));
}

}  // namespace
}  // namespace logspill
