// Reads the keys and values that a text record prints behind its message, where
// the record's format did not say that they are there:
//
//     order placed user=17 cart="a b"          logrus, klog, zerolog, slog
//     order placed <tab> {"user": 17}          zap
//
// Threads:   pure functions.
// Cost:      O(text).

#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "scanner/record/record_header.h"

namespace logspill {

struct StructuredTail {
  std::size_t message_begin = 0;
  std::size_t message_end = 0;      // without quotes and blanks
  std::vector<RecordField> fields;  // spans in the text given
};

// False where all of the text is message.
bool ReadStructuredTail(std::string_view text, StructuredTail* tail);

}  // namespace logspill
