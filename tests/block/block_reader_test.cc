#include "scanner/block/block_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <tuple>

namespace logspill {
namespace {

struct Piece {
  std::string core;  // the bytes that are the block's own
  std::uint64_t offset = 0;
  bool window = false;
  std::uint64_t record_offset = 0;
  std::string before;  // context
  std::string behind;

  auto Key() const {
    return std::tie(core, offset, window, record_offset, before, behind);
  }
};

const std::vector<RegionMarkers> kRegions = {{"<<BEGIN>>", "<<END>>"}};

// All blocks of `text`, which is read in pieces of random size.
std::vector<Piece> Cut(std::string_view text, std::size_t block_bytes,
                       std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::size_t at = 0;
  BlockReader reader(
      [&](std::span<char> buffer) {
        std::size_t size = std::min(buffer.size(), text.size() - at);
        if (size > 1 && random() % 2 == 0) size = 1 + random() % size;
        std::memcpy(buffer.data(), text.data() + at, size);
        at += size;
        return size;
      },
      block_bytes, kRegions);
  std::vector<Piece> pieces;
  std::vector<char> buffer;
  Block block;
  while (reader.Next(&buffer, &block)) {
    EXPECT_LE(block.core_begin, block.core_end);
    EXPECT_LE(block.core_end, block.bytes.size());
    const auto core = block.core_end - block.core_begin;
    pieces.push_back({std::string(block.bytes.substr(block.core_begin, core)),
                      block.offset + block.core_begin, block.window,
                      block.record_offset,
                      std::string(block.bytes.substr(0, block.core_begin)),
                      std::string(block.bytes.substr(block.core_end))});
  }
  return pieces;
}

std::string RandomText(std::uint64_t seed, std::size_t bytes,
                       std::size_t longest) {
  std::mt19937_64 random(seed);
  std::string text;
  while (text.size() < bytes) {
    text +=
        std::string(random() % longest, static_cast<char>('a' + random() % 26));
    text += '\n';
  }
  if (random() % 2 == 0) text += "a tail";
  return text;
}

void ExpectWhole(std::string_view text, const std::vector<Piece>& pieces) {
  std::size_t at = 0;
  for (const Piece& piece : pieces) {
    ASSERT_EQ(piece.offset, at);
    ASSERT_EQ(piece.core, text.substr(at, piece.core.size()));
    // Context is what really stands around the core.
    ASSERT_LE(piece.before.size(), at);
    ASSERT_EQ(piece.before,
              text.substr(at - piece.before.size(), piece.before.size()));
    at += piece.core.size();
    ASSERT_EQ(piece.behind, text.substr(at, piece.behind.size()));
  }
  ASSERT_EQ(at, text.size());
}

TEST(BlockReader, TheBlocksTogetherAreTheInput) {
  for (std::uint64_t seed = 1; seed < 40; ++seed) {
    const std::string text = RandomText(seed, 1 + seed * seed * 60, 300);
    for (const std::size_t block : {1u, 100u, 1024u, 5000u, 1u << 20}) {
      ASSERT_NO_FATAL_FAILURE(ExpectWhole(text, Cut(text, block, seed)));
    }
  }
}

TEST(BlockReader, ABlockBeginsAndEndsWithARecord) {
  const std::string text = RandomText(3, 400'000, 200);
  for (const std::size_t block : {1u, 1024u, 50'000u}) {
    for (const Piece& piece : Cut(text, block, 5)) {
      ASSERT_FALSE(piece.window);
      ASSERT_FALSE(piece.core.empty());
      ASSERT_TRUE(piece.offset == 0 || text[piece.offset - 1] == '\n');
      const std::size_t end = piece.offset + piece.core.size();
      ASSERT_TRUE(end == text.size() || text[end - 1] == '\n');
    }
  }
}

TEST(BlockReader, ARecordOfUpToAMebibyteIsNeverCut) {
  const std::string record(kWholeRecord - 1, 'x');
  const std::string text = "short\n" + record + "\nshort\n";
  for (const std::size_t block : {1024u, 200'000u, 4u << 20}) {
    const std::vector<Piece> pieces = Cut(text, block, 6);
    ASSERT_NO_FATAL_FAILURE(ExpectWhole(text, pieces));
    EXPECT_TRUE(std::any_of(pieces.begin(), pieces.end(),
                            [&record](const Piece& piece) {
                              return !piece.window && piece.core.find(record) !=
                                                          std::string::npos;
                            }))
        << block;
  }
}

TEST(BlockReader, WindowsOfALongRecordDependOnNothingButItsBytes) {
  std::string text = RandomText(7, 30'000, 200);
  if (text.back() != '\n') text += '\n';
  const std::size_t record = text.size();
  text += RandomText(8, 3 << 20, 40);
  std::replace(text.begin() + static_cast<std::ptrdiff_t>(record), text.end(),
               '\n', ' ');
  text += "\n" + RandomText(9, 30'000, 200);
  const auto windows = [&text](std::size_t block, std::uint64_t seed) {
    const std::vector<Piece> pieces = Cut(text, block, seed);
    ExpectWhole(text, pieces);
    std::vector<Piece> found;
    std::copy_if(pieces.begin(), pieces.end(), std::back_inserter(found),
                 [](const Piece& piece) { return piece.window; });
    return found;
  };
  const std::vector<Piece> once = windows(4 << 20, 1);
  ASSERT_GE(once.size(), 3U);
  for (const Piece& piece : once) ASSERT_EQ(piece.record_offset, record);
  for (std::size_t block = 1024; block < (8 << 20); block *= 3) {
    const std::vector<Piece> again = windows(block, block);
    ASSERT_EQ(again.size(), once.size());
    for (std::size_t i = 0; i < once.size(); ++i) {
      ASSERT_TRUE(again[i].Key() == once[i].Key()) << "window " << i;
    }
  }
}

TEST(BlockReader, AWindowSeesItsNeighbours) {
  const std::string text(5 * kWindow + 777, 'y');
  const std::vector<Piece> pieces = Cut(text, 1 << 20, 2);
  ASSERT_NO_FATAL_FAILURE(ExpectWhole(text, pieces));
  ASSERT_GT(pieces.size(), 2U);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    ASSERT_TRUE(pieces[i].window);
    if (i > 0) {
      ASSERT_EQ(pieces[i].before.size(), kOverlap);
    }
    const std::size_t rest =
        text.size() - pieces[i].offset - pieces[i].core.size();
    ASSERT_EQ(pieces[i].behind.size(), std::min(kOverlap, rest));
  }
}

TEST(BlockReader, ARegionIsNeverCut) {
  std::mt19937_64 random(11);
  std::string text;
  while (text.size() < 300'000) {
    text += RandomText(random(), random() % 900, 90);
    if (text.back() != '\n') text += '\n';
    text += "<<BEGIN>>\n";
    text += RandomText(random(), random() % 3000, 70);
    text += "\n<<END>>\n";
  }
  for (const std::size_t block : {1u, 500u, 1024u, 4096u, 70'000u}) {
    for (const Piece& piece : Cut(text, block, block)) {
      const std::size_t begin = piece.core.rfind("<<BEGIN>>");
      if (begin == std::string::npos) continue;
      ASSERT_NE(piece.core.find("<<END>>", begin), std::string::npos)
          << "blocks of " << block << " at " << piece.offset;
    }
  }
}

TEST(BlockReader, AnUnfinishedRegionKeepsTheOnesInsideIt) {
  std::string text(900, 'x');
  text += "\n<<BEGIN>>\nQUJD\n<<BEGIN>>\nQUJD\n<<END>>\ny\n";
  for (std::size_t block = 800; block < 1000; ++block) {
    for (const Piece& piece : Cut(text, block, block)) {
      const bool begins = piece.core.find("<<BEGIN>>") != std::string::npos;
      const bool ends = piece.core.find("<<END>>") != std::string::npos;
      ASSERT_EQ(begins, ends) << "blocks of " << block;
    }
  }
}

TEST(BlockReader, ARegionThatNeverEndsHoldsNothingUp) {
  std::string text = "<<BEGIN>>\n";
  for (int i = 0; i < 20'000; ++i) text += "line behind line behind line\n";
  for (const std::size_t block : {1024u, 100'000u}) {
    const std::vector<Piece> pieces = Cut(text, block, 3);
    ASSERT_NO_FATAL_FAILURE(ExpectWhole(text, pieces));
    for (const Piece& piece : pieces) {
      ASSERT_LE(piece.core.size(), block + 2 * kOverlap + kWholeRecord);
    }
  }
}

TEST(BlockReader, NothingIsNoBlock) {
  EXPECT_TRUE(Cut("", 1024, 1).empty());
  const std::vector<Piece> pieces = Cut("\n", 1024, 1);
  ASSERT_EQ(pieces.size(), 1U);
  EXPECT_EQ(pieces[0].core, "\n");
}

}  // namespace
}  // namespace logspill
