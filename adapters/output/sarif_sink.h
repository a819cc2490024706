// The summary as SARIF 2.1.0 (OASIS Standard, 2020-03-27), for code scanning: a
// result for each identity class and call site that printed it; what has no call
// site is placed in the log.
//
// A rule of SARIF is an identity class here: its severity is what a reader acts
// on, and SARIF states that once a rule.  The rules of detection that found the
// values are among a result's properties.  No value is in it, nor can be:
// findings are never asked for.
//
// Lifetime:  refers to an OutputStream that outlives it.
// Threads:   not thread-safe; the engine serialises calls.

#pragma once

#include <string>
#include <vector>

#include "adapters/output/output_stream.h"
#include "scanner/sink.h"

namespace logspill {

struct SarifOptions {
  Severity min_severity = Severity::kMedium;  // rows below are left out
  std::vector<std::string> classes;           // only these; empty: all
  // What relative paths start from, absolute.
  std::string folder;
};

class SarifSink : public Sink {
 public:
  SarifSink(OutputStream* out, SarifOptions options)
      : out_(out), options_(std::move(options)) {}

  bool wants_findings() const override { return false; }
  bool OnFinding(const Finding&) override { return true; }
  bool OnAmendment(const Amendment&) override { return true; }
  bool OnSummary(const Summary& summary) override;

 private:
  OutputStream* out_;
  SarifOptions options_;
};

// The document, and a newline.
std::string SarifText(const Summary& summary, const SarifOptions& options);

}  // namespace logspill
