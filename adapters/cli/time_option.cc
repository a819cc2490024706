#include "adapters/cli/time_option.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstdint>
#include <limits>

#include "adapters/output/text.h"
#include "scanner/record/record_header.h"
#include "scanner/record/time_pattern.h"

namespace logspill {
namespace {

constexpr std::int64_t kSecondMs = 1000;

// 0 where the letter is no unit.
std::int64_t UnitMs(char unit) {
  switch (unit) {
    case 's':
      return kSecondMs;
    case 'm':
      return 60 * kSecondMs;
    case 'h':
      return 3600 * kSecondMs;
    case 'd':
      return 86'400 * kSecondMs;
    case 'w':
      return std::int64_t{7} * 86'400 * kSecondMs;
    default:
      return 0;
  }
}

// "2h", "90m"; -1 where it is none.
std::int64_t ParseSpan(std::string_view text) {
  if (text.size() < 2) return -1;
  const std::int64_t unit = UnitMs(text.back());
  std::int64_t count = 0;
  const char* end = text.data() + text.size() - 1;
  const auto parsed = std::from_chars(text.data(), end, count);
  const bool whole = parsed.ec == std::errc() && parsed.ptr == end;
  const bool fits = unit != 0 && count >= 0 &&
                    count < std::numeric_limits<std::int64_t>::max() / 2 /
                                std::max<std::int64_t>(unit, 1);
  return whole && fits ? count * unit : -1;
}

// False for the 30th of February.  REQUIRES: it begins "2026-02-30".
bool IsDay(std::string_view dated) {
  const auto number = [&](std::size_t at, std::size_t size) {
    int value = 0;
    std::from_chars(dated.data() + at, dated.data() + at + size, value);
    return value;
  };
  const std::chrono::year_month_day day{
      std::chrono::year{number(0, 4)},
      std::chrono::month{static_cast<unsigned>(number(5, 2))},
      std::chrono::day{static_cast<unsigned>(number(8, 2))}};
  return day.ok();
}

Result<std::int64_t> ParseOption(const Settings& settings,
                                 std::string_view name, std::int64_t now_ms) {
  auto parsed = ParsePointInTime(settings.Text(name), now_ms);
  if (parsed) return parsed;
  return Error{fmt::format("--{} {}", name, parsed.error().message)};
}

}  // namespace

Result<std::int64_t> ParsePointInTime(const std::string& text,
                                      std::int64_t now_ms) {
  std::string_view span = text;
  if (span == "now") return now_ms;
  if (span.ends_with(" ago")) span.remove_suffix(4);
  const std::int64_t back = ParseSpan(span);
  if (back >= 0) return now_ms - back;
  for (const std::string_view pattern :
       {"%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f",
        "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M%z", "%Y-%m-%dT%H:%M",
        "%Y-%m-%d"}) {
    std::string dated = text;
    if (dated.size() > 10 && dated[10] == ' ') dated[10] = 'T';
    const auto time = ReadTimePattern(pattern, dated, 0, 1970);
    if (!time || !time->ms || time->end != dated.size()) continue;
    if (dated.size() >= 10 && dated[4] == '-' && dated[7] == '-' &&
        !IsDay(dated)) {
      return Error{fmt::format("'{}' is no time: there is no such day",
                               Printable(text))};
    }
    return *time->ms;
  }
  return Error{fmt::format(
      "'{}' is no time; write 2026-11-22T21:00:00Z, 2026-11-22 or 2h",
      Printable(text))};
}

Result<TimeRange> TimesOf(const Settings& settings) {
  const std::int64_t now_ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(
          std::chrono::system_clock::now().time_since_epoch())
          .count();
  TimeRange times;
  if (!settings.Text("since").empty()) {
    const auto since = ParseOption(settings, "since", now_ms);
    if (!since) return since.error();
    times.since_ms = *since;
  }
  if (!settings.Text("until").empty()) {
    const auto until = ParseOption(settings, "until", now_ms);
    if (!until) return until.error();
    times.until_ms = *until;
  }
  if (times.since_ms && times.until_ms && *times.until_ms <= *times.since_ms) {
    return Error{
        fmt::format("--until {} is not behind --since {}; nothing lies between",
                    FormatTime(*times.until_ms), FormatTime(*times.since_ms))};
  }
  return times;
}

}  // namespace logspill
