// Points in time as people type them.
//
//     2026-11-22T21:00:33Z   2026-11-22 21:00   2026-11-22   2h   "2h ago"
//
// A date alone is its first moment.  A time without a zone is compared with what
// the records print; so is a number of hours, counted back from now in UTC.
//
// Threads:   pure functions.
// Units:     milliseconds since 1970.

#pragma once

#include <cstdint>
#include <string>

#include "adapters/cli/settings.h"
#include "scanner/base/result.h"
#include "scanner/record/time_range.h"

namespace logspill {

Result<std::int64_t> ParsePointInTime(const std::string& text,
                                      std::int64_t now_ms);

// --since and --until; fails where one is no time, or nothing lies between.
Result<TimeRange> TimesOf(const Settings& settings);

}  // namespace logspill
