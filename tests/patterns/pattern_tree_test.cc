#include "scanner/rule/pattern_tree.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include "patterns/examples.h"
#include "patterns/loader.h"
#include "patterns/pattern_sample.h"

namespace logspill {
namespace {

std::string FaultOf(std::string_view pattern) {
  PatternFault fault;
  if (ReadPattern(pattern, &fault)) return "none";
  return std::to_string(fault.at) + ": " + fault.what;
}

std::uint32_t Most(std::string_view pattern) {
  PatternFault fault;
  const auto tree = ReadPattern(pattern, &fault);
  return tree ? MostBytes(tree->root) : 0;
}

TEST(PatternTree, NamesWhatNoAutomatonHas) {
  EXPECT_EQ(FaultOf("a(?=b)"), "1: lookahead (?=");
  EXPECT_EQ(FaultOf("a(?!b)"), "1: negative lookahead (?!");
  EXPECT_EQ(FaultOf("(?<=a)b"), "0: lookbehind (?<=");
  EXPECT_EQ(FaultOf("(?<!a)b"), "0: negative lookbehind (?<!");
  EXPECT_EQ(FaultOf("(?>a)b"), "0: atomic group (?>");
  EXPECT_EQ(FaultOf("(a)\\1"), "3: backreference \\1");
  EXPECT_EQ(FaultOf("a++"), "1: possessive repetition");
  EXPECT_EQ(FaultOf("[\\pL]"),
            "1: Unicode class \\p: patterns are matched on bytes");
  EXPECT_EQ(FaultOf("[a\xc3\xa4]"),
            "2: a character beyond ASCII in a class: patterns are matched on "
            "bytes");
  EXPECT_EQ(FaultOf("\\x{20ac}"),
            "0: a character beyond ASCII: patterns are matched on bytes");
  EXPECT_EQ(FaultOf("(a"), "0: a ( that nothing closes");
  EXPECT_EQ(FaultOf("a)"), "1: a ) that nothing opens");
  EXPECT_EQ(
      FaultOf(std::string(100'000, '(') + "a" + std::string(100'000, ')')),
      "250: groups inside each other, more than 250 deep");
  EXPECT_EQ(FaultOf(std::string(250, '(') + "a" + std::string(250, ')')),
            "none");
  EXPECT_EQ(FaultOf("a{1,1001}"), "1: repetition of more than 1000 times");
}

TEST(PatternTree, ReadsEveryPatternOfThePacks) {
  const auto rules = LoadRules({});
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  for (const Rule& rule : rules->rules) {
    EXPECT_TRUE(ReadRulePattern(rule.pattern)) << rule.id;
    // Bytes beyond ASCII are characters elsewhere.
    if (rule.pattern.find("\\x") != std::string::npos) continue;
    if (rule.pattern.empty()) continue;
    EXPECT_EQ(FaultOf(rule.pattern), "none") << rule.id;
  }
}

TEST(PatternTree, CountsTheMostBytes) {
  EXPECT_EQ(Most("abc"), 3U);
  EXPECT_EQ(Most("\\bab?[0-9]{2,5}$"), 7U);
  EXPECT_EQ(Most("a|bcd|[[:alpha:]]{2}"), 3U);
  EXPECT_EQ(Most("(?i)(?:ab){3}\\Q.*\\E"), 8U);
  EXPECT_EQ(Most("a*"), PatternNode::kUnlimited);
  EXPECT_EQ(Most("(?:^)*a"), 1U);
  EXPECT_EQ(Most("a{3,}"), PatternNode::kUnlimited);
  EXPECT_EQ(Most("a{x}"), 4U) << "no repetition: text";
}

TEST(PatternTree, KeepsOneGroupAndItsMeaning) {
  const std::string pattern = "(a)(?:b)(?<n>c(d))\\((e)";
  PatternFault fault;
  const auto tree = ReadPattern(pattern, &fault);
  ASSERT_TRUE(tree) << fault.what;
  EXPECT_EQ(WithValueGroup(pattern, *tree, 2),
            "(?:a)(?:b)(?P<value>c(?:d))\\((?:e)");
  EXPECT_EQ(WithValueGroup(pattern, *tree, 0), "(?:a)(?:b)(?:c(?:d))\\((?:e)");
}

TEST(PatternSample, IsMatchedByItsPattern) {
  for (const char* pattern :
       {"acme_[0-9a-f]{32}", "(?i)key[ =:]{1,3}([A-Z]{8,20})[;,]",
        "[^a-z]{3}x|\\x41\\t?[[:punct:]]", "a\\.b\\[(c+)\\]d*?"}) {
    PatternFault fault;
    const auto tree = ReadPattern(pattern, &fault);
    ASSERT_TRUE(tree) << pattern;
    const RE2 regex(pattern, RuleRegexOptions());
    for (std::uint32_t i = 0; i < 50; ++i) {
      const std::string text = SampleOf(*tree, 1, i);
      EXPECT_TRUE(RE2::FullMatch(text, regex)) << pattern << ": " << text;
      EXPECT_EQ(text, SampleOf(*tree, 1, i));
    }
  }
}

}  // namespace
}  // namespace logspill
