#include "scanner/callsite/ignore_rules.h"

#include <gtest/gtest.h>

namespace logspill {
namespace {

TEST(WildMatch, StarsStopAtSlashesAndDoubleStarsDoNot) {
  EXPECT_TRUE(WildMatch("*.py", "a.py"));
  EXPECT_FALSE(WildMatch("*.py", "a/b.py"));
  EXPECT_TRUE(WildMatch("a/**/b", "a/b"));
  EXPECT_TRUE(WildMatch("a/**/b", "a/x/y/b"));
  EXPECT_TRUE(WildMatch("**/b", "x/y/b"));
  EXPECT_TRUE(WildMatch("a/**", "a/x/y"));
  EXPECT_TRUE(WildMatch("?[a-c][!0-9]", "xbz"));
  EXPECT_FALSE(WildMatch("?[a-c][!0-9]", "xb7"));
  EXPECT_TRUE(WildMatch("\\*x", "*x"));
  EXPECT_FALSE(WildMatch("[", "a"));
}

TEST(WildMatch, ManyStarsEnd) {
  std::string pattern;
  for (int i = 0; i < 30; ++i) pattern += "**a";
  EXPECT_FALSE(WildMatch(pattern, std::string(200, 'a') + "b"));
}

TEST(IgnoreRules, TheLastPatternThatMatchesDecides) {
  IgnoreRules rules;
  rules.Push("", "# made\n*.gen.py\n!keep.gen.py\n/top\nout/\ndoc/*.py\n");
  EXPECT_TRUE(rules.Ignores("a.gen.py", false));
  EXPECT_TRUE(rules.Ignores("deep/er/a.gen.py", false));
  EXPECT_FALSE(rules.Ignores("deep/keep.gen.py", false));
  EXPECT_TRUE(rules.Ignores("top", false));
  EXPECT_FALSE(rules.Ignores("deep/top", false));
  EXPECT_TRUE(rules.Ignores("deep/out", true));
  EXPECT_FALSE(rules.Ignores("deep/out", false));
  EXPECT_TRUE(rules.Ignores("doc/a.py", false));
  EXPECT_FALSE(rules.Ignores("deep/doc/a.py", false));
}

TEST(IgnoreRules, InnerFoldersStandOverOuterOnes) {
  IgnoreRules rules;
  rules.Push("", "*.py\n");
  rules.Push("src/", "!*.py\n/only.py\n");
  EXPECT_TRUE(rules.Ignores("a.py", false));
  EXPECT_FALSE(rules.Ignores("src/a.py", false));
  EXPECT_TRUE(rules.Ignores("src/only.py", false));
  EXPECT_FALSE(rules.Ignores("src/deep/only.py", false));
  rules.Pop();
  EXPECT_TRUE(rules.Ignores("src/a.py", false));
}

}  // namespace
}  // namespace logspill
