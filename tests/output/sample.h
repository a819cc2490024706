// Findings and a summary with everything in them that an output must handle:
// hostile names, bytes that are no UTF-8, several call sites, missing times.
//
// Lifetime:  the sample owns the rules and call sites that its findings point
//            to.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "scanner/finding/finding.h"
#include "scanner/finding/summary.h"

namespace logspill {

struct Sample {
  std::vector<std::unique_ptr<Rule>> rules;
  std::vector<std::unique_ptr<CallSite>> sites;
  std::vector<Finding> findings;
  Summary summary;
};

Sample MakeSample();

// The text of tests/output/golden/<name>; with LOGSPILL_UPDATE_GOLDEN set,
// `actual` is written there first.
std::string Golden(const std::string& name, const std::string& actual);

}  // namespace logspill
