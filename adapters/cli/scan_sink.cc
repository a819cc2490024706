#include "adapters/cli/scan_sink.h"

#include <algorithm>
#include <utility>

namespace logspill {

ScanSink::ScanSink(Sink* next, std::vector<std::string> classes,
                   Baseline* baseline, std::function<void()> before_summary)
    : next_(next),
      classes_(std::move(classes)),
      baseline_(baseline),
      before_summary_(std::move(before_summary)) {}

bool ScanSink::Wanted(const std::string& class_name) const {
  return classes_.empty() || std::find(classes_.begin(), classes_.end(),
                                       class_name) != classes_.end();
}

bool ScanSink::OnFinding(const Finding& finding) {
  if (!Wanted(finding.class_name)) return true;
  if (baseline_ != nullptr) baseline_->Add(EntryOf(finding));
  if (!next_->wants_findings()) return true;
  ++passed_;
  return next_->OnFinding(finding);
}

bool ScanSink::OnAmendment(const Amendment& amendment) {
  // Whatever it was before: a reader may hold it under its former class.
  return next_->OnAmendment(amendment);
}

bool ScanSink::OnSummary(const Summary& summary) {
  before_summary_();
  if (classes_.empty()) return next_->OnSummary(summary);
  Summary printed = summary;
  if (next_->wants_findings()) printed.printed = passed_;
  return next_->OnSummary(printed);
}

}  // namespace logspill
