#include "scanner/redact/surroundings.h"

#include <algorithm>
#include <cstdint>

#include "scanner/base/hex.h"

namespace logspill {
namespace {

constexpr std::uint32_t kUnicodeEscape = 6;  // \uXXXX
constexpr std::uint32_t kMaxNumber = 64;     // bytes of a number, either side
constexpr std::size_t kMaxWalk = 4096;       // back over an array of numbers

bool IsContinuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

bool IsNumberByte(char c) {
  return (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.' ||
         c == 'e' || c == 'E';
}

// Backslashes directly before `at`.
std::uint32_t BackslashesBefore(std::string_view text, std::uint32_t at) {
  std::uint32_t count = 0;
  while (count < at && text[at - count - 1] == '\\') ++count;
  return count;
}

std::size_t Digits(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
  return end - at;
}

// RFC 8259, section 6.
bool IsNumber(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const std::size_t whole = Digits(text, at);
  if (whole == 0 || (whole > 1 && text[at] == '0')) return false;
  at += whole;
  if (at < text.size() && text[at] == '.') {
    const std::size_t digits = Digits(text, at + 1);
    if (digits == 0) return false;
    at += 1 + digits;
  }
  if (at < text.size() && (text[at] | 0x20) == 'e') {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    const std::size_t digits = Digits(text, at);
    if (digits == 0) return false;
    at += digits;
  }
  return at == text.size();
}

// The place of the last byte before `at` that is no blank; npos: there is none.
std::size_t Before(std::string_view text, std::size_t at) {
  while (at > 0) {
    if (!IsBlank(text[--at])) return at;
  }
  return std::string_view::npos;
}

// The closing quote at `at`, as it is written: with its backslashes.
std::string QuoteAt(std::string_view text, std::size_t at) {
  if (text[at] != '"' && text[at] != '\'') return {};
  const std::uint32_t backslashes =
      BackslashesBefore(text, static_cast<std::uint32_t>(at));
  return std::string(text.substr(at - backslashes, backslashes + 1));
}

// Bytes of the null, true or false that ends before `at`.
std::size_t LiteralBefore(std::string_view text, std::size_t at) {
  for (const std::string_view word : {"null", "true", "false"}) {
    if (text.substr(0, at).ends_with(word)) return word.size();
  }
  return 0;
}

// Moves `begin` to the start of a UTF-8 character that it cuts.
std::uint32_t CharacterBegin(std::string_view text, std::uint32_t begin) {
  std::uint32_t at = begin;
  while (at > 0 && begin - at < 3 && at < text.size() &&
         IsContinuation(text[at])) {
    --at;
  }
  return static_cast<unsigned char>(text[at]) >= 0xC2 ? at : begin;
}

// Moves `at` to the backslash of a \uXXXX that it cuts; else gives `at`.
std::uint32_t EscapeBegin(std::string_view text, std::uint32_t at) {
  for (std::uint32_t back = 1; back < kUnicodeEscape && back <= at; ++back) {
    const std::uint32_t slash = at - back;
    if (text[slash] != '\\') continue;
    const bool cuts = back > 1 && text[slash + 1] == 'u' &&
                      (BackslashesBefore(text, slash) & 1) == 0;
    return cuts ? slash : at;
  }
  return at;
}

}  // namespace

bool StringScan::InString(std::size_t at) {
  for (; at_ < at && at_ < record_.size(); ++at_) {
    if (record_[at_] == '"') {
      in_string_ = !in_string_;
    } else if (record_[at_] == '\\' && in_string_) {
      ++at_;
    }
  }
  return in_string_;
}

Span WholeCharacters(std::string_view record, Span span, bool json) {
  Span whole = span;
  const auto size = static_cast<std::uint32_t>(record.size());
  if (whole.begin < size && IsContinuation(record[whole.begin])) {
    whole.begin = CharacterBegin(record, whole.begin);
  }
  while (whole.end < size && whole.end - span.end < 3 &&
         IsContinuation(record[whole.end]) &&
         static_cast<unsigned char>(record[whole.end - 1]) >= 0x80) {
    ++whole.end;
  }
  if (!json) return whole;
  whole.begin = EscapeBegin(record, whole.begin);
  constexpr std::string_view kEscaped = "\"\\/bfnrtu";
  if ((BackslashesBefore(record, whole.begin) & 1) == 1 &&
      kEscaped.find(record[whole.begin]) != std::string_view::npos) {
    --whole.begin;
  }
  const std::uint32_t last = EscapeBegin(record, whole.end);
  if (last != whole.end && last >= whole.begin) {
    whole.end = std::min(size, last + kUnicodeEscape);
  }
  const std::uint32_t slashes = BackslashesBefore(record, whole.end);
  if (slashes > 0 && slashes < whole.size() && whole.end < size &&
      record[whole.end] == '"') {
    whole.end -= slashes;
  }
  return whole;
}

std::optional<Span> NumberAround(std::string_view record, Span span) {
  Span number = span;
  while (number.begin > 0 && span.begin - number.begin < kMaxNumber &&
         IsNumberByte(record[number.begin - 1])) {
    --number.begin;
  }
  while (number.end < record.size() && number.end - span.end < kMaxNumber &&
         IsNumberByte(record[number.end])) {
    ++number.end;
  }
  if (!IsNumber(number.Of(record))) return std::nullopt;
  std::size_t next = number.end;
  while (next < record.size() && IsBlank(record[next])) ++next;
  const std::size_t prior = Before(record, number.begin);
  constexpr std::string_view kBehind = ",}]";
  constexpr std::string_view kBefore = ":,[";
  const bool stands = next < record.size() && prior != record.npos &&
                      kBehind.find(record[next]) != kBehind.npos &&
                      kBefore.find(record[prior]) != kBefore.npos;
  return stands ? std::optional(number) : std::nullopt;
}

std::string QuoteBefore(std::string_view text, std::size_t at) {
  const std::size_t floor = at > kMaxWalk ? at - kMaxWalk : 0;
  std::size_t prior = Before(text, at);
  bool in_array = false;
  while (prior != std::string_view::npos && prior >= floor) {
    const char c = text[prior];
    if (c == ':') {
      const std::size_t quote = Before(text, prior);
      return quote == std::string_view::npos ? std::string()
                                             : QuoteAt(text, quote);
    }
    if (c == '"' || c == '\'') return in_array ? QuoteAt(text, prior) : "";
    const std::size_t word = in_array ? LiteralBefore(text, prior + 1) : 0;
    constexpr std::string_view kBetween = "[],{}";
    if (kBetween.find(c) == kBetween.npos && word == 0 &&
        !(in_array && IsNumberByte(c))) {
      return {};
    }
    in_array = true;
    prior = Before(text, prior + 1 - std::max<std::size_t>(word, 1));
  }
  return {};
}

int PercentDepth(std::string_view raw) {
  for (std::size_t at = raw.find('%'); at != std::string_view::npos;
       at = raw.find('%', at + 1)) {
    const auto hex = [&](std::size_t from) {
      return from + 1 < raw.size() && HexBit(raw[from]) != 0 &&
             HexBit(raw[from + 1]) != 0;
    };
    if (raw.substr(at).starts_with("%25") && hex(at + 3)) return 2;
    if (hex(at + 1)) return 1;
  }
  return 0;
}

}  // namespace logspill
