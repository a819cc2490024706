// Blocks that end where an event ends: a record and the lines that belong to
// it, a stack trace, are in one block, however the bytes came.
//
// An event longer than kMostEvent is cut.  Windows of a long record come as
// they are.
//
// Lifetime:  a Block views the buffer that was given to Next().
// Threads:   not thread-safe; the caller serialises Next().
// Cost:      one copy of each block; the last lines of a block are read until
//            one begins an event.

#pragma once

#include <string>
#include <vector>

#include "scanner/block/block_reader.h"
#include "scanner/record/record_header.h"

namespace logspill {

class EventReader {
 public:
  static constexpr std::size_t kMostEvent = 64 << 10;

  EventReader(BlockReader::Read read, std::size_t block_bytes)
      : reader_(std::move(read), block_bytes, {}) {}
  ~EventReader();

  // Reads the next block into `buffer`, which it may grow; false at the end.
  bool Next(std::vector<char>* buffer, Block* block);

 private:
  std::size_t WholeEvents(std::string_view bytes);
  bool GiveTail(std::vector<char>* buffer, Block* block);

  BlockReader reader_;
  HeaderReader headers_{1970};  // only whether there is a time is asked
  std::vector<char> raw_;       // as the reader gave it
  std::vector<char> tail_;      // of an event that may go on
  std::uint64_t tail_offset_ = 0;
  Block held_;  // a window that comes behind the tail; views raw_
  bool holds_ = false;
};

}  // namespace logspill
