// A trace as JSON lines: one object a record, then a summary.  The fields are an
// interface that only grows (schema "logspill/1").
//
// Lifetime:  refers to an OutputStream that outlives it, and to call sites.
// Threads:   as TraceSink promises; a batch writes its text on its own worker.
// Cost:      some hundred nanoseconds a record; no allocation once warm.

#pragma once

#include <memory>

#include "adapters/output/output_stream.h"
#include "scanner/tracer.h"

namespace logspill {

class TraceJsonl : public TraceSink {
 public:
  explicit TraceJsonl(OutputStream* out) : out_(out) {}

  std::unique_ptr<Batch> NewBatch() override;
  bool Commit(Batch* batch) override;
  bool OnSummary(const TraceSummary& summary) override;

 private:
  OutputStream* out_;
};

// "no template": why a record has no call site, for people and programs.
std::string_view Name(NoneCause cause);
std::string_view Name(AttributionResult result);

}  // namespace logspill
