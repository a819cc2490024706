// Reads the head of a log record: when, how bad, which logger, and where the
// message begins.
//
// A record is read by the formats given, the detected one first.  What none of
// them fits is read by what headers have in common: a time in some layout, a
// level, a logger.
//
// Lifetime:  a RecordHeader views the record it was read from, and storage of
//            the reader that holds until its next Read...().
// Threads:   not thread-safe: a HeaderReader remembers the layout that fitted
//            last; each thread has its own per input.  LogFormats are shared.
// Cost:      ReadTime() takes 25-60 ns where the layout is the one before,
//            Read() of text 100-300; of JSON about a nanosecond a byte.  Text
//            is looked at in its first 512 bytes; JSON as a whole.
// Units:     times are milliseconds since 1970 of the clock that was printed;
//            no zone is applied where none was printed.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "scanner/base/span.h"
#include "scanner/record/log_format.h"

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
  // As printed, or its name where a number is; empty where none is.
  std::string_view level;
  std::string_view logger;  // "placement.handlers.util"
  std::string_view thread;
  PrintedPlace place;
  // The message is record[message_begin, message_end).
  std::uint32_t message_begin = 0;
  std::uint32_t message_end = UINT32_MAX;  // or the end of the record
  // The message is the inside of a JSON string that holds escapes: they are to
  // be decoded, so many times.
  bool escaped = false;
  std::uint8_t escape_levels = 0;
  // The record belongs to the event of the record before: a stack frame, a
  // further line of a message.
  bool continues = false;
  std::string_view format;  // name of the format that was read; or empty
  // Views storage of the reader.
  std::span<const RecordField> fields;
  // Where one line holds several records (OTLP, CloudTrail): where they lie.
  // The header is that of one of them.
  std::span<const Span> parts;
};

class HeaderReader {
 public:
  // `year` completes times that are printed without one (syslog).  `formats`
  // outlives the reader; nullptr: none.
  explicit HeaderReader(int year, const LogFormats* formats = nullptr);
  HeaderReader(HeaderReader&&) noexcept;
  HeaderReader& operator=(HeaderReader&&) noexcept;
  ~HeaderReader();

  // Learns from the first records of an input which formats it has: they are
  // tried first, and a line without a header belongs to the record before.
  void Detect(std::string_view bytes);
  // What was learnt, to give it to another reader of the same input.
  struct Detected {
    int format = LogFormats::kNone;
    int inner = LogFormats::kNone;  // of records wrapped in it
    int layout = 0;                 // of the format, most often
    int inner_layout = 0;
    bool pretty = true;  // JSON may be printed over many lines
  };
  Detected detected() const;
  void set_detected(Detected detected);

  // Only the time; the cheap half of Read().
  std::optional<std::int64_t> ReadTime(std::string_view record);

  // For records that are read in order.  Of several in one line, the one that
  // holds the byte `at`.
  RecordHeader Read(std::string_view record, std::size_t at = 0);

  // For a record read alone: `before` is what the input holds in front of it,
  // as far as it is known; it ends with a newline.
  RecordHeader ReadAlone(std::string_view record, std::string_view before,
                         std::size_t at = 0);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// "2026-11-22T21:00:33.638"
std::string FormatTime(std::int64_t time_ms);

}  // namespace logspill
