#include "scanner/record/time_pattern.h"

#include "scanner/record/time_layouts.h"

namespace logspill {
namespace {

using Bytes = std::string_view;

constexpr Bytes kCodes = "YymdebBaAHIMSpfzZs";

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// What the codes read so far say.
struct Parts {
  CivilDate date;
  std::int64_t clock_ms = 0;
  std::int64_t zone_ms = 0;
  std::int64_t epoch_s = -1;  // none
  bool month = false;
  bool day = false;
  bool hour12 = false;
  bool afternoon = false;
};

class PatternReader {
 public:
  PatternReader(Bytes text, std::size_t at, int year) : text_(text), at_(at) {
    parts_.date.year = year;
  }

  bool Code(char code);
  bool Literal(char c) {
    if (c != ' ') return Skip(c);
    if (!Skip(' ')) return false;
    while (Peek() == ' ') ++at_;
    return true;
  }
  std::optional<PatternTime> Finish() const;

 private:
  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool Skip(char c) {
    if (Peek() != c) return false;
    ++at_;
    return true;
  }
  // From `least` to `most` digits; -1 where there are fewer.
  int Number(int least, int most) {
    int number = 0;
    int digits = 0;
    for (; digits < most && IsDigit(Peek()); ++digits, ++at_) {
      number = number * 10 + (Peek() - '0');
    }
    return digits >= least ? number : -1;
  }
  bool Into(int number, int least, int most, int* to) {
    *to = number;
    return number >= least && number <= most;
  }
  bool Clock(int number, int most, std::int64_t scale) {
    parts_.clock_ms += number * scale;
    return number >= 0 && number <= most;
  }
  bool Letters() {
    const std::size_t begin = at_;
    while (IsLetter(Peek())) ++at_;
    return at_ > begin;
  }
  bool Month() {
    parts_.date.month = MonthNamed(text_.substr(at_));
    parts_.month = parts_.date.month != 0;
    return parts_.month && Letters();
  }
  bool Fraction() {
    const std::size_t begin = at_;
    for (std::int64_t scale = 100; IsDigit(Peek()); scale /= 10, ++at_) {
      parts_.clock_ms += (Peek() - '0') * scale;
    }
    return at_ > begin;
  }
  bool Noon() {
    const char half = Peek();
    parts_.afternoon = half == 'P' || half == 'p';
    return Letters() && (parts_.afternoon || half == 'A' || half == 'a');
  }
  bool Zone() {
    std::size_t end = at_;
    const auto zone = ReadZone(text_, &end);
    if (!zone) return false;
    parts_.zone_ms = *zone;
    at_ = end;
    return true;
  }
  bool Epoch() {
    std::int64_t seconds = 0;
    const std::size_t begin = at_;
    for (; IsDigit(Peek()) && at_ - begin < 12; ++at_) {
      seconds = seconds * 10 + (Peek() - '0');
    }
    parts_.epoch_s = seconds;
    return at_ - begin >= 9;
  }

  Bytes text_;
  std::size_t at_;
  Parts parts_;
};

bool PatternReader::Code(char code) {
  constexpr std::int64_t kMinuteMs = 60'000;
  switch (code) {
    case 'Y':
      return Into(Number(4, 4), 0, 9999, &parts_.date.year);
    case 'y': {
      const int year = Number(2, 2);
      return Into(year < 0 ? year : year + 2000, 2000, 2099, &parts_.date.year);
    }
    case 'm':
      parts_.month = true;
      return Into(Number(1, 2), 1, 12, &parts_.date.month);
    case 'd':
    case 'e':
      while (Peek() == ' ') ++at_;
      parts_.day = true;
      return Into(Number(1, 2), 1, 31, &parts_.date.day);
    case 'b':
    case 'B':
      return Month();
    case 'a':
    case 'A':
    case 'Z':
      return Letters();
    case 'I':
      parts_.hour12 = true;
      return Clock(Number(1, 2), 12, 60 * kMinuteMs);
    case 'H':
      return Clock(Number(1, 2), 24, 60 * kMinuteMs);
    case 'M':
      return Clock(Number(2, 2), 59, kMinuteMs);
    case 'S':
      return Clock(Number(2, 2), 60, 1000);
    case 'p':
      return Noon();
    case 'f':
      return Fraction();
    case 'z':
      return Zone();
    case 's':
      return Epoch();
    default:
      return false;
  }
}

std::optional<PatternTime> PatternReader::Finish() const {
  constexpr std::int64_t kHalfDayMs = 43'200'000;
  PatternTime time;
  time.end = at_;
  std::int64_t clock = parts_.clock_ms;
  if (parts_.hour12) {
    clock = clock % kHalfDayMs + (parts_.afternoon ? kHalfDayMs : 0);
  }
  if (parts_.epoch_s >= 0) {
    time.ms = parts_.epoch_s * 1000 + clock;
  } else if (parts_.month && parts_.day) {
    time.ms = DaysOf(parts_.date) * 2 * kHalfDayMs + clock - parts_.zone_ms;
  }
  return time;
}

}  // namespace

std::optional<PatternTime> ReadTimePattern(std::string_view pattern,
                                           std::string_view text,
                                           std::size_t at, int year) {
  PatternReader reader(text, at, year);
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool code = pattern[i] == '%' && i + 1 < pattern.size();
    if (code) ++i;
    const bool read = code && pattern[i] != '%' ? reader.Code(pattern[i])
                                                : reader.Literal(pattern[i]);
    if (!read) return std::nullopt;
  }
  return reader.Finish();
}

std::size_t UnknownTimeCode(std::string_view pattern) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%') continue;
    if (i + 1 == pattern.size()) return i;
    if (kCodes.find(pattern[i + 1]) == Bytes::npos && pattern[i + 1] != '%') {
      return i;
    }
    ++i;
  }
  return Bytes::npos;
}

}  // namespace logspill
