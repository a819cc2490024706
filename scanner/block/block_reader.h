// Cuts the bytes of one input member into blocks of whole records.
//
// A block ends at a record's end; what is behind it is carried to the next.  A
// record of up to kWholeRecord bytes is never cut.  A longer one is cut into
// windows at fixed distances from its first byte, so that what is found in it
// depends neither on the block size nor on how the bytes came: each window has
// a core, which is its own, and kOverlap bytes of its neighbours on either side
// as context.  A region (a PEM block) that is open at the end of a block is
// carried as a whole.
//
// Lifetime:  a Block views the buffer that was given to Next(); it dies with
//            it.
// Threads:   not thread-safe; the caller serialises Next().
// Cost:      one copy of the carried tail; no pass over the bytes but the
//            search for the last newline.
// Memory:    a buffer grows to the block size, or to kWholeRecord + 2 *
//            kOverlap.
// Units:     offsets are in bytes of the member as it is read.

#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace logspill {

inline constexpr std::size_t kWholeRecord = 1 << 20;
inline constexpr std::size_t kWindow = 512 << 10;
inline constexpr std::size_t kOverlap = 64 << 10;

struct Block {
  std::string_view bytes;
  std::uint64_t offset = 0;  // of bytes[0]
  bool window = false;       // a part of one record longer than kWholeRecord
  std::uint64_t record_offset = 0;  // of that record
  // What begins here is this block's; the rest is context.  All of it, but for
  // windows.
  std::size_t core_begin = 0;
  std::size_t core_end = 0;
};

// A byte string that opens a region, and the one that closes it.
struct RegionMarkers {
  std::string begin;
  std::string end;
};

class BlockReader {
 public:
  // Fills a buffer; 0 at the end.  May return fewer bytes than asked for.
  using Read = std::function<std::size_t(std::span<char>)>;

  // `live`: records are given out as soon as they are whole, in smaller blocks,
  // where `read` has no more to give yet.
  BlockReader(Read read, std::size_t block_bytes,
              std::vector<RegionMarkers> regions, bool live = false);
  ~BlockReader();

  // Reads the next block into `buffer`, which it may grow; false at the end.
  bool Next(std::vector<char>* buffer, Block* block);

 private:
  bool Fill(std::vector<char>* buffer, std::size_t bytes);
  bool NextRecords(std::vector<char>* buffer, Block* block);
  bool NextWindow(std::vector<char>* buffer, Block* block);
  bool Cut(std::vector<char>* buffer, std::size_t size, Block* block);
  std::size_t LongRecord(std::string_view bytes) const;
  std::size_t BeforeOpenRegion(std::string_view bytes) const;

  Read read_;
  std::size_t block_bytes_;
  std::vector<RegionMarkers> regions_;
  bool live_;
  std::string region_begin_;  // with which all of them begin

  std::vector<char> carry_;   // read, but behind the last block
  std::uint64_t offset_ = 0;  // of carry_[0]
  std::size_t filled_ = 0;    // bytes in the buffer that is being filled
  bool end_ = false;          // read_ has returned 0
  bool in_long_record_ = false;
  std::uint64_t record_offset_ = 0;  // of the long record
  std::uint64_t core_ = 0;           // where its next window's core begins
};

}  // namespace logspill
