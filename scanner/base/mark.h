// The mark that redaction leaves where a value stood, and how it is known again.
//
//     [uuid]                          the kind alone
//     [uuid:3f2a.9b1c04d2e7a85516c3f0]  a pseudonym: key id, token
//     [iban:GB82*]  [card:*1111]      the value's first or last characters
//     [email:@example.com]            the domain of a mail address
//     [ipv4:192.0.2.0/24]             the network of an address
//     [uuid*****************]         as long as the value
//
// In percent-encoded text the brackets are %5B and %5D, or %255B and %255D.  A
// mark holds no byte that JSON, CSV or logfmt would escape or quote.
//
// Lifetime:  MarkKinds owns its names.
// Threads:   const after construction; safe from any thread.
// Cost:      O(mark); LiesInMark() looks back kMaxMarkBytes at most.
// Units:     spans are in bytes of the text.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/span.h"

namespace logspill {

inline constexpr std::size_t kMaxMarkBytes = 340;
inline constexpr std::size_t kMaxKept = 12;  // characters of a value

inline constexpr std::size_t kKeyIdDigits = 4;
inline constexpr std::size_t kTokenDigits = 20;

// Two stand-ins for a whole record; in a JSON record they are in quotes.
inline constexpr std::string_view kWithheldRecord = "[record withheld]";
inline constexpr std::string_view kDroppedRecord = "[record dropped]";

// True for bytes of a value that a mark may show.
bool MayShow(char c);

// The kinds whose marks are known: those of the rules in force.  What else
// stands in brackets may be a secret.
class MarkKinds {
 public:
  MarkKinds() = default;
  explicit MarkKinds(std::vector<std::string> kinds);

  bool Has(std::string_view kind) const;

 private:
  std::vector<std::string> kinds_;  // sorted
};

// How many bytes the mark at text[at] takes; 0 where none stands there.
std::size_t MarkAt(std::string_view text, std::size_t at,
                   const MarkKinds& kinds);

// True where `value` lies inside one mark, or is one.
bool LiesInMark(std::string_view text, Span value, const MarkKinds& kinds);

// The key id of a pseudonym, of the mark at text[at]; empty where it is none.
std::string_view KeyIdOfMark(std::string_view text, std::size_t at,
                             const MarkKinds& kinds);

}  // namespace logspill
