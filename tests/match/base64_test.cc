// Base 64 is a text of its own: what the oracle finds in it decoded, the engine
// finds in it as it stands.

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "scanner/base/key.h"
#include "scanner/match/base64_text.h"
#include "scanner/match/matcher.h"
#include "tests/match/agreement.h"
#include "tests/naive/log_generator.h"
#include "tests/naive/test_rules.h"

namespace logspill {
namespace {

constexpr std::string_view kStandard =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrl =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string Encode(std::string_view text, std::string_view alphabet,
                   bool padded) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 3) {
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      bits = bits << 8 |
             (i + k < text.size() ? static_cast<std::uint8_t>(text[i + k]) : 0);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      const bool holds = i + k <= text.size();
      if (holds) {
        out += alphabet[bits >> (18 - 6 * k) & 63];
      } else if (padded) {
        out += '=';
      }
    }
  }
  return out;
}

Agreement& TestRules() {
  static Agreement agreement(naive::TestRules());
  return agreement;
}

std::vector<Match> Scan(std::string_view text) {
  Matcher matcher(&TestRules().database(), {.base64 = true});
  std::vector<Match> matches;
  matcher.Scan(text, &matches);
  return matches;
}

std::string ValueOf(std::string_view text, const Match& match) {
  std::string scratch;
  return std::string(Matcher::Value(text, match, &scratch));
}

const std::string kMail = R"({"note":"x","mail":"alice@example.org","n":1})";

TEST(Base64, IsFoundInBothAlphabetsPaddedOrNot) {
  for (const std::string_view alphabet : {kStandard, kUrl}) {
    for (const bool padded : {true, false}) {
      for (std::size_t pad = 0; pad < 6; ++pad) {
        const std::string run =
            Encode(std::string(pad, ' ') + kMail, alphabet, padded);
        const std::string text = "payload=" + run + " took 12 ms\n";
        const auto matches = Scan(text);
        ASSERT_EQ(matches.size(), 1U) << text;
        EXPECT_EQ(matches[0].rule->id, "t.email");
        EXPECT_EQ(ValueOf(text, matches[0]), "alice@example.org");
      }
    }
  }
}

TEST(Base64, ASpanIsTheQuantaThatHoldTheValue) {
  const std::string text = "x " + Encode(kMail, kStandard, true);
  const auto matches = Scan(text);
  ASSERT_EQ(matches.size(), 1U);
  const Span span = matches[0].value;
  EXPECT_EQ((span.begin - 2) % 4, 0U);
  EXPECT_EQ(span.size() % 4, 0U);
  std::string decoded;
  DecodeBase64Chars(span.Of(text), &decoded);
  EXPECT_NE(decoded.find("alice@example.org"), decoded.npos);
  EXPECT_LE(decoded.size(), std::string("alice@example.org").size() + 4);
}

TEST(Base64, MayBeginInsideARunOfItsCharacters) {
  for (const char* before : {"", "a/", "ab/", "abc/", "v2/items/", "x-", "_"}) {
    const std::string text = "GET " + std::string(before) +
                             Encode(kMail, kStandard, false) + " 200\n";
    const auto matches = Scan(text);
    ASSERT_EQ(matches.size(), 1U) << text;
    EXPECT_EQ(ValueOf(text, matches[0]), "alice@example.org");
  }
}

TEST(Base64, IsNoneWhereItIsShortOrNoText) {
  const std::string mail = "alice@example.org";
  EXPECT_TRUE(Scan(Encode("a@b.org", kStandard, true)).empty());
  EXPECT_EQ(Scan(Encode(mail + ".", kStandard, true)).size(), 1U);
  std::string binary = std::string(12, '\x01') + mail + std::string(12, '\x02');
  EXPECT_EQ(Scan(Encode(binary, kStandard, true)).size(), 1U)
      << "text between binary bytes is text";
  std::string spread;
  for (const char c : mail) spread += {c, '\0'};
  EXPECT_TRUE(Scan(Encode(spread, kStandard, true)).empty());
}

TEST(Base64, IsLeftAloneUnlessAskedFor) {
  const std::string text = Encode(kMail, kStandard, true);
  Matcher matcher(&TestRules().database());
  std::vector<Match> matches;
  matcher.Scan(text, &matches);
  EXPECT_TRUE(matches.empty());
}

