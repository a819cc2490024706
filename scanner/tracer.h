// Names for every record the call site that printed it, and sums up which calls
// printed how much.
//
//     Input -> Block -> event -> Attribution -> TraceSink
//
// Lifetime:  what TraceOptions points to outlives the Tracer.
// Threads:   Run() is called once; it starts `threads` workers and ends with
//            them.
// Order:     records come in the order of the inputs and of their lines,
//            whatever the threads.
// Errors:    damage of one input is an event in the summary's coverage.
// Memory:    bounded by threads and block size, and by the call sites.

#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/correlate/attributor.h"
#include "scanner/finding/summary.h"
#include "scanner/input.h"

namespace logspill {

struct TraceOptions {
  unsigned threads = 0;                 // 0: one a core
  std::size_t block_bytes = 256 << 10;  // at least kSmallestBlock
  const CallSiteIndex* call_sites = nullptr;
  const LogFormats* formats = nullptr;  // of records; without: what is common
  // Set by someone else to end early; may be nullptr.
  const std::atomic<bool>* stop = nullptr;
};

struct TracedHole {
  std::string_view argument;
  std::string_view key;  // of a structured call; or empty
  Span span;             // in the record
};

struct TracedRecord {
  std::string_view input;
  std::string_view member;  // empty: the input itself
  std::uint64_t line = 0;   // 1-based
  // Of the record whose event it belongs to; 0: it stands for itself.
  std::uint64_t event_line = 0;
  std::uint64_t bytes = 0;  // with its line end
  AttributionResult result = AttributionResult::kNone;
  NoneCause cause = NoneCause::kNotNone;
  std::span<const CallSite* const> sites;
  std::span<const TracedHole> holes;
  const StackFrame* frame = nullptr;     // that the record prints
  const CallSite* frame_site = nullptr;  // in the frame's function
};

// What one call site printed, or several that nothing tells apart.
struct TraceRow {
  std::vector<const CallSite*> sites;
  std::uint64_t events = 0;
  std::uint64_t records = 0;  // with those that belong to the events
  std::uint64_t bytes = 0;
  std::array<std::uint64_t, kAttributionResults> by_result{};  // of events
};

struct TraceSummary {
  std::uint64_t records = 0;
  std::uint64_t bytes = 0;  // of records
  std::array<std::uint64_t, kAttributionResults> by_result{};
  std::array<std::uint64_t, kNoneCauses> none_by_cause{};
  std::uint64_t none_bytes = 0;
  std::vector<TraceRow> rows;  // most bytes first
  Coverage coverage;           // `roots`: how many records matched
  double seconds = 0;
};

class TraceSink {
 public:
  // Takes the records of one block, on the thread of a worker.
  class Batch {
   public:
    virtual ~Batch() = default;
    virtual void OnRecord(const TracedRecord& record) = 0;
  };

  virtual ~TraceSink() = default;

  // One a worker; nullptr: only the summary is wanted.
  virtual std::unique_ptr<Batch> NewBatch() = 0;

  // Takes what the batch holds, and empties it.  Calls are serialised and in
  // order; false: the sink takes no more.
  virtual bool Commit(Batch* batch) = 0;

  // The last call.
  virtual bool OnSummary(const TraceSummary& summary) = 0;
};

class Tracer {
 public:
  static constexpr std::size_t kSmallestBlock = 64 << 10;

  explicit Tracer(TraceOptions options) : options_(options) {}

  TraceSummary Run(InputQueue& inputs, TraceSink& sink);

 private:
  TraceOptions options_;
};

}  // namespace logspill
