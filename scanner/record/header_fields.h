// What stands between the time of a record and its message: level, logger,
// thread, process and the like, in whatever order the logging framework was
// told to print.
//
// Threads:   pure functions; safe from any thread.
// Cost:      O(head); no allocation.

#pragma once

#include <string_view>

#include "scanner/record/record_header.h"
#include "scanner/record/time_layouts.h"

namespace logspill {

// True for the names of log levels: "DEBUG", "Warn", "error", "E" is none.
bool IsLevel(std::string_view word);

// Fills level, logger and message_begin of `header` from `head`, whose time,
// printed in `layout`, ends at `at`.
void ReadFieldsBehindTime(std::string_view head, TimeLayout layout,
                          std::uint32_t at, RecordHeader* header);

// The same for a record that prints no time: "DEBUG:root:text", "INFO logger:
// text".
void ReadFieldsWithoutTime(std::string_view head, RecordHeader* header);

}  // namespace logspill
