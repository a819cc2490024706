// Keys and values of one record: of a JSON object or of key=value pairs.
//
// Lifetime:  fields() views the record and the reader's own storage; it holds
//            until the next Read...().
// Threads:   not thread-safe; each reader has its own.
// Cost:      one pass, about a nanosecond a byte; no allocation once the storage
//            has grown to what the records need.
// Errors:    what is damaged is refused; nothing is read past its end.
// Units:     spans are in bytes of the record.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/span.h"
#include "scanner/record/log_format.h"
#include "scanner/record/record_header.h"

namespace logspill {

class KeyFields {
 public:
  // The whole record is a JSON object.  The objects in an array that lies at
  // one of `record_paths` are parts, whose keys are named from there on.
  bool ReadJson(std::string_view record,
                const std::vector<std::string>& record_paths);
  // The whole record is key=value pairs.
  bool ReadPairs(std::string_view record);
  // What stands behind the message in [begin, end) of the record: pairs, or a
  // JSON object.  Returns how long the message is.
  std::size_t ReadPairsTail(std::string_view record, std::size_t begin,
                            std::size_t end);
  std::size_t ReadJsonTail(std::string_view record, std::size_t begin,
                           std::size_t end);

  // Fills `header` as `format` says; false where a required key is missing.
  // Of several parts the one that holds the byte `at` counts, or the first.
  // What is in no role stays a field.
  bool FillHeader(const LogFormat& format, std::string_view record, int year,
                  std::size_t at, RecordHeader* header);

  // Takes back what was read.
  void Clear();
  std::span<const RecordField> fields() const { return fields_; }
  std::span<const Span> parts() const { return parts_; }
  // Adds `by` to every span: the record lies in another one.
  void Shift(std::uint32_t by);
  // Likewise, where the other one has it with escapes: byte i is at places[i].
  void Move(const std::vector<std::uint32_t>& places);

 private:
  class JsonScan;
  struct Chosen;
  std::string_view Keep(std::string_view key);
  std::size_t Pairs(std::string_view record, std::size_t at, std::size_t end);
  bool HasKeys(const std::vector<std::string>& keys) const;
  void Assign(const LogFormat& format, std::string_view record, int year,
              std::size_t index, Chosen* chosen);
  bool InOtherPart(Span value, std::size_t part) const;
  void DropUsed(const LogFormat& format, const Chosen& chosen);

  std::vector<RecordField> fields_;
  std::vector<Span> parts_;
  std::vector<bool> used_;
  std::string path_;      // of the object that is read
  std::string keys_;      // storage of joined keys; never grows past its room
  bool in_part_ = false;  // keys are named from a part on
};

// Behind the quote that ends the string whose inside begins at `at`; npos where
// there is none.
std::size_t EndOfJsonString(std::string_view text, std::size_t at);

// A time as ISO, since 1970, or by `pattern`, which may be empty.
std::optional<std::int64_t> ReadTimeText(std::string_view text,
                                         std::string_view pattern, int year);

}  // namespace logspill
