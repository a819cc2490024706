// Between the engine and the sink that prints: keeps the classes that were
// asked for, ends the progress line before the report, remembers the summary.
//
// Lifetime:  refers to the sink behind it, which outlives it.
// Threads:   not thread-safe; the engine serialises calls.

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "scanner/finding/baseline.h"
#include "scanner/sink.h"

namespace logspill {

class ScanSink : public Sink {
 public:
  // `classes` empty: all.  `before_summary` is called once, before the report.
  // `baseline`: takes an entry of each finding; nullptr: none is written.
  ScanSink(Sink* next, std::vector<std::string> classes, Baseline* baseline,
           std::function<void()> before_summary);

  bool wants_findings() const override {
    return baseline_ != nullptr || next_->wants_findings();
  }
  bool OnFinding(const Finding& finding) override;
  bool OnAmendment(const Amendment& amendment) override;
  bool OnSummary(const Summary& summary) override;

 private:
  bool Wanted(const std::string& class_name) const;

  Sink* next_;
  std::vector<std::string> classes_;
  Baseline* baseline_;
  std::function<void()> before_summary_;
  std::uint64_t passed_ = 0;
};

}  // namespace logspill
