// Findings and the summary as JSON lines, one object each; their fields are an
// interface that only grows (schema "logspill/1").
//
// Lifetime:  refers to an OutputStream that outlives it; keeps the text of
// rules and
//            call sites it has printed, so those outlive it as well.
// Threads:   not thread-safe; the engine serialises calls.
// Cost:      a few hundred nanoseconds a finding and no allocation once warm.

#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/output/output_stream.h"
#include "scanner/sink.h"

namespace logspill {

class JsonlSink : public Sink {
 public:
  // `prompt`: each line leaves at once, for whoever follows along.
  // `predictions`: at most so many are printed, before the summary.
  explicit JsonlSink(OutputStream* out, bool prompt = false,
                     std::size_t predictions = 0)
      : out_(out), prompt_(prompt), predictions_(predictions) {}

  bool wants_findings() const override { return true; }
  bool OnFinding(const Finding& finding) override;
  bool OnAmendment(const Amendment& amendment) override;
  bool OnSummary(const Summary& summary) override;

 private:
  void AppendHead(const Finding& finding);
  void AppendReasons(const Finding& finding);
  void AppendPlace(const Finding& finding);
  void AppendAttribution(const Finding& finding);
  void AppendSite(const FindingSite& site);
  const std::string& SiteText(const CallSite& site);
  bool WriteLine();

  OutputStream* out_;
  bool prompt_;
  std::size_t predictions_;
  std::string line_;                    // being built
  std::vector<std::string> rule_text_;  // by Rule::index
  std::unordered_map<const CallSite*, std::string> site_text_;
  std::string input_name_;  // as it was last escaped
  std::string input_text_;
};

// Each as one JSON object and a newline.
void AppendPrediction(const Prediction& prediction, std::string* out);
void AppendSummary(const Summary& summary, std::string* out);

}  // namespace logspill
