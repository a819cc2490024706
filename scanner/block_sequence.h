// All inputs of a queue as one row of blocks, in order, for workers that take
// turns: the blocks of one input, member by member, then those of the next.
//
// Lifetime:  refers to the queue, which outlives it.  A block's bytes live in
//            the buffer given to Next().
// Threads:   Next() and Enter() may be called by all workers at once; reading
//            is serialised, and so is what happens between Enter() and Leave(),
//            in the order of the blocks.
// Errors:    damage of an input is an event in coverage().
// Cost:      one pass over the bytes to count lines.

#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "scanner/correlate/attributor.h"
#include "scanner/event_reader.h"
#include "scanner/finding/summary.h"
#include "scanner/input.h"

namespace logspill {

// What the first block of a member says of all of it.
struct MemberNature {
  Origin origin = Origin::kUnknown;
  HeaderReader::Detected formats;
};

// Given once, by whoever has that block; the others wait.
class MemberVerdict {
 public:
  MemberVerdict() : future_(promise_.get_future()) {}
  void Set(const MemberNature& nature) { promise_.set_value(nature); }
  MemberNature Get() const { return future_.get(); }

 private:
  std::promise<MemberNature> promise_;
  std::shared_future<MemberNature> future_;
};

struct SequencedBlock {
  Block block;
  std::shared_ptr<const std::string> input;  // its name
  std::shared_ptr<const Member> member;
  std::shared_ptr<MemberVerdict> verdict;
  std::int64_t modified_ms = 0;  // of the input
  std::uint64_t number = 0;      // in the row of all blocks
  std::uint64_t line = 1;        // of its first record in the member; 1-based
  bool first = false;            // of its member
};

class BlockSequence {
 public:
  BlockSequence(InputQueue* queue, std::size_t block_bytes,
                const std::atomic<bool>* stop)
      : queue_(queue), block_bytes_(block_bytes), stop_(stop) {}

  // Reads the next block into `buffer`; false at the end of everything.
  bool Next(std::vector<char>* buffer, SequencedBlock* block);

  // Waits until all blocks before `number` were left.
  void Enter(std::uint64_t number);
  void Leave();

  // REQUIRES: Next() has returned false to every worker.
  Coverage TakeCoverage();

  // Of what was read so far; from any thread.
  std::uint64_t bytes_read() const { return bytes_read_.load(); }
  std::uint64_t bytes_scanned() const { return bytes_scanned_.load(); }

 private:
  bool OpenNext();
  bool NextMember();
  void CloseInput();
  void TakeEvents(std::vector<InputEvent> events);
  void Place(SequencedBlock* block);

  InputQueue* queue_;
  std::size_t block_bytes_;
  const std::atomic<bool>* stop_;

  std::mutex read_mutex_;  // guards what reading needs
  std::unique_ptr<Input> input_;
  std::shared_ptr<const std::string> name_;
  std::shared_ptr<const Member> member_;
  std::shared_ptr<MemberVerdict> verdict_;
  std::unique_ptr<EventReader> reader_;
  std::uint64_t number_ = 0;
  std::uint64_t line_ = 1;
  std::uint64_t closed_bytes_ = 0;  // read of inputs that are done
  bool first_ = true;
  Coverage coverage_;
  std::atomic<std::uint64_t> bytes_read_{0};
  std::atomic<std::uint64_t> bytes_scanned_{0};

  std::mutex turn_mutex_;
  std::condition_variable turn_changed_;
  std::uint64_t turn_ = 0;
};

}  // namespace logspill
