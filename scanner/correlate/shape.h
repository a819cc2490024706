// A template made ready to be compared with messages: literal text, and gaps
// between it that arguments fill.
//
// Only the first line of a template is compared, because a record is one line.
//
// Threads:   const after construction.
// Cost:      Match() reads the message once where gaps take anything; where
// they
//            are checked (%d is a number), at most kMaxSteps literals are
//            tried.
// Units:     spans are in bytes of the message.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/span.h"
#include "scanner/callsite/call_site.h"

namespace logspill {

// What one hole may print, as far as its conversion says.
struct HoleForm {
  enum class Kind : std::uint8_t { kAny, kInteger, kReal, kHex, kQuoted };

  Kind kind = Kind::kAny;
  std::uint32_t width = 0;  // characters at least; padded with blanks
};

// Reads "%-30s", "%(name)d" or "{!r:>10}".
HoleForm ReadConversion(std::string_view conversion);

class Shape {
 public:
  static constexpr int kMaxSteps = 256;
  static constexpr std::uint32_t kStrongWeight = 12;

  explicit Shape(const LogTemplate& message);

  // Literal text, letters and digits counting twice, blanks not at all.
  std::uint32_t weight() const { return weight_; }
  // How little a match is chance: text that may stand anywhere proves less, the
  // whole message more.
  std::uint32_t strength() const;
  // Enough literal text to be told from others by it.
  bool strong() const { return weight_ >= kStrongWeight; }
  // A fixed width is evidence, too.
  bool has_width() const { return has_width_; }

  // The literals between gaps; the first and the last may be empty.
  const std::vector<std::string>& literals() const { return literals_; }

  // Whether the template can have printed `message`, all of it; writes the span
  // of each hole.  Holes with no literal between them get the same span.
  bool Match(std::string_view message, std::vector<Span>* holes) const;

 private:
  struct Gap {
    std::uint32_t first = 0;  // hole
    std::uint32_t count = 0;
    HoleForm form;  // kAny where it holds more than one
  };
  struct Search;

  bool MatchFrom(Search* search, std::size_t gap, std::size_t at) const;
  bool FitsGap(const Gap& gap, std::string_view value) const;

  std::vector<std::string> literals_;  // gaps_.size() + 1
  std::vector<Gap> gaps_;
  std::uint32_t holes_ = 0;
  std::uint32_t weight_ = 0;
  bool has_width_ = false;
};

}  // namespace logspill
