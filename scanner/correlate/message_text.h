// The message of a record as the program gave it to its logger: escapes of a
// JSON string and colours undone, with a way back to the record's bytes.
//
// Lifetime:  text() views the record or this object; it dies with the next
//            Read().
// Threads:   not thread-safe; each thread reuses one.
// Cost:      nothing is copied where nothing is escaped.
// Units:     bytes; a longer message than kMost is cut.

#pragma once

#include <cstdint>
#include <string_view>

#include "scanner/base/decoded_view.h"
#include "scanner/base/span.h"
#include "scanner/record/record_header.h"

namespace logspill {

class MessageText {
 public:
  static constexpr std::size_t kMost = 1 << 20;

  void Read(std::string_view record, const RecordHeader& header);

  // Without the line end.
  std::string_view text() const { return text_; }
  bool decoded() const { return decoded_; }
  std::uint32_t begin() const { return begin_; }  // in the record

  // Where bytes of text() stand in the record.
  Span ToRecord(Span span) const;

 private:
  std::string_view text_;
  std::uint32_t begin_ = 0;
  bool decoded_ = false;
  DecodedView view_;
};

}  // namespace logspill
