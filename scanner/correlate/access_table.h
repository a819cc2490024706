// Records of access logs, and the format that printed them.
//
// A format is mostly brackets and blanks, which prove nothing; so what fills it
// must be of its kind: the request line begins with an HTTP method, the status
// has three digits.  Asked only where no log call fits; a format that the
// source declares comes before those that are built in, and several built-in
// ones that fit alike stay tied.
//
// Lifetime:  points into the call sites, which outlive it.
// Threads:   const after construction.
// Cost:      O(record) a format, of which there are a dozen; a record without
//            an HTTP method costs one search.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/span.h"
#include "scanner/callsite/call_site.h"

namespace logspill {

class AccessTable {
 public:
  AccessTable() = default;
  // Of `sites` those with the flag "format".
  explicit AccessTable(const std::vector<CallSite>& sites);

  bool empty() const { return formats_.empty(); }

  // The formats that can have printed `text`, a whole record or its message;
  // `holes` are the first's.  Empty where none can.
  void Find(std::string_view text, std::vector<const CallSite*>* found,
            std::vector<Span>* holes) const;

 private:
  enum class Kind : std::uint8_t {
    kWord,     // no blank
    kQuoted,   // up to the quote
    kTime,     // may hold blanks
    kNumber,   // or "-"
    kStatus,   // "200", "200 OK"
    kRequest,  // "GET /users HTTP/1.1"
    kMethod,
    kPath,
  };
  struct Format {
    const CallSite* site = nullptr;
    std::vector<std::string> literals;  // of its template, as it was built
    bool built_in = false;
    std::vector<Kind> kinds;  // of its holes
  };

  static Kind KindOf(const LogTemplate& message, std::size_t hole);
  static bool Fits(Kind kind, std::string_view value);
  static bool Match(const Format& format, std::string_view text,
                    std::vector<Span>* holes);

  std::vector<Format> formats_;
};

}  // namespace logspill
