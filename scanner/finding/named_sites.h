// Call sites as a report names them: those of a row, what they prove, and the
// calls that may print an identifier but were not seen to.
//
// Threads:   call when all threads are done.
// Cost:      O(groups + call sites).

#pragma once

#include <vector>

#include "scanner/finding/summary.h"
#include "scanner/finding/totals.h"

namespace logspill {

SiteName NameOf(const CallSite& site, int hole);

// Fills what a row says of its call site, or of all that are tied.
void NameSites(const TotalsInput& input, const CodeEvidence& code,
               RowSummary* row);

// Arguments whose names say that they hold an identifier, but of which no value
// was found in these logs.
// REQUIRES: input.sites and input.predictor are set.
std::vector<Prediction> FindPredictions(const TotalsInput& input);

}  // namespace logspill
