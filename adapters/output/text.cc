#include "adapters/output/text.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstring>
#include <iterator>

namespace logspill {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

// Bytes that stand for themselves in a JSON string without a further look.
constexpr std::array<bool, 256> kPlainJson = [] {
  std::array<bool, 256> plain{};
  for (std::size_t i = 0x20; i < 0x7F; ++i) plain[i] = i != '"' && i != '\\';
  return plain;
}();

// How many bytes at the front stand for themselves; may stop early at the end.
// Eight bytes a step: most strings have nothing to escape.
std::size_t PlainPrefix(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kHigh = kOnes * 0x80;
  const auto equals = [](std::uint64_t word, std::uint64_t byte) {
    const std::uint64_t difference = word ^ (kOnes * byte);
    return (difference - kOnes) & ~difference;
  };
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    const std::uint64_t control = (word - kOnes * 0x20) & ~word;
    const std::uint64_t from_delete = word | (word + kOnes);
    if ((control | from_delete | equals(word, '"') | equals(word, '\\')) &
        kHigh) {
      break;
    }
  }
  return at;
}

void AppendUtf16Escape(char32_t code, std::string* out) {
  if (code >= 0x10000) {
    const char32_t rest = code - 0x10000;
    AppendUtf16Escape(0xD800 + (rest >> 10), out);
    AppendUtf16Escape(0xDC00 + (rest & 0x3FF), out);
    return;
  }
  fmt::format_to(std::back_inserter(*out), "\\u{:04x}",
                 static_cast<std::uint32_t>(code));
}

// Appends the first character of `text` as JSON; returns the bytes it took.
std::size_t AppendJsonCharacter(std::string_view text, std::string* out) {
  const Character c = ReadCharacter(text);
  if (!c.valid) {
    fmt::format_to(std::back_inserter(*out), "\\\\x{:02x}",
                   static_cast<unsigned>(c.code));
  } else if (c.code == '"' || c.code == '\\') {
    out->push_back('\\');
    out->push_back(static_cast<char>(c.code));
  } else if (c.code == '\n') {
    out->append("\\n");
  } else if (c.code == '\t') {
    out->append("\\t");
  } else if (c.code == '\r') {
    out->append("\\r");
  } else if (Steers(c.code)) {
    AppendUtf16Escape(c.code, out);
  } else {
    out->append(text.substr(0, c.bytes));
  }
  return c.bytes;
}

bool NeedsNoQuotes(std::string_view text) {
  constexpr std::string_view kSafe =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
      "_@%+=:,./-";
  return !text.empty() && text.find_first_not_of(kSafe) == text.npos;
}

bool Steered(std::string_view text) {
  bool found = false;
  EachCharacter(text, [&](const Character& c, std::string_view) {
    found = !c.valid || Steers(c.code);
    return !found;
  });
  return found;
}

void AppendTwoDigits(unsigned number, char* at) {
  at[0] = static_cast<char>('0' + number / 10 % 10);
  at[1] = static_cast<char>('0' + number % 10);
}

// Writes "2026-11-22T" of a day since 1970.
void WriteDate(std::int64_t day, char* at) {
  const std::chrono::year_month_day date{
      std::chrono::sys_days{std::chrono::days{day}}};
  const auto year = static_cast<unsigned>(static_cast<int>(date.year()));
  AppendTwoDigits(year / 100, at);
  AppendTwoDigits(year, at + 2);
  at[4] = at[7] = '-';
  AppendTwoDigits(static_cast<unsigned>(date.month()), at + 5);
  AppendTwoDigits(static_cast<unsigned>(date.day()), at + 8);
  at[10] = 'T';
}

}  // namespace

void AppendJsonString(std::string_view text, std::string* out) {
  out->push_back('"');
  std::size_t run = 0;
  for (std::size_t i = PlainPrefix(text); i < text.size();) {
    if (kPlainJson[static_cast<unsigned char>(text[i])]) {
      ++i;
      continue;
    }
    out->append(text, run, i - run);
    i += AppendJsonCharacter(text.substr(i), out);
    run = i;
    i += PlainPrefix(text.substr(i));
  }
  out->append(text, run, text.size() - run);
  out->push_back('"');
}

void AppendJsonStrings(const std::vector<std::string>& texts,
                       std::string* out) {
  out->push_back('[');
  std::string_view comma;
  for (const std::string& text : texts) {
    out->append(comma);
    AppendJsonString(text, out);
    comma = ",";
  }
  out->push_back(']');
}

