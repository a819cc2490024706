#include "scanner/record/time_layouts.h"

#include <array>

namespace logspill {
namespace {

using Bytes = std::string_view;

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Reads forward through the head; every step fails without moving past its end.
class Cursor {
 public:
  Cursor(Bytes text, std::size_t at) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }
  void set(std::size_t at) { at_ = at; }
  char Peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool Skip(char c) {
    if (Peek() != c) return false;
    ++at_;
    return true;
  }
  void SkipBlanks() {
    while (Peek() == ' ') ++at_;
  }
  // Exactly `count` digits; -1 where there are fewer.
  int Number(int count) {
    if (text_.size() - at_ < static_cast<std::size_t>(count)) return -1;
    int number = 0;
    for (int i = 0; i < count; ++i) {
      const char c = text_[at_ + static_cast<std::size_t>(i)];
      if (!IsDigit(c)) return -1;
      number = number * 10 + (c - '0');
    }
    at_ += static_cast<std::size_t>(count);
    return number;
  }

 private:
  Bytes text_;
  std::size_t at_;
};

using Date = CivilDate;

// Howard Hinnant's days_from_civil.
constexpr std::int64_t DaysFrom(Date date) {
  const int year = date.year - (date.month <= 2);
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const int in_era = year - static_cast<int>(era) * 400;
  const int shifted = date.month > 2 ? date.month - 3 : date.month + 9;
  const int in_year = (153 * shifted + 2) / 5 + date.day - 1;
  const int in_day = in_era * 365 + in_era / 4 - in_era / 100 + in_year;
  return era * 146097 + in_day - 719468;
}

constexpr bool Valid(Date date) {
  return date.month >= 1 && date.month <= 12 && date.day >= 1 &&
         date.day <= 31 && date.year >= 0;
}

constexpr std::int64_t kDayMs = 86'400'000;

// "21:00:33", then ".638" or ",638" of any length; -1 where there is none.
std::int64_t ReadClock(Cursor* at) {
  const int hour = at->Number(2);
  if (hour < 0 || hour > 24 || !at->Skip(':')) return -1;
  const int minute = at->Number(2);
  if (minute < 0 || minute > 59 || !at->Skip(':')) return -1;
  const int second = at->Number(2);
  if (second < 0 || second > 60) return -1;
  std::int64_t ms = ((hour * 60 + minute) * 60 + second) * std::int64_t{1000};
  if ((at->Peek() == '.' || at->Peek() == ',') && IsDigit(at->Peek(1))) {
    at->set(at->at() + 1);
    for (std::int64_t scale = 100; IsDigit(at->Peek()); scale /= 10) {
      ms += (at->Peek() - '0') * scale;
      at->set(at->at() + 1);
    }
  }
  return ms;
}

// "Z", "+02:00", "-0700", " +0000"; 0 where there is none.
std::int64_t ReadZoneMs(Cursor* at) {
  if (at->Skip('Z')) return 0;
  Cursor ahead = *at;
  ahead.Skip(' ');
  const char sign = ahead.Peek();
  if (sign != '+' && sign != '-') return 0;
  ahead.Skip(sign);
  const int hours = ahead.Number(2);
  ahead.Skip(':');
  const int minutes = ahead.Number(2);
  if (hours < 0 || hours > 15 || minutes < 0 || minutes > 59) return 0;
  if (IsDigit(ahead.Peek())) return 0;  // "... -12345": a number, no zone
  *at = ahead;
  const std::int64_t ms = (hours * 60 + minutes) * std::int64_t{60'000};
  return sign == '+' ? ms : -ms;
}

bool Finish(Cursor at, std::size_t begin, std::int64_t ms, PrintedTime* time) {
  time->ms = ms;
  time->begin = static_cast<std::uint32_t>(begin);
  time->end = static_cast<std::uint32_t>(at.at());
  return true;
}

// A time that begins at `begin`, or behind a '[' there.
bool ReadIsoAt(Bytes head, std::size_t begin, PrintedTime* time) {
  Cursor at(head, begin);
  const bool bracket = at.Skip('[');
  Date date;
  date.year = at.Number(4);
  const char separator = at.Peek();
  if (date.year < 0 || (separator != '-' && separator != '/')) return false;
  at.Skip(separator);
  date.month = at.Number(2);
  if (!at.Skip(separator)) return false;
  date.day = at.Number(2);
  if (!Valid(date) || !(at.Skip('T') || at.Skip(' '))) return false;
  const std::int64_t clock = ReadClock(&at);
  if (clock < 0 || IsDigit(at.Peek())) return false;
  const std::int64_t zone = ReadZoneMs(&at);
  if (bracket) at.Skip(']');
  return Finish(at, begin, DaysFrom(date) * kDayMs + clock - zone, time);
}

// 0 where the three letters are no month.
int MonthOf(char a, char b, char c) {
  static constexpr std::string_view kMonths =
      "JanFebMarAprMayJunJulAugSepOctNovDec";
  for (std::size_t i = 0; i < kMonths.size(); i += 3) {
    if (kMonths[i] == a && kMonths[i + 1] == b && kMonths[i + 2] == c) {
      return static_cast<int>(i / 3) + 1;
    }
  }
  return 0;
}

int ReadMonth(Cursor* at) {
  const int month = MonthOf(at->Peek(), at->Peek(1), at->Peek(2));
  if (month != 0) at->set(at->at() + 3);
  return month;
}

// " 4" and "04" and "14"
int ReadPaddedDay(Cursor* at) {
  at->Skip(' ');
  return IsDigit(at->Peek(1)) ? at->Number(2) : at->Number(1);
}

// "<34>"; true where there is one or none.
bool SkipPriority(Cursor* at) {
  if (!at->Skip('<')) return true;
  for (int i = 0; i < 3 && IsDigit(at->Peek()); ++i) at->set(at->at() + 1);
  return at->Skip('>');
}

bool ReadIso(Bytes head, int, PrintedTime* time) {
  return ReadIsoAt(head, 0, time);
}

// Behind a file name, a container's name, a level; in the first bytes only, so
// that a time inside a message is none of the record's.
bool ReadIsoBehind(Bytes head, int, PrintedTime* time) {
  constexpr std::size_t kSearched = 96;
  constexpr std::size_t kIsoBytes = 19;
  constexpr int kTokens = 4;
  int tokens = 0;
  if (ReadIsoAt(head, 0, time)) return false;  // the one at the start counts
  for (std::size_t i = 1; i + kIsoBytes <= head.size() && i < kSearched; ++i) {
    const char before = head[i - 1];
    if (before == ' ' || before == '\t') {
      if (++tokens > kTokens) return false;
    } else if (before != '[' && before != '|' && before != '(') {
      continue;
    }
    if ((head[i] == '1' || head[i] == '2') && ReadIsoAt(head, i, time)) {
      Cursor at(head, time->end);
      if (before == '[') at.Skip(']');
      time->end = static_cast<std::uint32_t>(at.at());
      return true;
    }
  }
  return false;
}

bool ReadSyslog(Bytes head, int year, PrintedTime* time) {
  Cursor at(head, 0);
  if (!SkipPriority(&at)) return false;
  Date date{year, ReadMonth(&at), 0};
  if (date.month == 0 || !at.Skip(' ')) return false;
  date.day = ReadPaddedDay(&at);
  if (!Valid(date) || !at.Skip(' ')) return false;
  const std::int64_t clock = ReadClock(&at);
  if (clock < 0) return false;
  return Finish(at, 0, DaysFrom(date) * kDayMs + clock, time);
}

bool ReadSyslog5424(Bytes head, int, PrintedTime* time) {
  Cursor at(head, 0);
  if (head.empty() || head[0] != '<' || !SkipPriority(&at)) return false;
  if (at.Number(1) < 0 || !at.Skip(' ')) return false;
  return ReadIsoAt(head, at.at(), time);
}

bool ReadAsctime(Bytes head, int, PrintedTime* time) {
  Cursor at(head, 0);
  const bool bracket = at.Skip('[');
  static constexpr std::string_view kDays = "SunMonTueWedThuFriSat";
  const std::size_t day = kDays.find(head.substr(at.at(), 3));
  if (head.size() < 24 || day == Bytes::npos || day % 3 != 0) return false;
  at.set(at.at() + 3);
  if (!at.Skip(' ')) return false;
  Date date{0, ReadMonth(&at), 0};
  if (date.month == 0 || !at.Skip(' ')) return false;
  date.day = ReadPaddedDay(&at);
  if (!at.Skip(' ')) return false;
  const std::int64_t clock = ReadClock(&at);
  if (clock < 0 || !at.Skip(' ')) return false;
  while (at.Peek() >= 'A' && at.Peek() <= 'Z') at.set(at.at() + 1);  // "UTC"
  at.Skip(' ');
  date.year = at.Number(4);
  if (!Valid(date) || (bracket && !at.Skip(']'))) return false;
  return Finish(at, 0, DaysFrom(date) * kDayMs + clock, time);
}

bool ReadCommonLog(Bytes head, int, PrintedTime* time) {
  const std::size_t bracket = head.find('[');
  if (bracket == Bytes::npos) return false;
  Cursor at(head, bracket + 1);
  Date date{0, 0, at.Number(2)};
  if (!at.Skip('/')) return false;
  date.month = ReadMonth(&at);
  if (!at.Skip('/')) return false;
  date.year = at.Number(4);
  if (!Valid(date) || !at.Skip(':')) return false;
  const std::int64_t clock = ReadClock(&at);
  if (clock < 0) return false;
  const std::int64_t zone = ReadZoneMs(&at);
  if (!at.Skip(']')) return false;
  return Finish(at, bracket, DaysFrom(date) * kDayMs + clock - zone, time);
}

bool ReadAndroid(Bytes head, int year, PrintedTime* time) {
  Cursor at(head, 0);
  Date date{year, at.Number(2), 0};
  if (!at.Skip('-')) return false;
  date.day = at.Number(2);
  if (!Valid(date) || !at.Skip(' ')) return false;
  const std::int64_t clock = ReadClock(&at);
  if (clock < 0) return false;
  return Finish(at, 0, DaysFrom(date) * kDayMs + clock, time);
}

bool ReadShortDate(Bytes head, int, PrintedTime* time) {
  Cursor at(head, 0);
  Date date{at.Number(2), 0, 0};
  if (date.year < 0 || !at.Skip('/')) return false;
  date.year += 2000;
  date.month = at.Number(2);
  if (!at.Skip('/')) return false;
  date.day = at.Number(2);
  if (!Valid(date) || !at.Skip(' ')) return false;
  const std::int64_t clock = ReadClock(&at);
  if (clock < 0) return false;
  return Finish(at, 0, DaysFrom(date) * kDayMs + clock, time);
}

bool ReadDigits(Bytes head, int, PrintedTime* time) {
  Cursor at(head, 0);
  Date date{at.Number(2), 0, 0};
  if (date.year < 0) return false;
  date.year += 2000;
  date.month = at.Number(2);
  date.day = at.Number(2);
  if (!Valid(date) || !at.Skip(' ')) return false;
  const int hour = at.Number(2);
  const int minute = at.Number(2);
  const int second = at.Number(2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
      second > 60 || IsDigit(at.Peek())) {
    return false;
  }
  const std::int64_t clock = (hour * 60 + minute) * 60 + second;
  return Finish(at, 0, DaysFrom(date) * kDayMs + clock * 1000, time);
}

bool ReadGlog(Bytes head, int year, PrintedTime* time) {
  if (head.empty() || Bytes("VDIWEF").find(head[0]) == Bytes::npos) {
    return false;
  }
  Cursor at(head, 1);
  std::size_t digits = 0;
  while (digits < 9 && IsDigit(at.Peek(digits))) ++digits;
  if (digits != 4 && digits != 8) return false;
  Date date{digits == 8 ? at.Number(4) : year, 0, 0};
  date.month = at.Number(2);
  date.day = at.Number(2);
  if (!Valid(date) || !at.Skip(' ')) return false;
  const std::int64_t clock = ReadClock(&at);
  if (clock < 0) return false;
  return Finish(at, 0, DaysFrom(date) * kDayMs + clock, time);
}

// Seconds with a fraction, or milli-, micro- or nanoseconds: what they are is
// told by how many digits a time of this century has.
bool ReadEpochAt(Bytes head, std::size_t begin, PrintedTime* time) {
  Cursor at(head, begin);
  std::int64_t number = 0;
  int digits = 0;
  for (; IsDigit(at.Peek()) && digits < 19; ++digits) {
    number = number * 10 + (at.Peek() - '0');
    at.set(at.at() + 1);
  }
  if (head.substr(begin).starts_with('0')) return false;
  switch (digits) {
    case 10:
      number *= 1000;
      break;
    case 13:
      break;
    case 16:
      number /= 1000;
      break;
    case 19:
      number /= 1'000'000;
      break;
    default:
      return false;
  }
  if (at.Peek() == '.' && IsDigit(at.Peek(1))) {
    at.Skip('.');
    for (std::int64_t scale = 100; IsDigit(at.Peek()); scale /= 10) {
      if (digits == 10) number += (at.Peek() - '0') * scale;
      at.set(at.at() + 1);
    }
  }
  const char behind = at.Peek();
  if (IsDigit(behind) || (behind >= 'A' && behind <= 'z')) return false;
  return Finish(at, begin, number, time);
}

bool ReadEpoch(Bytes head, int, PrintedTime* time) {
  if (head.empty() || head[0] != '1') return false;
  return ReadEpochAt(head, 0, time) &&
         (time->end == head.size() || head[time->end] == ' ' ||
          head[time->end] == '\t' || head[time->end] == ',');
}

bool NamesTime(Bytes key) {
  static constexpr std::array<Bytes, 15> kNames = {
      "ts",         "t",        "time",       "timestamp",
      "@timestamp", "datetime", "eventTime",  "asctime",
      "date",       "@t",       "timeMillis", "timestamp_ms",
      "created",    "log_time", "instant"};
  for (const Bytes name : kNames) {
    if (key == name) return true;
  }
  return false;
}

bool ReadTimeValue(Bytes head, std::size_t at, PrintedTime* time) {
  if (at < head.size() && head[at] == '"') ++at;
  return ReadIsoAt(head, at, time) || ReadEpochAt(head, at, time);
}

bool ReadJson(Bytes head, int, PrintedTime* time) {
  if (head.empty() || head[0] != '{') return false;
  for (std::size_t colon = head.find(':'); colon != Bytes::npos;
       colon = head.find(':', colon + 1)) {
    std::size_t end = colon;
    while (end > 0 && head[end - 1] == ' ') --end;
    if (end < 2 || head[end - 1] != '"') continue;
    const std::size_t quote = head.rfind('"', end - 2);
    if (quote == Bytes::npos ||
        !NamesTime(head.substr(quote + 1, end - quote - 2))) {
      continue;
    }
    std::size_t value = colon + 1;
    while (value < head.size() && head[value] == ' ') ++value;
    if (ReadTimeValue(head, value, time)) return true;
  }
  return false;
}

bool ReadLogfmt(Bytes head, int, PrintedTime* time) {
  for (std::size_t equals = head.find('='); equals != Bytes::npos;
       equals = head.find('=', equals + 1)) {
    std::size_t key = equals;
    while (key > 0 && head[key - 1] != ' ') --key;
    if (NamesTime(head.substr(key, equals - key)) &&
        ReadTimeValue(head, equals + 1, time)) {
      return true;
    }
  }
  return false;
}

using Reader = bool (*)(Bytes head, int year, PrintedTime* time);

// Indexed by TimeLayout.
constexpr std::array<Reader, kTimeLayouts> kReaders = {
    ReadIso,       ReadIsoBehind, ReadSyslog,    ReadSyslog5424, ReadAsctime,
    ReadCommonLog, ReadAndroid,   ReadShortDate, ReadDigits,     ReadGlog,
    ReadJson,      ReadLogfmt,    ReadEpoch};

}  // namespace

bool ReadIsoTime(std::string_view text, std::size_t at, PrintedTime* time) {
  return at < text.size() && IsDigit(text[at]) && ReadIsoAt(text, at, time);
}

bool ReadEpochTime(std::string_view text, std::size_t at, PrintedTime* time) {
  return at < text.size() && ReadEpochAt(text, at, time);
}

std::int64_t DaysOf(CivilDate date) { return DaysFrom(date); }

int MonthNamed(std::string_view text) {
  return text.size() < 3 ? 0 : MonthOf(text[0], text[1], text[2]);
}

std::optional<std::int64_t> ReadZone(std::string_view text, std::size_t* at) {
  Cursor cursor(text, *at);
  const std::int64_t zone = ReadZoneMs(&cursor);
  if (cursor.at() == *at) return std::nullopt;
  *at = cursor.at();
  return zone;
}

bool ReadTimeAs(TimeLayout layout, std::string_view head, int year,
                PrintedTime* time) {
  return kReaders[static_cast<std::size_t>(layout)](head, year, time);
}

}  // namespace logspill
