#include "scanner/base/decoded_view.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "tests/naive/naive_decoder.h"

namespace logspill {
namespace {

// Text that is rich in escapes, whole, nested and broken.
std::string RandomEscapes(std::mt19937_64* random, std::size_t pieces) {
  static constexpr std::string_view kPieces[] = {
      "\\",       "\"",       "/",       "n",    "t",       "u",
      "0041",     "%",        "25",      "40",   "\\u00",   "\\ud83d",
      "\\ude00",  "a",        "@",       " ",    "\x1b",    "\x1b[31m",
      "\x1b[1;3", "m",        "\\\\n",   "%2",   "F",       "\xff",
      "\\/",      "\\u005cn", "[",       "0",    "%5",      "C",
      "\r",       "\\\\\\\\", "\\u0025", "%5Cn", "\\u001b", "\\"};
  std::string text;
  for (std::size_t i = 0; i < pieces; ++i) {
    text += kPieces[(*random)() % std::size(kPieces)];
  }
  return text;
}

std::string Decoded(std::string_view raw) {
  DecodedView view;
  return view.Decode(raw) ? std::string(view.text()) : std::string(raw);
}

TEST(DecodedView, UndoesTheEscapesOfJson) {
  EXPECT_EQ(Decoded(R"(\"\/\\ \b\f\n\r\t)"), "\"/\\ \b\f\n\r\t");
  EXPECT_EQ(Decoded(R"(\u0041\u00e9\u20AC\ud83d\ude00)"),
            "A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
}

TEST(DecodedView, LeavesHalfASurrogatePairAsItIs) {
  EXPECT_EQ(Decoded(R"(\ud83d!\ude00\n)"), "\\ud83d!\\ude00\n");
  EXPECT_EQ(Decoded(R"(\ud83d\u0041\n)"), "\\ud83dA\n");
}

TEST(DecodedView, UndoesJsonInsideJsonInsideJsonAndNoDeeper) {
  EXPECT_EQ(Decoded(R"(\\\\\\\\n)"), R"(\n)");
  EXPECT_EQ(Decoded(R"(\\\\n)"), "\n");
}

TEST(DecodedView, UndoesPercentEncodingTwiceAndNoDeeper) {
  EXPECT_EQ(Decoded("a%40b"), "a@b");
  EXPECT_EQ(Decoded("a%2540b"), "a@b");
  EXPECT_EQ(Decoded("a%252540b"), "a%40b");
}

TEST(DecodedView, TakesColourAway) {
  EXPECT_EQ(Decoded("\x1b[1;31mred\x1b[0m"), "red");
  EXPECT_EQ(Decoded("\x1b[31"), "\x1b[31");
}

TEST(DecodedView, IsEmptyWhereNothingChanged) {
  DecodedView view;
  for (const char* raw : {"", "plain", "50% more", "C:\\dir", "\x1b]0;title"}) {
    EXPECT_FALSE(view.Decode(raw)) << raw;
    EXPECT_TRUE(view.text().empty()) << raw;
  }
}

TEST(DecodedView, ForgetsTheTextBefore) {
  DecodedView view;
  ASSERT_TRUE(view.Decode("%41%42%43"));
  ASSERT_TRUE(view.Decode("%44"));
  EXPECT_EQ(view.text(), "D");
  EXPECT_EQ(view.ToRaw({0, 1}), (Span{0, 3}));
}

TEST(DecodedView, AgreesWithTheNaiveDecoder) {
  std::mt19937_64 random(1);
  DecodedView view;
  for (int i = 0; i < 20'000; ++i) {
    const std::string raw = RandomEscapes(&random, random() % 24);
    const naive::Decoded naive = naive::Decode(raw);
    ASSERT_EQ(view.Decode(raw), naive.changed) << testing::PrintToString(raw);
    ASSERT_EQ(view.text(), naive.text) << testing::PrintToString(raw);
    for (std::uint32_t at = 0; at < naive.raw.size(); ++at) {
      ASSERT_EQ(view.ToRaw({at, at + 1}), naive.raw[at])
          << testing::PrintToString(raw) << " at " << at;
    }
  }
}

TEST(DecodedView, EachDecodedByteCameFromARangeAndTheRangesNeverGoBack) {
  std::mt19937_64 random(2);
  DecodedView view;
  for (int i = 0; i < 5'000; ++i) {
    const std::string raw = RandomEscapes(&random, random() % 40);
    if (!view.Decode(raw)) continue;
    Span before{0, 0};
    for (std::uint32_t at = 0; at < view.text().size(); ++at) {
      const Span range = view.ToRaw({at, at + 1});
      ASSERT_LT(range.begin, range.end);
      ASSERT_LE(range.end, raw.size());
      // Bytes of one escape share its range; others stand behind it.
      ASSERT_TRUE(range == before || range.begin >= before.end);
      before = range;
    }
  }
}

TEST(DecodedView, TheWholeTextCameFromTheWholeWhereNoColourStandsAtItsEnds) {
  std::mt19937_64 random(3);
  DecodedView view;
  for (int i = 0; i < 2'000; ++i) {
    const std::string raw =
        "a" + RandomEscapes(&random, random() % 20) + "\x01";
    if (!view.Decode(raw)) continue;
    const auto decoded = static_cast<std::uint32_t>(view.text().size());
    ASSERT_EQ(view.ToRaw({0, decoded}),
              (Span{0, static_cast<std::uint32_t>(raw.size())}));
  }
}

TEST(DecodedView, FromRawFindsTheFirstByteThatCameFromThereOrBehind) {
  std::mt19937_64 random(4);
  DecodedView view;
  for (int i = 0; i < 2'000; ++i) {
    const std::string raw = RandomEscapes(&random, random() % 20);
    if (!view.Decode(raw)) continue;
    for (std::uint32_t at = 0; at <= raw.size(); ++at) {
      std::uint32_t expected = 0;
      while (expected < view.text().size() &&
             view.ToRaw({expected, expected + 1}).end <= at) {
        ++expected;
      }
      ASSERT_EQ(view.FromRaw(at), expected) << testing::PrintToString(raw);
    }
  }
}

TEST(DecodedView, ChangedSaysWhetherTheBytesDiffer) {
  std::mt19937_64 random(5);
  DecodedView view;
  for (int i = 0; i < 2'000; ++i) {
    const std::string raw = RandomEscapes(&random, 1 + random() % 20);
    if (!view.Decode(raw) || view.text().empty()) continue;
    const auto size = static_cast<std::uint32_t>(view.text().size());
    const auto begin = static_cast<std::uint32_t>(random() % size);
    const auto end =
        begin + 1 + static_cast<std::uint32_t>(random() % (size - begin));
    const Span span{begin, end};
    ASSERT_EQ(view.Changed(span),
              span.Of(view.text()) != view.ToRaw(span).Of(raw));
  }
}

TEST(DecodedView, TextWithoutALeadByteHoldsNoEscape) {
  std::mt19937_64 random(6);
  DecodedView view;
  for (int i = 0; i < 5'000; ++i) {
    const std::string raw = RandomEscapes(&random, random() % 6);
    if (view.Decode(raw)) {
      ASSERT_TRUE(DecodedView::MayHoldEscapes(raw));
    }
  }
  EXPECT_FALSE(DecodedView::MayHoldEscapes("plain text, nothing else"));
}

}  // namespace
}  // namespace logspill
