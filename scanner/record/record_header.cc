#include "scanner/record/record_header.h"

#include <array>

#include "scanner/record/header_fields.h"
#include "scanner/record/time_layouts.h"

namespace logspill {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

// In the order in which an unknown record is tried: those that are sure and
// cheap to refuse come first, those that search behind them.
constexpr std::array<TimeLayout, kTimeLayouts> kOrder = {
    TimeLayout::kIso,        TimeLayout::kJson,      TimeLayout::kSyslog,
    TimeLayout::kSyslog5424, TimeLayout::kAsctime,   TimeLayout::kAndroid,
    TimeLayout::kShortDate,  TimeLayout::kDigits,    TimeLayout::kGlog,
    TimeLayout::kEpoch,      TimeLayout::kIsoBehind, TimeLayout::kCommonLog,
    TimeLayout::kLogfmt};

// The layout of `head`, `*remembered` first; false where there is no time.
bool FindTime(std::string_view head, int year, int* remembered,
              PrintedTime* time) {
  const auto last = static_cast<TimeLayout>(*remembered);
  if (ReadTimeAs(last, head, year, time)) return true;
  for (const TimeLayout layout : kOrder) {
    if (layout == last || !ReadTimeAs(layout, head, year, time)) continue;
    *remembered = static_cast<int>(layout);
    return true;
  }
  return false;
}

struct CivilDate {
  std::int64_t year;
  int month, day;
};

// Howard Hinnant's civil_from_days.
CivilDate DateOf(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const auto in_era = static_cast<int>(days - era * 146097);
  const int year =
      (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
  const int in_year = in_era - (365 * year + year / 4 - year / 100);
  const int shifted = (5 * in_year + 2) / 153;
  const int day = in_year - (153 * shifted + 2) / 5 + 1;
  const int month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {year + era * 400 + (month <= 2), month, day};
}

void AppendNumber(std::int64_t number, std::size_t width, char behind,
                  std::string* text) {
  const std::string digits = std::to_string(number);
  if (digits.size() < width) text->append(width - digits.size(), '0');
  *text += digits;
  if (behind != '\0') *text += behind;
}

}  // namespace

std::optional<std::int64_t> HeaderReader::ReadTime(std::string_view record) {
  PrintedTime time;
  if (!FindTime(record.substr(0, kHeadBytes), year_, &layout_, &time)) {
    return std::nullopt;
  }
  return time.ms;
}

RecordHeader HeaderReader::Read(std::string_view record) {
  const std::string_view head = record.substr(0, kHeadBytes);
  RecordHeader header;
  PrintedTime time;
  if (FindTime(head, year_, &layout_, &time)) {
    header.time_ms = time.ms;
    ReadFieldsBehindTime(head, static_cast<TimeLayout>(layout_), time.end,
                         &header);
  } else {
    ReadFieldsWithoutTime(head, &header);
  }
  return header;
}

std::string FormatTime(std::int64_t time_ms) {
  std::int64_t days = time_ms / kDayMs;
  std::int64_t in_day = time_ms % kDayMs;
  if (in_day < 0) {
    in_day += kDayMs;
    --days;
  }
  const CivilDate date = DateOf(days);
  const auto ms = static_cast<int>(in_day);
  std::string text;
  AppendNumber(date.year, 4, '-', &text);
  AppendNumber(date.month, 2, '-', &text);
  AppendNumber(date.day, 2, 'T', &text);
  AppendNumber(ms / 3'600'000, 2, ':', &text);
  AppendNumber(ms / 60'000 % 60, 2, ':', &text);
  AppendNumber(ms / 1000 % 60, 2, '.', &text);
  AppendNumber(ms % 1000, 3, '\0', &text);
  return text;
}

}  // namespace logspill
