#include "scanner/match/literal_set.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace logspill {
namespace {

char Fold(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool StandsAt(std::string_view text, std::size_t at, const Literal& literal) {
  if (at + literal.text.size() > text.size()) return false;
  for (std::size_t i = 0; i < literal.text.size(); ++i) {
    const char a = text[at + i];
    const char b = literal.text[i];
    if (literal.caseless ? Fold(a) != Fold(b) : a != b) return false;
  }
  return true;
}

using Hit = std::pair<std::uint32_t, std::uint32_t>;  // end, literal

std::vector<Hit> Naive(std::string_view text,
                       const std::vector<Literal>& literals) {
  std::vector<Hit> hits;
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (std::uint32_t i = 0; i < literals.size(); ++i) {
      if (!StandsAt(text, at, literals[i])) continue;
      hits.emplace_back(at + literals[i].text.size(), i);
    }
  }
  std::sort(hits.begin(), hits.end());
  return hits;
}

// Checks that the ends never go back, then sorts hits of one end.
std::vector<Hit> Find(const LiteralSet& set, std::string_view text) {
  LiteralSet::Scratch scratch = set.NewScratch();
  std::vector<LiteralHit> found;
  set.Find(text, &scratch, &found);
  std::vector<Hit> hits;
  for (const LiteralHit& hit : found) {
    EXPECT_TRUE(hits.empty() || hit.end >= hits.back().first);
    hits.emplace_back(hit.end, hit.literal);
  }
  std::sort(hits.begin(), hits.end());
  return hits;
}

std::string Random(std::mt19937_64* random, std::string_view alphabet,
                   std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) {
    text += alphabet[(*random)() % alphabet.size()];
  }
  return text;
}

TEST(LiteralSet, FindsEveryOccurrenceOfEveryLiteral) {
  std::mt19937_64 random(1);
  using namespace std::string_view_literals;
  for (const std::string_view alphabet :
       {"abAB"sv, "a.*\\[^$(){}|?+"sv, "ab\0\n\xff\xe9"sv}) {
    for (int round = 0; round < 25; ++round) {
      std::vector<Literal> literals;
      for (std::size_t i = 1 + random() % 40; i > 0; --i) {
        literals.push_back(
            {Random(&random, alphabet, 1 + random() % 9), random() % 2 == 0});
      }
      const Result<LiteralSet> set = LiteralSet::Build(literals);
      ASSERT_TRUE(set) << set.error().message;
      for (int i = 0; i < 10; ++i) {
        const std::string text = Random(&random, alphabet, random() % 300);
        ASSERT_EQ(Find(*set, text), Naive(text, literals));
      }
    }
  }
}

TEST(LiteralSet, ItsSerializedFormFindsTheSame) {
  const std::vector<Literal> literals = {{"token", true}, {"AKIA", false}};
  const Result<LiteralSet> built = LiteralSet::Build(literals);
  ASSERT_TRUE(built);
  const Result<std::string> bytes = built->Serialize();
  ASSERT_TRUE(bytes) << bytes.error().message;
  const Result<LiteralSet> again = LiteralSet::Build(literals, *bytes);
  ASSERT_TRUE(again) << again.error().message;
  const std::string text = "a TOKEN, a token, AKIA and akia";
  EXPECT_EQ(Find(*again, text), Naive(text, literals));
}

TEST(LiteralSet, ADamagedSerializedFormIsNeverTrusted) {
  const std::vector<Literal> literals = {{"token", true}, {"AKIA", false}};
  const std::string bytes = *LiteralSet::Build(literals)->Serialize();
  const std::string text = "a TOKEN and AKIA";
  for (std::size_t size = 0; size < bytes.size();
       size += 1 + bytes.size() / 40) {
    const Result<LiteralSet> set =
        LiteralSet::Build(literals, std::string_view(bytes).substr(0, size));
    ASSERT_TRUE(set) << size;
    ASSERT_EQ(Find(*set, text), Naive(text, literals)) << size;
  }
}

TEST(LiteralSet, NoLiteralsFindNothing) {
  const Result<LiteralSet> set = LiteralSet::Build({});
  ASSERT_TRUE(set) << set.error().message;
  EXPECT_TRUE(Find(*set, "anything").empty());
}

}  // namespace
}  // namespace logspill