TEST(Base64, InsideBase64IsLeftAlone) {
  const std::string once = Encode(kMail, kStandard, false);
  EXPECT_TRUE(Scan(Encode(once, kStandard, false)).empty());
}

TEST(Base64, EscapesInsideItAreRead) {
  const std::string text =
      Encode(R"({"mail":"alice\u0040example.org"})", kStandard, true);
  const auto matches = Scan(text);
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_EQ(ValueOf(text, matches[0]), "alice@example.org");
}

TEST(Base64, NeighboursInOneQuantumAreBothFound) {
  for (std::size_t pad = 0; pad < 3; ++pad) {
    const std::string text =
        Encode(std::string(pad, ' ') + "alice@example.org,bob@example.org",
               kStandard, true);
    const auto matches = Scan(text);
    ASSERT_EQ(matches.size(), 2U);
    EXPECT_EQ(ValueOf(text, matches[0]), "alice@example.org");
    EXPECT_EQ(ValueOf(text, matches[1]), "bob@example.org");
    EXPECT_LE(matches[0].value.end, matches[1].value.begin);
  }
}

TEST(Base64, WhatLostInsideItIsRedactedToo) {
  // The key's value is longer at its front than the token in it.
  const std::string decoded = "first passwd=x.tkn_A1b2C3d4E5f6G7h8I9j0 last";
  const auto expected = TestRules().Expected(decoded);
  ASSERT_EQ(expected.size(), 1U);
  ASSERT_NE(expected[0].redact, expected[0].value);
  const auto matches = Scan(Encode(decoded, kStandard, true));
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_EQ(matches[0].redact.begin, expected[0].redact.begin / 3 * 4);
  EXPECT_EQ(matches[0].redact.end, (expected[0].redact.end + 2) / 3 * 4);
}

// Each match of the decoded text, by its rule and value.
std::multiset<std::string> Values(const std::vector<naive::NaiveMatch>& matches,
                                  std::string_view text) {
  std::multiset<std::string> values;
  for (const naive::NaiveMatch& match : matches) {
    values.insert(match.rule->id + " " + std::string(match.value.Of(text)));
  }
  return values;
}

TEST(Base64, HoldsWhatTheOracleFindsInItsText) {
  naive::LogGenerator generator(&TestRules().rules(), 21);
  std::mt19937 random(22);
  int found = 0;
  for (int i = 0; i < 4'000; ++i) {
    std::string decoded = "begins with words ";
    for (int pieces = 0; pieces < 3; ++pieces) {
      const std::string piece = generator.Piece();
      const bool plain = std::all_of(piece.begin(), piece.end(), [](char c) {
        return c >= ' ' && c < 0x7f && c != '\\' && c != '%';
      });
      if (plain) decoded += piece + std::string(1, " ,;"[random() % 3]);
    }
    const std::string run =
        Encode(decoded, random() % 2 == 0 ? kStandard : kUrl, random() % 2);
    const std::string text = "<" + run + ">";
    const auto expected = TestRules().Expected(decoded);
    std::multiset<std::string> actual;
    for (const Match& match : Scan(text)) {
      if (!match.base64.is_base64) continue;
      EXPECT_GE(match.value.begin, 1U);
      EXPECT_LE(match.value.end, run.size() + 1);
      std::string value = ValueOf(text, match);
      actual.insert(match.rule->id + " " + value);
    }
    ASSERT_EQ(actual, Values(expected, decoded)) << decoded;
    found += static_cast<int>(actual.size());
  }
  EXPECT_GT(found, 1'000);
}

TEST(Base64, AnyTextIsSafeToLookInto) {
  std::mt19937 random(23);
  for (int i = 0; i < 3'000; ++i) {
    std::string text;
    const std::size_t size = random() % 200;
    while (text.size() < size) {
      text += random() % 9 == 0 ? static_cast<char>(random())
                                : kStandard[random() % 64];
    }
    std::uint32_t last = 0;
    for (const Match& match : Scan(text)) {
      EXPECT_LE(match.value.end, text.size());
      EXPECT_GE(match.value.begin, last);
      last = match.value.begin;
      (void)ValueOf(text, match);
    }
  }
}

}  // namespace
}  // namespace logspill
