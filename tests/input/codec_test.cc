// Compressions whose data is good: every byte comes out, however it is cut into
// members, named or read.

#include <gtest/gtest.h>

#include "adapters/input/frame_reader.h"
#include "adapters/input/sniff.h"
#include "tests/input/sample.h"

namespace logspill {
namespace {

class EveryCodec : public testing::TestWithParam<Codec> {
 protected:
  static std::string Pack(std::string_view text) {
    return Compress(GetParam(), text);
  }
};
INSTANTIATE_TEST_SUITE_P(Input, EveryCodec, testing::ValuesIn(kCodecs),
                         testing::PrintToStringParamName());

TEST_P(EveryCodec, GivesBackWhatWasCompressed) {
  const std::string text = LogText(3'000'000);
  const std::string packed = Pack(text);
  const ReadResult result = ReadBytes(packed);
  EXPECT_TRUE(result.Text() == text);
  EXPECT_EQ(result.Events(), "");
  EXPECT_EQ(result.bytes_read, packed.size());
  ASSERT_EQ(result.members.size(), 1u);
  EXPECT_EQ(result.members[0].member.name, "");
}

TEST_P(EveryCodec, ReadSizeNeverChangesTheBytes) {
  const std::string text = LogText(70'000);
  const std::string packed = Pack(text);
  for (const std::size_t step : {1u, 2u, 3u, 17u, 4096u, 65536u, 1u << 22}) {
    EXPECT_TRUE(ReadBytes(packed, {}, step).Text() == text)
        << "reads of " << step << " bytes";
  }
}

TEST_P(EveryCodec, MembersBehindOneAnotherAreOneStream) {
  std::string text;
  std::string packed;
  for (unsigned seed = 1; seed < 40; ++seed) {
    const std::string part = LogText(std::size_t{997} * seed, seed);
    text += part;
    packed += Pack(part);
    if (seed % 7 == 0) packed += Pack("");
  }
  const ReadResult result = ReadBytes(packed);
  EXPECT_TRUE(result.Text() == text);
  EXPECT_EQ(result.Events(), "");
}

TEST_P(EveryCodec, AnEmptyMemberIsAnEmptyText) {
  const ReadResult result = ReadBytes(Pack(""));
  EXPECT_EQ(result.members.size(), 1u);
  EXPECT_EQ(result.Text(), "");
  EXPECT_EQ(result.Events(), "");
}

TEST_P(EveryCodec, SkippableFramesAreSkippedWhereverTheyStand) {
  const std::string packed = SkippableFrame("in front") + Pack("one\n") +
                             SkippableFrame(std::string(600'000, 'x')) +
                             SkippableFrame("") + Pack("two\n") +
                             SkippableFrame("behind");
  const ReadResult result = ReadBytes(packed);
  EXPECT_EQ(result.Text(), "one\ntwo\n");
  EXPECT_EQ(result.Events(), "");
}

TEST_P(EveryCodec, AMemberOfAnotherCompressionMayFollow) {
  for (const Codec other : kCodecs) {
    const ReadResult result =
        ReadBytes(Pack("one\n") + Compress(other, "two\n"));
    EXPECT_EQ(result.Text(), "one\ntwo\n") << Name(other);
    EXPECT_EQ(result.Events(), "") << Name(other);
  }
}

TEST_P(EveryCodec, TrailingBytesAreScannedAndWarnedOf) {
  const ReadResult result = ReadBytes(Pack("one\n") + "appended by hand\n");
  EXPECT_EQ(result.Text(), "one\nappended by hand\n");
  EXPECT_EQ(result.Events(), "warning trailing-data");
}

TEST_P(EveryCodec, TrailingZerosAreWarnedOf) {
  const std::string zeros(700'001, '\0');
  const ReadResult result = ReadBytes(Pack("one\n") + zeros);
  EXPECT_EQ(result.Text(), "one\n");
  EXPECT_EQ(result.Events(), "warning trailing-data");
}

TEST_P(EveryCodec, ZerosBetweenMembersArePassedOver) {
  const ReadResult result =
      ReadBytes(Pack("one\n") + std::string(512, '\0') + Pack("two\n"));
  EXPECT_EQ(result.Text(), "one\ntwo\n");
  EXPECT_EQ(result.Events(), "");
}

TEST_P(EveryCodec, CompressedThreeTimesIsReadAndFourTimesIsALimit) {
  const std::string three = Pack(Pack(Pack("a line\n")));
  EXPECT_EQ(ReadBytes(three).Text(), "a line\n");
  const ReadResult four = ReadBytes(Pack(three));
  EXPECT_EQ(four.Text(), "");
  EXPECT_EQ(four.Events(), "incomplete limit");
}

TEST_P(EveryCodec, TheNameDecidesNothing) {
  const TempFolder folder;
  const std::string text = LogText(5000);
  for (const char* name : {"a.log", "a.gz", "a.zst", "a.zip", "a", "a.7z"}) {
    EXPECT_EQ(ReadAll({folder.Write(name, Pack(text))}).Text(), text);
    EXPECT_EQ(ReadAll({folder.Write(name, text)}).Text(), text);
  }
}

TEST_P(EveryCodec, Utf16InsideIsUtf8Outside) {
  const std::string wide(
      "\xFF\xFE"
      "h\0i\0\n\0",
      8);
  const ReadResult result = ReadBytes(Pack(wide));
  EXPECT_EQ(result.Text(), "hi\n");
  ASSERT_EQ(result.members.size(), 1u);
  EXPECT_EQ(result.members[0].member.encoding, TextEncoding::kUtf16);
  EXPECT_EQ(result.members[0].member.bom_bytes, 2u);
}

TEST(XzInput, PaddingOfFoursBelongsToTheFormat) {
  const std::string packed = Compress(Codec::kXz, "one\n");
  EXPECT_EQ(ReadBytes(packed + std::string(8, '\0')).Events(), "");
  EXPECT_EQ(ReadBytes(packed + std::string(7, '\0')).Events(),
            "warning trailing-data");
}

TEST(LzmaInput, ABareStreamIsKnownByItsFirstBytes) {
  const std::string text = LogText(100'000);
  const std::string packed = Compress(Codec::kLzma, text);
  EXPECT_TRUE(ReadBytes(packed).Text() == text);
  EXPECT_EQ(ReadBytes(packed.substr(0, packed.size() / 2)).Events(),
            "incomplete truncated");
}

// Feeds a decoder in pieces, to its end or its error.
std::string DecodeInPieces(Decoder& decoder, std::string_view packed,
                           std::size_t in_step, std::size_t out_step) {
  std::string text;
  std::string piece(out_step, '\0');
  std::size_t begin = 0;
  std::size_t end = 0;
  decoder.Start();
  for (;;) {
    const auto step = decoder.Decode({packed.data() + begin, end - begin},
                                     {piece.data(), piece.size()});
    text.append(piece.data(), step.produced);
    begin += step.consumed;
    if (step.status != Decoder::Status::kRunning) return text;
    if (step.consumed == 0 && step.produced == 0) {
      if (end == packed.size()) return text;
      end = std::min(end + in_step, packed.size());
    }
  }
}

TEST(GzipDecoder, IsalAndZlibAgreeOnEveryCutOfInputAndOutput) {
  const auto isal = MakeIsalGzipDecoder();
  if (isal == nullptr) GTEST_SKIP() << "built without ISA-L";
  const auto zlib = MakeZlibGzipDecoder();
  const std::string text = LogText(300'000);
  const std::string packed = Compress(Codec::kGzip, text);
  for (const std::size_t in : {1u, 7u, 1000u, 100'000u}) {
    for (const std::size_t out : {1u, 13u, 4096u, 200'000u}) {
      EXPECT_TRUE(DecodeInPieces(*isal, packed, in, out) == text);
      EXPECT_TRUE(DecodeInPieces(*zlib, packed, in, out) == text);
    }
  }
}

TEST_P(EveryCodec, TheDecoderDoesNotDependOnThePieces) {
  const auto decoder = MakeDecoder(GetParam(), 64 << 20);
  const std::string text = LogText(300'000);
  const std::string packed = Pack(text);
  for (const std::size_t in : {1u, 7u, 1000u, 100'000u}) {
    for (const std::size_t out : {1u, 13u, 4096u, 200'000u}) {
      EXPECT_TRUE(DecodeInPieces(*decoder, packed, in, out) == text)
          << in << " in, " << out << " out";
    }
  }
}

}  // namespace
}  // namespace logspill
