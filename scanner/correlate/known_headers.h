// Headers that were read before: where the same template was printed behind the
// same header, the result is the same.
//
// A header is the same where it differs in digits and hexadecimal letters only,
// but not in logger and level; it is compared together with the first words of
// the message, because they decide where a header ends.
//
// Threads:   not thread-safe; each thread has its own.
// Cost:      about a nanosecond a byte of header; no allocation to find one.

#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/callsite/call_site.h"
#include "scanner/record/record_header.h"

namespace logspill {

class KnownHeaders {
 public:
  struct Entry {
    std::string pattern;  // header and first words; each byte by its class
    std::uint32_t message_begin = 0;
    Span level;
    Span logger;
    std::string level_text;
    std::string logger_text;
    bool ambiguous = false;
    std::vector<const CallSite*> sites;
  };

  explicit KnownHeaders(std::size_t shapes) : entries_(shapes) {}

  // The header of `record` as it was read before with a message of this shape;
  // nullptr where it is new.
  const Entry* Find(std::uint32_t shape, std::string_view record) const;

  // Remembers one.  `anchored`: the shape begins with literal text.
  void Learn(std::uint32_t shape, bool anchored, std::string_view record,
             const RecordHeader& header, bool ambiguous,
             const std::vector<const CallSite*>& sites);

  void Clear();

 private:
  static constexpr std::size_t kMost = 6;  // headers of one shape

  struct Known {
    std::vector<Entry> entries;
    std::size_t next = 0;  // to be replaced
  };

  std::vector<Known> entries_;  // by shape
};

}  // namespace logspill
