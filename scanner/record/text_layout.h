// Walks the steps of a text format's layout over one record.
//
// Lifetime:  what is read views the record.
// Threads:   pure functions; safe from any thread.
// Cost:      30-200 ns; a layout that does not fit is refused at its first step
//            that does not.  No allocation but what `fields` needs to grow.
// Units:     offsets are in bytes of the record.

#pragma once

#include <string_view>
#include <vector>

#include "scanner/record/key_fields.h"
#include "scanner/record/log_format.h"
#include "scanner/record/record_header.h"

namespace logspill {

// True where `record` is laid out so; then `header` is filled.  `header` is
// spoilt where it is not.
bool ReadTextLayout(const FormatLayout& layout, std::string_view record,
                    int year, RecordHeader* header, KeyFields* fields);

// Only the time; nullopt where the record is laid out otherwise up to there, or
// prints none.
std::optional<std::int64_t> ReadLayoutTime(const FormatLayout& layout,
                                           std::string_view record, int year);

}  // namespace logspill
