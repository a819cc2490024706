// A finding before its class is settled, packed into bytes: so that millions
// can wait in a spool.  It holds hashes and masked text, never a value (but
// under `reveal`).
//
// Lifetime:  a Draft's texts view the bytes it was read from.
// Threads:   plain data.
// Cost:      about 100 bytes each, one memcpy in and out.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/correlate/attributor.h"
#include "scanner/finding/aggregator.h"

namespace logspill {

struct DraftSite {
  std::int32_t site = -1;  // index in the CallSiteIndex
  std::int32_t hole = -1;
};

struct Draft {
  std::uint64_t hash = 0;
  std::uint64_t line = 0;  // 1-based; in the block until it is committed
  std::uint64_t more_lines = 0;
  std::uint64_t offset = 0;
  std::uint64_t span_begin = 0;
  std::uint64_t span_end = 0;
  std::int64_t time_ms = 0;
  GroupId group = 0;
  std::uint32_t member = 0;
  bool has_time = false;
  bool window_context = false;
  bool attributed = false;  // call sites were looked up
  AttributionResult attribution = AttributionResult::kNone;

  std::string_view field;
  std::string_view excerpt;  // with kValueMark
  std::string_view fingerprint;
  std::string_view shape;
  std::string_view revealed;
  std::vector<DraftSite> sites;
};

void AppendDraft(const Draft& draft, std::string* bytes);

// Takes one draft from the front of `bytes`; false where none is left.  `draft`
// is reused between calls.
bool TakeDraft(std::string_view* bytes, Draft* draft);

// Sets the line of a draft where it stands, so that it is copied as it is.
void SetDraftLine(std::uint64_t line, char* draft);

}  // namespace logspill
