// The records of one block, event by event: which call printed each, and what
// its arguments printed.
//
// Lifetime:  refers to the call sites and to the batch, which outlive it.
// Threads:   not thread-safe; each worker has its own.
// Cost:      one literal search over the block, one header a record.

#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "scanner/block_sequence.h"
#include "scanner/correlate/attributor.h"
#include "scanner/record/record_header.h"
#include "scanner/record/stack_frame.h"
#include "scanner/trace_tally.h"
#include "scanner/tracer.h"

namespace logspill {

class BlockTracer {
 public:
  // `batch` may be nullptr.
  BlockTracer(const TraceOptions& options, TraceSink::Batch* batch);

  void Trace(const SequencedBlock& block);

  const TraceTally& tally() const { return tally_; }

 private:
  // One line of the event at hand.
  struct Line {
    std::string_view text;    // without the line end
    std::uint64_t bytes = 0;  // with it
    StackLine stack;
  };

  Origin OriginOf(std::string_view bytes);
  void TraceLine(std::string_view text, std::uint64_t bytes);
  bool Belongs(std::string_view text, const RecordHeader& header,
               StackLine* stack) const;
  void Begin(const Line& line, bool timed);
  void AttributeBare(std::string_view text);
  bool StandsAlone(std::string_view text, const RecordHeader& header,
                   const StackLine& stack);
  void NameFunction(StackFrame* frame) const;
  void Finish();
  bool JoinTwoLineRecord();
  void BreakTie();
  void JoinLines();
  void Emit(std::size_t index);
  void AddHoles(std::size_t index);
  std::string_view EventText(std::size_t lines) const;

  const CallSiteIndex* call_sites_;
  const LogFormats* formats_;
  TraceSink::Batch* batch_;
  std::unique_ptr<CallSiteIndex::Scratch> scratch_;
  TraceTally tally_;
  HeaderReader headers_;

  const SequencedBlock* block_ = nullptr;
  std::uint64_t next_line_ = 1;

  // The event at hand; no lines: there is none.
  std::vector<Line> lines_;
  std::uint64_t event_line_ = 0;
  bool timed_ = false;     // its first record prints a time
  bool in_trace_ = false;  // its last line is one of a stack trace
  std::string_view logger_;
  std::string_view function_;
  std::size_t attributed_ = 0;  // which line the holes are of
  Attribution attribution_;
  Attribution next_;  // of the record behind, where it is known at once
  std::vector<StackFrame> frames_;
  std::vector<TracedHole> holes_;
};

}  // namespace logspill
