// Reads times that a program prints by a pattern of its own, as strftime()
// writes it: "%d/%b/%Y:%H:%M:%S %z".
//
//     %Y %y %m %d %e %b %B %a %A %H %I %M %S %p %f %z %Z %s
//
// %f: the digits of a fraction of a second.  A blank stands for one or more.
//
// Threads:   pure functions; safe from any thread.
// Cost:      2-4 ns a code.
// Units:     offsets are in bytes of the text given.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace logspill {

struct PatternTime {
  std::optional<std::int64_t> ms;  // none where the pattern prints no date
  std::size_t end = 0;             // behind the time
};

// nullopt where `text` does not hold such a time at `at`.  `year` completes
// patterns without.
std::optional<PatternTime> ReadTimePattern(std::string_view pattern,
                                           std::string_view text,
                                           std::size_t at, int year);

// The offset of the first code that is unknown; npos where all are known.
std::size_t UnknownTimeCode(std::string_view pattern);

}  // namespace logspill