void AppendNumber(std::uint64_t number, std::string* out) {
  std::array<char, 20> digits;
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out->append(digits.data(), end);
}

void AppendHundredths(double value, std::string* out) {
  const double bounded = value < 0 ? 0 : value;
  const auto hundredths =
      static_cast<std::uint64_t>(std::llround(bounded * 100));
  AppendNumber(hundredths / 100, out);
  std::array<char, 3> decimals = {'.'};
  AppendTwoDigits(static_cast<unsigned>(hundredths % 100), decimals.data() + 1);
  out->append(decimals.data(), decimals.size());
}

void AppendJsonTime(std::optional<std::int64_t> time_ms, std::string* out) {
  if (!time_ms) {
    out->append("null");
    return;
  }
  const std::int64_t day =
      *time_ms / kDayMs - static_cast<std::int64_t>(*time_ms % kDayMs < 0);
  auto rest = static_cast<unsigned>(*time_ms - day * kDayMs);
  std::array<char, 25> at;
  at[0] = at[24] = '"';
  WriteDate(day, at.data() + 1);
  at[14] = at[17] = ':';
  at[20] = '.';
  AppendTwoDigits(rest % 1000 / 10, at.data() + 21);
  at[23] = static_cast<char>('0' + rest % 10);
  rest /= 1000;
  AppendTwoDigits(rest / 3600, at.data() + 12);
  AppendTwoDigits(rest / 60 % 60, at.data() + 15);
  AppendTwoDigits(rest % 60, at.data() + 18);
  out->append(at.data(), at.size());
}

std::string ShellWord(std::string_view text) {
  if (NeedsNoQuotes(text)) return std::string(text);
  const bool ansi_c = Steered(text);
  std::string out = ansi_c ? "$'" : "'";
  EachCharacter(text, [&](const Character& c, std::string_view bytes) {
    if (!c.valid || Steers(c.code)) {
      AppendEscaped(c, bytes, &out);
    } else if (c.code == '\'') {
      out.append(ansi_c ? "\\'" : "'\\''");
    } else if (c.code == '\\' && ansi_c) {
      out.append("\\\\");
    } else {
      out.append(bytes);
    }
    return true;
  });
  out.push_back('\'');
  return out;
}

std::string TomlString(std::string_view text) {
  if (text.find('\'') == text.npos && !Steered(text)) {
    return fmt::format("'{}'", text);
  }
  std::string out;  // what JSON escapes, TOML's basic strings take as well
  AppendJsonString(text, &out);
  return out;
}

std::string FitEnd(std::string_view text, std::size_t width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  if (width == 0) return {};
  std::string out;
  std::size_t used = 0;
  EachCharacter(text, [&](const Character& c, std::string_view bytes) {
    if (used + ColumnsOf(c.code) > width - 1) return false;
    used += ColumnsOf(c.code);
    out.append(bytes);
    return true;
  });
  return out + "…";
}

std::string FitBegin(std::string_view text, std::size_t width) {
  std::size_t total = DisplayWidth(text);
  if (total <= width) return std::string(text);
  if (width == 0) return {};
  EachCharacter(text, [&](const Character& c, std::string_view bytes) {
    if (total <= width - 1) return false;
    total -= ColumnsOf(c.code);
    text.remove_prefix(bytes.size());
    return true;
  });
  return "…" + std::string(text);
}

std::string Grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

std::string Bytes(std::uint64_t bytes) {
  constexpr std::array<std::string_view, 6> kUnits = {"bytes", "KB", "MB",
                                                      "GB",    "TB", "PB"};
  if (bytes < 1000) return Plural(bytes, "byte");
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (value >= 999.5 && unit + 1 < kUnits.size()) {
    value /= 1000;
    ++unit;
  }
  return fmt::format("{:.{}f} {}", value, value < 9.95 ? 1 : 0, kUnits[unit]);
}

std::string Duration(double seconds) {
  if (seconds < 9.995) return fmt::format("{:.2f} s", seconds);
  if (seconds < 99.5) return fmt::format("{:.0f} s", seconds);
  const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
  if (whole < 6000) {
    return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  }
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

std::string Plural(std::uint64_t count, std::string_view word) {
  if (count == 1) return fmt::format("1 {}", word);
  if (word.size() > 1 && word.back() == 'y') {
    return fmt::format("{} {}ies", Grouped(count),
                       word.substr(0, word.size() - 1));
  }
  return fmt::format("{} {}s", Grouped(count), word);
}

}  // namespace logspill
