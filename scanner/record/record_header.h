// Reads the head of a log record: when, how bad, which logger, and where the
// message begins.
//
// Lifetime:  a RecordHeader views the record it was read from.
// Threads:   not thread-safe: a HeaderReader remembers the layout that fitted
//            last; each thread has its own per input.
// Cost:      ReadTime() takes 25-60 ns where the layout is the one before,
//            Read() some 300; they look at the first 512 bytes of a record,
//            never further.
// Units:     times are milliseconds since 1970 of the clock that was printed;
//            no zone is applied where none was printed.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "scanner/base/span.h"

namespace logspill {

// A header lies in so many bytes of its record.
inline constexpr std::size_t kHeadBytes = 512;

// Where a record itself says that it was printed.
struct PrintedPlace {
  std::string_view file;  // as printed: a path, a name, or a class; or empty
  std::uint32_t line = 0;
  std::string_view function;
};

// A key and its value beside the message: of a JSON record, of logfmt, of what
// zap, zerolog and structlog append.
struct RecordField {
  std::string_view key;  // keys of nested objects are joined by dots
  Span value;            // in the record, without quotes
};

struct RecordHeader {
  std::optional<std::int64_t> time_ms;
  std::string_view level;   // as printed; empty where none is
  std::string_view logger;  // "placement.handlers.util"
  std::string_view thread;
  PrintedPlace place;
  // The message is record[message_begin, message_end).
  std::uint32_t message_begin = 0;
  std::uint32_t message_end = UINT32_MAX;  // or the end of the record
  // The message is the inside of a JSON string: its escapes are to be decoded.
  bool escaped = false;
  // The record belongs to the event of the record before: a stack frame, a
  // further line of a message.
  bool continues = false;
  std::string_view format;  // name of the format that was read; or empty
  // Views storage of the reader; holds until its next Read().
  std::span<const RecordField> fields;
};

class HeaderReader {
 public:
  // `year` completes times that are printed without one (syslog).
  explicit HeaderReader(int year) : year_(year) {}

  // Only the time; the cheap half of Read().
  std::optional<std::int64_t> ReadTime(std::string_view record);
  RecordHeader Read(std::string_view record);

 private:
  int year_;
  int layout_ = 0;  // that fitted last
};

// "2026-11-22T21:00:33.638"
std::string FormatTime(std::int64_t time_ms);

}  // namespace logspill
