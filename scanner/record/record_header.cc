#include "scanner/record/record_header.h"

#include "scanner/record/header_reader.h"

namespace logspill {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

struct FullDate {
  std::int64_t year;
  int month, day;
};

// Howard Hinnant's civil_from_days.
FullDate DateOf(std::int64_t days) {
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

HeaderReader::HeaderReader(int year, const LogFormats* formats)
    : impl_(std::make_unique<Impl>(year, formats)) {}
HeaderReader::HeaderReader(HeaderReader&&) noexcept = default;
HeaderReader& HeaderReader::operator=(HeaderReader&&) noexcept = default;
HeaderReader::~HeaderReader() = default;

void HeaderReader::Detect(std::string_view bytes) { impl_->Detect(bytes); }

HeaderReader::Detected HeaderReader::detected() const {
  return impl_->detected();
}

void HeaderReader::set_detected(Detected detected) {
  impl_->set_detected(detected);
}

std::optional<std::int64_t> HeaderReader::ReadTime(std::string_view record) {
  return impl_->ReadTime(record);
}

RecordHeader HeaderReader::Read(std::string_view record, std::size_t at) {
  return impl_->Read(record, at);
}

RecordHeader HeaderReader::ReadAlone(std::string_view record,
                                     std::string_view before, std::size_t at) {
  return impl_->ReadAlone(record, before, at);
}

std::string FormatTime(std::int64_t time_ms) {
  std::int64_t days = time_ms / kDayMs;
  std::int64_t in_day = time_ms % kDayMs;
  if (in_day < 0) {
    in_day += kDayMs;
    --days;
  }
  const FullDate date = DateOf(days);
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
