// Where a value stands, as far as its replacement must know: inside a JSON
// string, as a JSON number, in percent-encoded text; and where its bytes may be
// cut without breaking what is around them.
//
// Lifetime:  views the record.
// Threads:   not thread-safe: a StringScan remembers how far it has read.
// Cost:      O(value); where a number may be one of JSON, once O(record) for
//            all values of the record together.
// Units:     spans are in bytes of the record.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scanner/base/span.h"

namespace logspill {

// Reads a JSON record forward and says of each place whether a string holds it.
class StringScan {
 public:
  explicit StringScan(std::string_view record) : record_(record) {}

  // True where `at` lies in a string, or is its closing quote.
  // REQUIRES: calls go forward.
  bool InString(std::size_t at);

 private:
  std::string_view record_;
  std::size_t at_ = 0;
  bool in_string_ = false;
};

// `span` with the rest of the characters and escapes that it cuts.  Backslashes
// before a quote that ends it stay outside.
Span WholeCharacters(std::string_view record, Span span, bool json);

// The JSON number that holds `span`, where one may stand: behind a colon, comma
// or bracket, and before such.
std::optional<Span> NumberAround(std::string_view record, Span span);

// The quote that a string in place of a number at `at` begins and ends with: as
// that of its key, '"', or '\"' in JSON inside a string.  Empty where the text
// is not JSON.
std::string QuoteBefore(std::string_view record, std::size_t at);

// How often the text is percent-encoded: 0 to 2.
int PercentDepth(std::string_view raw);

}  // namespace logspill
