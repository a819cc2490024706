// Compressed data that is cut, changed, or made to fill the memory: what was
// good is kept, and what was not scanned is said.

#include <gtest/gtest.h>
#include <zstd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/input/sample.h"

namespace logspill {
namespace {

bool IsIncomplete(const ReadResult& result) {
  for (const InputEvent& event : result.events) {
    if (event.kind == InputEvent::Kind::kIncomplete) return true;
  }
  return false;
}

class EveryDamagedCodec : public testing::TestWithParam<Codec> {
 protected:
  static std::string Pack(std::string_view text) {
    return Compress(GetParam(), text);
  }
};
INSTANTIATE_TEST_SUITE_P(Damage, EveryDamagedCodec, testing::ValuesIn(kCodecs),
                         testing::PrintToStringParamName());

// The shortest beginning that says which compression it is; shorter ones of
// zstd and bzip2 are characters that a text may begin with.
std::size_t ShortestCut(Codec codec) {
  if (codec == Codec::kZstd) return 2;
  return codec == Codec::kBzip2 ? 5 : 1;
}

TEST_P(EveryDamagedCodec, CutAnywhereGivesAPrefixAndSaysTruncated) {
  const std::string text = LogText(1500);
  const std::string packed = Pack(text);
  for (std::size_t cut = ShortestCut(GetParam()); cut < packed.size(); ++cut) {
    const ReadResult result = ReadBytes(packed.substr(0, cut));
    EXPECT_TRUE(text.starts_with(result.Text())) << "cut at " << cut;
    EXPECT_EQ(result.Events(), "incomplete truncated") << "cut at " << cut;
    ASSERT_FALSE(result.events.empty());
    EXPECT_EQ(result.events[0].scanned_bytes, result.Text().size());
  }
}

TEST_P(EveryDamagedCodec, CutInTheSecondMemberKeepsTheFirst) {
  const std::string first = Pack("first\n");
  const std::string both = first + Pack("second\n");
  for (std::size_t cut = first.size() + 1; cut < both.size(); ++cut) {
    const ReadResult result = ReadBytes(both.substr(0, cut));
    EXPECT_TRUE(result.Text().starts_with("first\n")) << "cut at " << cut;
    EXPECT_TRUE(std::string_view("first\nsecond\n").starts_with(result.Text()));
    EXPECT_EQ(result.Events(), "incomplete truncated") << "cut at " << cut;
  }
}

TEST_P(EveryDamagedCodec, MostOfALongCutFileIsScanned) {
  const std::string text = LogText(4'000'000);
  const std::string packed = Pack(text);
  const ReadResult result = ReadBytes(packed.substr(0, packed.size() * 9 / 10));
  EXPECT_TRUE(text.starts_with(result.Text()));
  EXPECT_GT(result.Text().size(), text.size() * 6 / 10);
  EXPECT_EQ(result.Events(), "incomplete truncated");
}

TEST_P(EveryDamagedCodec, ACutSkippableFrameIsTruncated) {
  const std::string packed = Pack("one\n") + SkippableFrame("for others");
  for (std::size_t cut = 1; cut < 18; ++cut) {
    const ReadResult result = ReadBytes(packed.substr(0, packed.size() - cut));
    EXPECT_EQ(result.Text(), cut < 18 ? "one\n" : "");
    EXPECT_EQ(result.Events(), "incomplete truncated") << cut << " missing";
  }
}

// A byte of the check over all the data, counted from the end.
std::size_t CheckFromEnd(Codec codec, std::string_view packed) {
  switch (codec) {
    case Codec::kGzip:
      return 8;
    case Codec::kXz: {
      // In front of the index, whose size the footer tells in fours, less one.
      const auto fours =
          static_cast<unsigned char>(packed[packed.size() - 8]) + 1u;
      return 12 + fours * 4 + 1;
    }
    case Codec::kBzip2:
      return 2;  // the last 32 bits before at most seven of padding
    default:
      return 4;
  }
}

TEST_P(EveryDamagedCodec, AWrongChecksumKeepsTheDataAndSaysSo) {
  const std::string text = LogText(500'000);
  std::string packed = Pack(text);
  packed[packed.size() - CheckFromEnd(GetParam(), packed)] ^= 1;
  const ReadResult result = ReadBytes(packed);
  EXPECT_TRUE(result.Text() == text);
  EXPECT_EQ(result.Events(), "incomplete checksum");
}

TEST_P(EveryDamagedCodec, AFlippedBitNeverPassesInSilence) {
  const std::string text = LogText(800);
  const std::string packed = Pack(text);
  std::size_t silent = 0;
  for (std::size_t at = 0; at < packed.size(); ++at) {
    std::string flipped = packed;
    flipped[at] ^= 0x10;
    const ReadResult result = ReadBytes(flipped);
    const bool same = result.Text() == text;
    const bool said = IsIncomplete(result) || !result.events.empty();
    // A flip in the magic number makes it another file; one in a gzip header's
    // time or system changes nothing.
    if (!same && !said) ++silent;
  }
  EXPECT_LE(silent, 4u);
}

TEST_P(EveryDamagedCodec, DataBeforeADamagedMiddleIsKept) {
  const std::string text = LogText(3'000'000);
  std::string packed = Pack(text);
  for (std::size_t i = 0; i < 64; ++i) packed[packed.size() / 2 + i] ^= 0x55;
  const ReadResult result = ReadBytes(packed);
  EXPECT_TRUE(IsIncomplete(result)) << result.Events();
  EXPECT_GT(result.Text().size(), text.size() / 10);
}

TEST_P(EveryDamagedCodec, ZerosWithoutEndHitTheCap) {
  InputOptions options;
  options.bomb_bytes = 4 << 20;
  options.bomb_ratio = 20;  // lz4 reaches 250
  const ReadResult result =
      ReadBytes(Pack(std::string(24 << 20, '\0')), options);
  EXPECT_EQ(result.Events(), "incomplete limit");
  EXPECT_GE(result.Text().size(), options.bomb_bytes);
  EXPECT_LT(result.Text().size(), std::size_t{8} << 20);
}

TEST_P(EveryDamagedCodec, TheWholeExpansionIsCapped) {
  InputOptions options;
  options.max_expanded_bytes = 1'000'000;
  const std::string text = LogText(4'000'000);
  const ReadResult result = ReadBytes(Pack(text), options);
  EXPECT_EQ(result.Events(), "incomplete limit");
  EXPECT_TRUE(text.starts_with(result.Text()));
  EXPECT_LT(result.Text().size(), 3'200'000u);
}

TEST(ZstdInput, AWindowBeyondTheCapIsALimit) {
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, 28);
  ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
  const std::string text = LogText(100'000);
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  ZSTD_inBuffer in{text.data(), text.size(), 0};
  ZSTD_outBuffer out{packed.data(), packed.size(), 0};
  ASSERT_FALSE(
      ZSTD_isError(ZSTD_compressStream2(context, &out, &in, ZSTD_e_continue)));
  const std::size_t left = ZSTD_compressStream2(context, &out, &in, ZSTD_e_end);
  ASSERT_EQ(left, 0u);
  ZSTD_freeCCtx(context);
  packed.resize(out.pos);
  EXPECT_EQ(ReadBytes(packed).Events(), "incomplete limit");
  InputOptions generous;
  generous.max_decoder_bytes = std::uint64_t{256} << 20;
  EXPECT_TRUE(ReadBytes(packed, generous).Text() == text);
}

TEST(XzInput, ADictionaryBeyondTheCapIsALimit) {
  InputOptions options;
  options.max_decoder_bytes = 64 << 10;
  EXPECT_EQ(ReadBytes(Compress(Codec::kXz, LogText(10'000)), options).Events(),
            "incomplete limit");
}

TEST(FileInput, AFileThatShrinksWhileItIsReadIsSaid) {
  const TempFolder folder;
  const std::string file = folder.Write("a.log", LogText(1'000'000));
  const auto queue = OpenInputs({file}, {});
  const auto input = queue->Next();
  ASSERT_NE(input, nullptr);
  Member member;
  ASSERT_TRUE(input->NextMember(&member));
  std::string buffer(100'000, '\0');
  std::size_t got = input->Read(buffer);
  std::filesystem::resize_file(file, 300'000);
  std::size_t total = got;
  while ((got = input->Read(buffer)) > 0) total += got;
  EXPECT_FALSE(input->NextMember(&member));
  const auto events = input->TakeEvents();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].reason, "shrank");
  EXPECT_EQ(events[0].kind, InputEvent::Kind::kIncomplete);
  EXPECT_EQ(events[0].scanned_bytes, total);
  EXPECT_EQ(total, 300'000u);
  EXPECT_EQ(events[0].skipped_bytes, 700'000u);
}

TEST_P(EveryDamagedCodec, ACompressedFileThatShrinksIsSaidOnce) {
  const TempFolder folder;
  const std::string text = LogText(24'000'000);
  const std::string packed = Pack(text);
  const std::string file = folder.Write("a.log.gz", packed);
  const auto queue = OpenInputs({file}, {});
  const auto input = queue->Next();
  Member member;
  ASSERT_TRUE(input->NextMember(&member));
  // The reader ahead stops when its buffers are full, some MB into the text.
  std::filesystem::resize_file(file, packed.size() / 2);
  std::string buffer(1 << 20, '\0');
  std::string got;
  while (const std::size_t size = input->Read(buffer)) {
    got.append(buffer.data(), size);
  }
  EXPECT_FALSE(input->NextMember(&member));
  EXPECT_TRUE(text.starts_with(got));
  const auto events = input->TakeEvents();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].reason, "shrank");
}

TEST(FileInput, AnInputGivenUpInTheMiddleEndsItsThread) {
  for (const Codec codec : kCodecs) {
    const TempFolder folder;
    const std::string file =
        folder.Write("a", Compress(codec, LogText(6'000'000)));
    const auto queue = OpenInputs({file}, {});
    const auto input = queue->Next();
    Member member;
    ASSERT_TRUE(input->NextMember(&member));
    std::string buffer(1000, '\0');
    EXPECT_GT(input->Read(buffer), 0u);
  }
}

}  // namespace
}  // namespace logspill
