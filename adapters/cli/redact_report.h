// What a redaction did, in numbers: as JSON for --report, in words for people.
// Holds no value, and no token.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/redactor.h"
#include "scanner/rule/rule.h"

namespace logspill {

struct RedactReport {
  RedactTotals totals;
  std::uint64_t inputs = 0;
  std::uint64_t written = 0;    // files that were written or replaced
  std::uint64_t unchanged = 0;  // of --in-place: left as they were
  bool complete = true;
  std::vector<std::string> problems;  // what could not be done, in words
  std::string policy;
  std::string key_id;
  bool key_from_file = false;
  std::vector<std::string> old_key_ids;
  std::string rules_digest;
  bool verified_all = false;
  double seconds = 0;
};

// One JSON object and a newline.
std::string RedactReportJson(const RedactReport& report, const RuleSet& rules);

// "1,204 values in 800 of 12,000 records replaced", and what else must be said.
std::string RedactReportLine(const RedactReport& report);

}  // namespace logspill
