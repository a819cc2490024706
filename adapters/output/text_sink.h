// The text report as a Sink; with `each`, also every finding on a line of its
// own as it is found.
//
// Lifetime:  refers to an OutputStream that outlives it.
// Threads:   not thread-safe; the engine serialises calls.

#pragma once

#include <utility>

#include "adapters/output/output_stream.h"
#include "adapters/output/text_report.h"
#include "scanner/sink.h"

namespace logspill {

class TextSink : public Sink {
 public:
  TextSink(OutputStream* out, TextOptions options, bool each)
      : out_(out), options_(std::move(options)), each_(each) {}

  bool wants_findings() const override { return each_; }
  bool OnFinding(const Finding& finding) override;
  bool OnAmendment(const Amendment& amendment) override;
  bool OnSummary(const Summary& summary) override;

 private:
  OutputStream* out_;
  TextOptions options_;
  bool each_;
};

}  // namespace logspill
