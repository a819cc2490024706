// Block by block the engine finds what the oracle finds.

#include "scanner/match/matcher.h"

#include <gtest/gtest.h>

#include "scanner/base/key.h"
#include "tests/match/agreement.h"
#include "tests/naive/log_generator.h"
#include "tests/naive/test_rules.h"

namespace logspill {
namespace {

using naive::LogGenerator;

std::string NameOf(Shape shape) {
  static constexpr const char* kNames[] = {"None", "Uuid", "Hex32", "Ipv4",
                                           "Ipv6", "Mac",  "Email", "Card",
                                           "Iban", "Ssn",  "Ulid",  "Phone"};
  return kNames[static_cast<std::size_t>(shape)];
}

Agreement& TestRules() {
  static Agreement agreement(naive::TestRules());
  return agreement;
}

Agreement& Packs() {
  static Agreement agreement(BuiltInRules());
  return agreement;
}

std::vector<Shape> AllShapes() {
  std::vector<Shape> shapes;
  for (int i = 1; i <= static_cast<int>(Shape::kPhone); ++i) {
    shapes.push_back(static_cast<Shape>(i));
  }
  return shapes;
}

class EachShape : public testing::TestWithParam<Shape> {};

INSTANTIATE_TEST_SUITE_P(Matcher, EachShape, testing::ValuesIn(AllShapes()),
                         [](const auto& param_info) {
                           return NameOf(param_info.param);
                         });

// What stands right before or behind a value decides whether it is one.
constexpr std::string_view kNeighbours[] = {
    "",  " ", "\n", "-",  ".",  ":",    "@",    "_", "/",  "+",
    "0", "9", "a",  "f",  "g",  "A",    "F",    "Z", "=",  "\"",
    ",", "(", ")",  "\0", "::", "\xff", "\\n",  "%", "\r", "%20",
    "]", ";", "'",  "--", "..", "\t",   "\x1b", "<", "0x", "\x1b[0m"};

TEST_P(EachShape, EveryNeighbourIsJudgedAsTheOracleDoes) {
  for (Agreement* agreement : {&TestRules(), &Packs()}) {
    LogGenerator generator(&agreement->rules(), 11);
    std::string text;
    for (const std::string_view before : kNeighbours) {
      for (const std::string_view behind : kNeighbours) {
        text += before;
        text += generator.NearShape(GetParam());
        text += behind;
        text += '\n';
      }
    }
    ASSERT_EQ(agreement->Difference(text), "");
  }
}

TEST_P(EachShape, AnyPlaceInTheBlockIsAsGoodAsAnother) {
  for (Agreement* agreement : {&TestRules(), &Packs()}) {
    LogGenerator generator(&agreement->rules(), 12);
    for (std::size_t pad = 0; pad < 130; ++pad) {
      const std::string value = generator.NearShape(GetParam());
      const std::string front(pad, '.');
      ASSERT_EQ(agreement->Difference(front + value), "") << "at " << pad;
      ASSERT_EQ(agreement->Difference(front + ' ' + value), "");
      ASSERT_EQ(agreement->Difference(std::string(pad, ' ') + value + "\n"),
                "");
      ASSERT_EQ(agreement->Difference(value + std::string(pad, ' ')), "");
      ASSERT_EQ(agreement->Difference(front + '\n' + value + "\nx"), "");
    }
  }
}

TEST_P(EachShape, AlmostValuesAreJudgedAsTheOracleDoes) {
  for (Agreement* agreement : {&TestRules(), &Packs()}) {
    LogGenerator generator(&agreement->rules(), 13);
    std::string text;
    for (int i = 0; i < 4'000; ++i) {
      std::string value = generator.NearShape(GetParam());
      if (generator.Chance(40)) value = generator.Mutate(value);
      if (generator.Chance(25)) value = generator.Escape(value);
      text += generator.Of(" .:-0aA\"=/", generator.Below(3)) + value +
              generator.Of(" .:-0aA\"=/", generator.Below(3));
      if (generator.Chance(70)) text += '\n';
    }
    ASSERT_EQ(agreement->Difference(text), "");
  }
}

class EachSeed : public testing::TestWithParam<std::uint64_t> {};

INSTANTIATE_TEST_SUITE_P(Matcher, EachSeed,
                         testing::Range<std::uint64_t>(1, 13));

TEST_P(EachSeed, RandomLogsHoldWhatTheOracleFinds) {
  for (Agreement* agreement : {&TestRules(), &Packs()}) {
    LogGenerator generator(&agreement->rules(), GetParam());
    for (int i = 0; i < 4; ++i) {
      ASSERT_EQ(agreement->Difference(generator.Text(20'000)), "");
    }
  }
}

TEST(Matcher, EveryExampleOfEveryRuleIsJudgedAsTheOracleDoes) {
  for (const Rule& rule : Packs().rules().rules) {
    for (const auto* examples : {&rule.match, &rule.no_match}) {
      for (const std::string& example : *examples) {
        EXPECT_EQ(Packs().Difference(example), "") << rule.id;
      }
    }
  }
}

TEST(Matcher, ALongRecordIsNoOtherThanAShortOne) {
  for (Agreement* agreement : {&TestRules(), &Packs()}) {
    LogGenerator generator(&agreement->rules(), 14);
    ASSERT_EQ(agreement->Difference(generator.LongRecord(300'000)), "");
  }
}

TEST(Matcher, ARecordOfMoreThanAMebibyteHidesNothing) {
  LogGenerator generator(&TestRules().rules(), 15);
  const std::string text = "short 192.0.2.1\n" +
                           generator.LongRecord((1 << 20) + 4096) +
                           "\nbehind a@example.org\n";
  ASSERT_EQ(TestRules().Difference(text), "");
}

TEST(Matcher, AnEmptyTextHoldsNothing) {
  EXPECT_EQ(TestRules().Difference(""), "");
  EXPECT_EQ(TestRules().Difference("\n"), "");
  EXPECT_EQ(TestRules().Difference("\n\n\r\n"), "");
}

TEST(Matcher, AppendsBehindTheMatchesThatAreThere) {
  Matcher matcher(&TestRules().database());
  std::vector<Match> matches;
  matcher.Scan("from 192.0.2.1\n", &matches);
  matcher.Scan("to 192.0.2.22\n", &matches);
  ASSERT_EQ(matches.size(), 2U);
  EXPECT_EQ(matches[0].value, (Span{5, 14}));
  EXPECT_EQ(matches[1].value, (Span{3, 13}));
}

TEST(Matcher, ValueIsTheDecodedText) {
  Matcher matcher(&TestRules().database());
  const std::string text = R"({"to":"alice\u0040example.org"})"
                           "\nbob@example.org\n";
  std::vector<Match> matches;
  matcher.Scan(text, &matches);
  ASSERT_EQ(matches.size(), 2U);
  std::string scratch;
  EXPECT_EQ(Matcher::Value(text, matches[0], &scratch), "alice@example.org");
  EXPECT_TRUE(matches[0].decoded);
  EXPECT_EQ(Matcher::Value(text, matches[1], &scratch), "bob@example.org");
  EXPECT_FALSE(matches[1].decoded);
  Wipe(&scratch);
}

}  // namespace
}  // namespace logspill
