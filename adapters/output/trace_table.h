// A trace as a table: which log calls printed how much, the most first, and what
// no call is known for.
//
// Lifetime:  refers to an OutputStream that outlives it.
// Threads:   as TraceSink promises.

#pragma once

#include <memory>
#include <string>

#include "adapters/output/colour.h"
#include "adapters/output/output_stream.h"
#include "scanner/tracer.h"

namespace logspill {

struct TraceTableLook {
  std::size_t width = 80;  // columns
  bool all_rows = false;   // else the kMostRows that printed most
  Palette palette{false};
};

class TraceTable : public TraceSink {
 public:
  static constexpr std::size_t kMostRows = 50;

  TraceTable(OutputStream* out, TraceTableLook look) : out_(out), look_(look) {}

  std::unique_ptr<Batch> NewBatch() override { return nullptr; }
  bool Commit(Batch* batch) override;
  bool OnSummary(const TraceSummary& summary) override;

 private:
  OutputStream* out_;
  TraceTableLook look_;
};

std::string TraceTableText(const TraceSummary& summary,
                           const TraceTableLook& look);

}  // namespace logspill
