// The door of the engine: rules, inputs and a sink in, a summary out.
//
//     Input -> Block -> RawMatch -> Match -> Finding -> Sink
//
// Lifetime:  everything that ScanOptions and the constructor point to outlives
//            the Scanner.
// Threads:   Run() is called once; it starts `threads` workers and ends with
//            them.  RequestStop() is safe from a signal handler; progress()
//            from any thread.
// Errors:    damage of one input is an event in the summary; Run() fails only
//            where the findings that waited cannot be read back.
// Cost:      memory is bounded by threads, the block pool and the stated
//            budgets.

#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "scanner/base/key.h"
#include "scanner/base/result.h"
#include "scanner/base/severity.h"
#include "scanner/correlate/attributor.h"
#include "scanner/finding/summary.h"
#include "scanner/identity/allowlist.h"
#include "scanner/identity/classifier.h"
#include "scanner/identity/prediction.h"
#include "scanner/input.h"
#include "scanner/match/rule_database.h"
#include "scanner/record/time_range.h"
#include "scanner/sink.h"

namespace logspill {

class Baseline;
class LogFormats;

struct ScanOptions {
  unsigned threads = 0;                 // 0: one a core
  std::size_t block_bytes = 256 << 10;  // fits the second-level cache
  Severity min_severity =
      Severity::kMedium;  // of findings that are sent to the sink
  bool excerpts = true;
  bool reveal = false;         // the one way for a raw value to come out
  bool stream = false;         // send at once, amend later
  bool decode_base64 = false;  // look inside base 64 as well
  std::uint64_t exact_values = 4'000'000;  // distinct values counted exactly
  std::uint64_t spool_bytes = std::uint64_t{4} << 30;  // of findings that wait
  std::string spool_folder;                            // empty: $TMPDIR or /tmp
  bool record_shapes = false;  // for a baseline that is to be written
  const Allowlist* allowlist = nullptr;
  const Baseline* baseline = nullptr;
  const CallSiteIndex* call_sites = nullptr;
  const LogFormats* formats = nullptr;   // of records; without: what is common
  TimeRange times;                       // of the records that are reported
  const Predictor* predictor = nullptr;  // what other call sites may print
};

struct ScanProgress {
  std::atomic<std::uint64_t> bytes_read{0};
  std::atomic<std::uint64_t> bytes_scanned{0};
  std::atomic<std::uint64_t> findings{0};
};

class Scanner {
 public:
  Scanner(const RuleDatabase* rules, const Classifier* classifier,
          const Key* key, ScanOptions options);
  ~Scanner();

  Result<Summary> Run(InputQueue& inputs, Sink& sink);

  void RequestStop() { stop_.store(true, std::memory_order_relaxed); }
  const ScanProgress& progress() const { return progress_; }

 private:
  const RuleDatabase* rules_;
  const Classifier* classifier_;
  const Key* key_;
  ScanOptions options_;
  ScanProgress progress_;
  std::atomic<bool> stop_{false};
};

}  // namespace logspill
