// The layouts in which logs print their time, as a table of hand-written
// parsers.
//
// Threads:   pure functions; safe from any thread.
// Cost:      10-30 ns where the layout fits; a layout that does not fit says so
// after
//            a few bytes, but for those that search the head.
// Units:     offsets are in bytes of the head given.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace logspill {

enum class TimeLayout : std::uint8_t {
  kIso,         // 2026-11-22T21:00:33.638Z  [2026/11/22 21:00:33]
  kIsoBehind,   // nova-api.log.1 2017-05-16 00:00:00.008
  kSyslog,      // <34>Jun 14 15:16:01
  kSyslog5424,  // <34>1 2003-10-11T22:14:15.003Z
  kAsctime,     // [Sun Dec 04 04:47:44 2005]
  kCommonLog,   // 10.0.0.1 - - [10/Oct/2000:13:55:36 -0700]
  kAndroid,     // 03-17 16:13:38.811
  kShortDate,   // 17/06/09 20:10:40
  kDigits,      // 081109 203615
  kGlog,        // I1123 08:00:00.123456
  kJson,        // {"ts":1716238800.123
  kLogfmt,      // time="2026-11-22T21:00:33Z"
  kEpoch,       // 1716238800.123
};
inline constexpr std::size_t kTimeLayouts = 13;

struct PrintedTime {
  std::int64_t ms = 0;
  std::uint32_t begin = 0;  // of the time and of a bracket before it
  std::uint32_t end = 0;    // behind the time and a bracket behind it
};

// True where `head` holds a time in this layout.  `year` completes layouts
// without.
bool ReadTimeAs(TimeLayout layout, std::string_view head, int year,
                PrintedTime* time);

// The same for a time that stands at `at`, in ISO 8601 with or without 'T'; for
// one since 1970, whose unit is told by how many digits it has.
bool ReadIsoTime(std::string_view text, std::size_t at, PrintedTime* time);
bool ReadEpochTime(std::string_view text, std::size_t at, PrintedTime* time);

struct CivilDate {
  int year = 0, month = 0, day = 0;
};
// Since 1970.
std::int64_t DaysOf(CivilDate date);

// 1 to 12 for a text that begins with the English name of a month; else 0.
int MonthNamed(std::string_view text);

// "+02:00", "-0700", "Z" at `*at`, which moves behind it.
std::optional<std::int64_t> ReadZone(std::string_view text, std::size_t* at);

}  // namespace logspill
