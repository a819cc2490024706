// A finding, ready to be shown: no type from here on holds a raw value, except
// under the explicit `reveal`.
//
// Lifetime:  owns its strings; `rule` points into the RuleSet and `sites` into
//            the CallSiteIndex of the scan.  A Sink must copy what it keeps.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/severity.h"
#include "scanner/base/span.h"
#include "scanner/callsite/call_site.h"
#include "scanner/correlate/attributor.h"
#include "scanner/rule/rule.h"

namespace logspill {

struct FindingSite {
  const CallSite* site = nullptr;
  int hole = -1;  // the hole that printed the value; -1: outside all holes
};

struct Finding {
  const Rule* rule = nullptr;
  std::string class_name;  // "consumer_uuid"
  Severity severity = Severity::kInfo;
  double confidence = 0;  // 0..1
  std::vector<std::string> reasons;
  std::string input;                  // as found, unescaped
  std::optional<std::string> member;  // archive entry
  std::uint64_t line = 0;             // 1-based
  std::uint64_t end_line = 0;         // == line but for regions
  std::uint64_t offset = 0;      // of the record, in the decompressed input
  std::uint64_t span_begin = 0;  // in bytes of the record
  std::uint64_t span_end = 0;
  std::string field;                    // key path, or empty
  std::optional<std::int64_t> time_ms;  // that the record prints
  std::string shape;            // RecordShape(), where a baseline is written
  std::string fingerprint;      // "k3f2:9b1c..."
  std::string excerpt;          // masked
  std::string revealed;         // the raw value, only with --reveal
  bool window_context = false;  // the record is longer than 1 MiB
  std::optional<AttributionResult> attribution;  // absent without call sites
  std::vector<FindingSite> sites;
};

// What became of the class of a fingerprint that was printed before (--stream).
struct Amendment {
  std::string fingerprint;
  std::string class_name;
  Severity severity = Severity::kInfo;
  std::string reason;
};

}  // namespace logspill
