// Any bytes at all: the matcher neither crashes nor says what cannot be.  Most
// is gained from it under the address sanitizer.

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>

#include "tests/match/agreement.h"
#include "tests/naive/log_generator.h"
#include "tests/naive/test_rules.h"

namespace logspill {
namespace {

class Robustness : public testing::TestWithParam<std::uint64_t> {
 protected:
  // The text lies in a buffer of exactly its size, so that a byte read behind
  // it is seen by the sanitizer.
  static void Check(Matcher* matcher, std::string_view text) {
    const auto exact = std::make_unique<char[]>(text.size());
    std::copy(text.begin(), text.end(), exact.get());
    std::vector<Match> matches;
    matcher->Scan({exact.get(), text.size()}, &matches);
    std::uint32_t before = 0;
    for (const Match& match : matches) {
      ASSERT_NE(match.rule, nullptr);
      ASSERT_LT(match.value.begin, match.value.end);
      ASSERT_LE(match.value.end, text.size());
      ASSERT_TRUE(match.redact.Contains(match.value));
      ASSERT_LE(match.redact.end, text.size());
      ASSERT_GE(match.value.begin, before) << "matches overlap or go back";
      before = match.value.end;
      ASSERT_NE(match.verdict, Verdict::kReject);
    }
  }

  static Agreement& Packs() {
    static Agreement agreement(BuiltInRules());
    return agreement;
  }
};

INSTANTIATE_TEST_SUITE_P(Seeds, Robustness,
                         testing::Range<std::uint64_t>(1, 9));

TEST_P(Robustness, RandomBytesAreScanned) {
  std::mt19937_64 random(GetParam());
  Matcher matcher(&Packs().database());
  for (int i = 0; i < 400; ++i) {
    std::string text(random() % 700, '\0');
    for (char& c : text) c = static_cast<char>(random());
    ASSERT_NO_FATAL_FAILURE(Check(&matcher, text));
  }
}

TEST_P(Robustness, RandomBytesOfTheKindsThatValuesAreMadeOfAreScanned) {
  naive::LogGenerator generator(&Packs().rules(), GetParam());
  Matcher matcher(&Packs().database());
  for (int i = 0; i < 400; ++i) {
    const std::string text = generator.Of(
        "0123456789abcdefABCDEF-:.@+ \\%u\x1b[m\"=\n", generator.Below(500));
    ASSERT_NO_FATAL_FAILURE(Check(&matcher, text));
  }
}

TEST_P(Robustness, DamagedLogsAreScanned) {
  naive::LogGenerator generator(&Packs().rules(), GetParam());
  Matcher matcher(&Packs().database());
  for (int i = 0; i < 150; ++i) {
    std::string text = generator.Text(generator.Below(3'000));
    for (std::size_t n = generator.Below(20); n > 0 && !text.empty(); --n) {
      text[generator.Below(text.size())] =
          static_cast<char>(generator.Below(256));
    }
    text.resize(generator.Below(text.size() + 1));
    ASSERT_NO_FATAL_FAILURE(Check(&matcher, text));
  }
}

TEST_P(Robustness, LongRunsOfOneByteAreScanned) {
  naive::LogGenerator generator(&Packs().rules(), GetParam());
  Matcher matcher(&Packs().database());
  for (const char byte : {'0', 'a', 'A', '-', ':', '.', '@', '+', ' ', '\\',
                          '%', '\x1b', '"', '\0', '\n', '\xff', '='}) {
    const std::string run(20'000 + generator.Below(200), byte);
    ASSERT_NO_FATAL_FAILURE(Check(&matcher, run));
    ASSERT_NO_FATAL_FAILURE(
        Check(&matcher, generator.Piece() + run + generator.Piece()));
  }
}

}  // namespace
}  // namespace logspill
