// The oracle is checked by hand-made cases; the engine is checked by the
// oracle.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "tests/naive/log_generator.h"
#include "tests/naive/naive_decoder.h"
#include "tests/naive/naive_pattern.h"
#include "tests/naive/naive_scanner.h"
#include "tests/naive/test_rules.h"

namespace logspill::naive {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "t.uuid 3-39" for each match.
std::vector<std::string> Found(std::string_view text) {
  static const RuleSet rules = TestRules();
  static const Result<NaiveScanner> scanner = NaiveScanner::Create(&rules);
  std::vector<std::string> found;
  for (const NaiveMatch& match : scanner->Scan(text)) {
    std::ostringstream line;
    line << match.rule->id << ' ' << match.value.begin << '-'
         << match.value.end;
    found.push_back(line.str());
  }
  return found;
}

TEST(NaiveScanner, EveryTestRuleFindsItsExamples) {
  const RuleSet rules = TestRules();
  for (const Rule& rule : rules.rules) {
    for (const std::string& example : rule.match) {
      bool found = false;
      for (const std::string& match : Found(example)) {
        found |= match.starts_with(rule.id + " ");
      }
      EXPECT_TRUE(found) << rule.id << " in " << example;
    }
  }
}

TEST(NaiveScanner, FindsTwoValuesInOneRecord) {
  EXPECT_THAT(Found("a@b.cd x 078-05-1120"),
              ElementsAre("t.email 0-6", "t.ssn 9-20"));
}

TEST(NaiveScanner, BeginsEachRecordAfresh) {
  EXPECT_THAT(Found("licence\nZ9123456\n"), IsEmpty());
  EXPECT_THAT(Found("licence Z9123456\n"), ElementsAre("t.near 8-16"));
}

TEST(NaiveScanner, JudgesBoundariesInDecodedText) {
  EXPECT_THAT(Found(R"(x\ntkn_A1b2C3d4E5f6G7h8I9j0)"),
              ElementsAre("t.prefix 3-27"));
  EXPECT_THAT(Found("q=a%40b.cd"), ElementsAre("t.email 2-10"));
}

TEST(NaiveScanner, ALongerMatchThanMaxBytesIsNone) {
  EXPECT_THAT(Found("<<abcdefghijklmnopqrst>>"), ElementsAre("t.capped 0-24"));
  EXPECT_THAT(Found("<<abcdefghijklmnopqrstu>>"), IsEmpty());
}

TEST(NaiveScanner, ARegionEndsWithItsMarkerOrWhereItIsNoBase64) {
  EXPECT_THAT(Found("-----BEGIN BLOCK-----\nAA\n-----END BLOCK-----\nx\n"),
              ElementsAre("t.region 0-44"));
  const std::string begin = "-----BEGIN BLOCK-----\n";
  EXPECT_THAT(Found(begin + "QUJD\nand more\nQUJD\n"),
              ElementsAre("t.region 0-26"));
  std::string text = begin;
  for (int i = 0; i < 30; ++i) text += "0\n";
  EXPECT_THAT(Found(text + "-----END BLOCK-----\n"),
              ElementsAre("t.region 0-59"));
}

TEST(NaiveDecoder, UndoesJsonToDepthThree) {
  EXPECT_EQ(Decode(R"(\u0040)").text, "@");
  EXPECT_EQ(Decode(R"(\\\\n)").text, "\n");
  EXPECT_EQ(Decode(R"(\\\\\\\\n)").text, R"(\n)");
  EXPECT_EQ(Decode(R"(\ud83d\ude00)").text, "\xf0\x9f\x98\x80");
}

TEST(NaiveDecoder, UndoesPercentTwice) {
  EXPECT_EQ(Decode("%2540").text, "@");
  EXPECT_EQ(Decode("%252540").text, "%40");
  EXPECT_FALSE(Decode("100% of 5%4").changed);
}

TEST(NaiveDecoder, StripsColourInsideAValue) {
  const Decoded decoded = Decode("a\x1b[31mb");
  EXPECT_EQ(decoded.text, "ab");
  EXPECT_THAT(decoded.raw, ElementsAre(Span{0, 1}, Span{6, 7}));
}

TEST(NaivePattern, ReadsTheWhiteSpaceOfRe2) {
  EXPECT_EQ(ToPcre(R"(a\s[^\s\]])"), R"(a[\t\n\f\r ][^\t\n\f\r \]])");
  const auto pattern = NaivePattern::Compile(R"(a\sb)");
  EXPECT_TRUE(pattern->Find("a b", 0, 9));
  EXPECT_FALSE(pattern->Find("a\vb", 0, 9));
}

TEST(NaivePattern, TakesTheFirstThatIsNotTooLong) {
  const auto pattern = NaivePattern::Compile("a+b|a");
  EXPECT_EQ(pattern->Find("xaab", 0, 3)->whole, (Span{1, 4}));
  EXPECT_EQ(pattern->Find("xaab", 0, 2)->whole, (Span{1, 2}));
  EXPECT_EQ(NaivePattern::Compile("a+")->Find("aaa", 0, 2)->whole,
            (Span{0, 2}));
}

TEST(LogGenerator, TheSameSeedMakesTheSameLogs) {
  const RuleSet rules = TestRules();
  EXPECT_EQ(LogGenerator(&rules, 7).Text(4096),
            LogGenerator(&rules, 7).Text(4096));
  EXPECT_NE(LogGenerator(&rules, 7).Text(4096),
            LogGenerator(&rules, 8).Text(4096));
}

TEST(LogGenerator, PlantsValuesOfEveryRule) {
  const RuleSet rules = TestRules();
  const std::string text = LogGenerator(&rules, 1).Text(400'000);
  const auto found = NaiveScanner::Create(&rules)->Scan(text);
  for (const Rule& rule : rules.rules) {
    EXPECT_TRUE(std::any_of(
        found.begin(), found.end(),
        [&rule](const NaiveMatch& match) { return match.rule == &rule; }))
        << rule.id;
  }
}

}  // namespace
}  // namespace logspill::naive
