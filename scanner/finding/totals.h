// Sums up what was aggregated: classes and rows of a report.
//
// Threads:   call when all threads are done.
// Cost:      O(pairs log pairs) once, a shard at a time.

#pragma once

#include <string>
#include <vector>

#include "scanner/callsite/call_site.h"
#include "scanner/finding/aggregator.h"
#include "scanner/finding/baseline.h"
#include "scanner/finding/summary.h"
#include "scanner/identity/allowlist.h"
#include "scanner/identity/classifier.h"
#include "scanner/identity/prediction.h"
#include "scanner/rule/rule.h"

namespace logspill {

// The severity that a finding has once its verdict is taken into account.
Severity SeverityWith(Verdict verdict, Severity severity);

struct TotalsInput {
  const RuleSet* rules = nullptr;
  const Classifier* classifier = nullptr;
  const Groups* groups = nullptr;
  const Values* values = nullptr;
  const std::vector<CallSite>* sites = nullptr;  // or nullptr
  const Allowlist* allowlist = nullptr;          // or nullptr
  const Baseline* baseline = nullptr;            // or nullptr
  const Predictor* predictor = nullptr;          // or nullptr
  Severity min_severity = Severity::kMedium;
};

// What at the place itself says whose the values of a group are; for a rule that
// fixes the class, its form is the reason.  The strongest is the last.
std::vector<std::string> ReasonsHere(const TotalsInput& input,
                                     const GroupKey& key);

// The same of another place where they were seen, which gave them `identity`.
std::string ReasonElsewhere(const TotalsInput& input, const Identity& identity);

// Fills findings, printed, allowed, worst, classes, rows, predictions and
// spilled_values.
void SumUp(const TotalsInput& input, Summary* summary);

// True where the baseline or the allow list takes this away, whatever the value.
bool IsAllowed(const TotalsInput& input, const Group& group,
               const std::string& class_name);

}  // namespace logspill
