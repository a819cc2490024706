// The times that count: of what lies outside nothing is reported.
//
// Units:     milliseconds since 1970, as RecordHeader::time_ms.

#pragma once

#include <cstdint>
#include <optional>

namespace logspill {

struct TimeRange {
  std::optional<std::int64_t> since_ms;  // from here on
  std::optional<std::int64_t> until_ms;  // before here

  bool any() const { return since_ms || until_ms; }
  // What has no time, and no record before it that has, is never left out.
  bool Holds(std::optional<std::int64_t> time_ms) const {
    if (!time_ms) return true;
    return (!since_ms || *time_ms >= *since_ms) &&
           (!until_ms || *time_ms < *until_ms);
  }
};

}  // namespace logspill
