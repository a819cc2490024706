#include "scanner/finding/quote_scan.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <system_error>

namespace logspill {
namespace {

using Bytes = std::string_view;

bool Holds(Bytes set, char c) { return set.find(c) != Bytes::npos; }

bool IsQuote(char c) { return c == '"' || c == '\'' || c == '`'; }
bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Of a word in any language.
bool IsContent(char c) {
  return IsLetter(c) || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Of a quote in any script, by its number in Unicode.
bool IsQuoteCode(std::uint32_t code) {
  return code == '"' || code == '\'' || code == '`' || code == 0xab ||
         code == 0xbb || (code >= 0x2018 && code <= 0x201f) || code == 0x2039 ||
         code == 0x203a;
}

// The quote that `size` digits stand for.
bool IsQuoteNumber(Bytes text, std::size_t size, int base) {
  std::uint32_t code = 0;
  if (text.size() < size) return false;
  const char* const end = text.data() + size;
  const auto [last, error] = std::from_chars(text.data(), end, code, base);
  return error == std::errc() && last == end && IsQuoteCode(code);
}

// %22, also encoded more than once: %2522.
bool IsPercentQuote(Bytes text) {
  text.remove_prefix(1);
  while (text.starts_with("25")) text.remove_prefix(2);
  return IsQuoteNumber(text, 2, 16);
}

// &quot; &apos; &ldquo; &rsquo; &laquo; &#34; &#x27;, also behind "&amp;".
bool IsMarkupQuote(Bytes text) {
  static constexpr Bytes kNames[] = {"quot;",  "apos;",  "grave;", "ldquo;",
                                     "rdquo;", "lsquo;", "rsquo;", "bdquo;",
                                     "sbquo;", "laquo;", "raquo;"};
  text.remove_prefix(1);
  while (text.starts_with("amp;")) text.remove_prefix(4);
  if (!text.starts_with('#')) {
    return std::any_of(std::begin(kNames), std::end(kNames),
                       [&](Bytes name) { return text.starts_with(name); });
  }
  text.remove_prefix(1);
  const bool hex = text.starts_with('x') || text.starts_with('X');
  if (hex) text.remove_prefix(1);
  constexpr std::size_t kMostDigits = 9;
  const std::size_t size = text.substr(0, kMostDigits).find(';');
  return size != Bytes::npos && IsQuoteNumber(text, size, hex ? 16 : 10);
}

// \x22, \u0022, \042
bool IsBackslashQuote(Bytes text) {
  text.remove_prefix(1);
  if (text.starts_with('x')) return IsQuoteNumber(text.substr(1), 2, 16);
  if (text.starts_with('u')) return IsQuoteNumber(text.substr(1), 4, 16);
  return IsQuoteNumber(text, 3, 8);
}

// A quote of two or three bytes in UTF-8.
bool IsTypographicQuote(Bytes text) {
  if (text.starts_with('\xc2')) {
    return text.size() > 1 && Holds("\xab\xbb", text[1]);
  }
  return text.size() > 2 && text[1] == '\x80' &&
         Holds("\x98\x99\x9a\x9b\x9c\x9d\x9e\x9f\xb9\xba", text[2]);
}

// True for what stands for a quote and is none of " ' `.
bool IsEncodedQuote(Bytes text) {
  switch (text.front()) {
    case '%':
      return IsPercentQuote(text);
    case '&':
      return IsMarkupQuote(text);
    case '\\':
      return IsBackslashQuote(text);
    default:
      return IsTypographicQuote(text);
  }
}

}  // namespace

// Of each byte that may begin the text of a quote the next place is remembered,
// so that text is searched once, and a byte that never comes is looked for
// once.
std::size_t QuoteScan::Next(std::size_t end) const {
  std::size_t next = end;
  for (Stop& stop : stops_) {
    if (!stop.known || stop.at < at_) Advance(&stop, at_);
    if (IsQuote(stop.byte)) {
      next = std::min(next, stop.at);
    } else if (state_ == Quoted::kNo) {
      while (stop.at < next && !IsStop(stop.at)) {
        Advance(&stop, stop.at + 1);
      }
      next = std::min(next, stop.at);
    }
  }
  return next;
}

void QuoteScan::Advance(Stop* stop, std::size_t from) const {
  const void* found = from < limit_ ? std::memchr(record_.data() + from,
                                                  stop->byte, limit_ - from)
                                    : nullptr;
  stop->known = true;
  stop->at = found == nullptr
                 ? Bytes::npos
                 : static_cast<std::size_t>(static_cast<const char*>(found) -
                                            record_.data());
}

void QuoteScan::StepOver(std::size_t to) {
  state_ = Behind(to);
  at_ = to + 1;
}

bool QuoteScan::IsStop(std::size_t at) const {
  return IsEncodedQuote(record_.substr(at)) && !IsApostrophe(at);
}

bool QuoteScan::IsEscaped(std::size_t at) const {
  constexpr std::size_t kMost = 64;
  std::size_t slashes = 0;
  while (slashes < kMost && Before(at - slashes) == '\\') ++slashes;
  return slashes % 2 != 0 || slashes == kMost;
}

// True where the word that ends at `end` is what code writes before a string:
// b'...', u"...", N'...', rb'...'
bool QuoteScan::IsStringPrefix(std::size_t end) const {
  if (!Holds("bBuUrRfFNELx", Before(end))) return false;
  if (!IsContent(Before(end - 1))) return true;
  return Holds("bBuUrRfF", Before(end)) && Holds("bBuUrRfF", Before(end - 1)) &&
         !IsContent(Before(end - 2));
}

bool QuoteScan::CanOpen(std::size_t at) const {
  const char before = Before(at);
  if (Holds(")]}\"'`.", before)) return false;
  return !IsContent(before) || IsStringPrefix(at);
}

bool QuoteScan::IsApostrophe(std::size_t at) const {
  static constexpr Bytes kTypographic = "\xe2\x80\x99";
  std::size_t size = At(at) == '\'' ? 1 : 0;
  if (record_.substr(at).starts_with(kTypographic)) size = kTypographic.size();
  if (size == 0 || !IsLetter(Before(at)) || IsStringPrefix(at)) return false;
  static constexpr Bytes kEndings[] = {"s", "t", "d", "m", "re", "ve", "ll"};
  const Bytes rest = record_.substr(at + size, 3);
  return std::any_of(std::begin(kEndings), std::end(kEndings),
                     [&](Bytes ending) {
                       if (!rest.starts_with(ending)) return false;
                       const char behind = At(at + size + ending.size());
                       return !IsContent(behind) && !IsQuote(behind);
                     });
}

bool QuoteScan::CanClose(std::size_t at) const {
  const char behind = At(at + 1);
  if (IsContent(behind)) return false;
  // `: " text"`: it may as well open.
  const bool after_blank = at != value_end_ && Holds(" =:,([{", Before(at));
  return !after_blank || Holds(Bytes(",:;)]}\0", 7), behind);
}

// What stands behind the quote at `at`.
Quoted QuoteScan::Behind(std::size_t at) {
  const char c = At(at);
  switch (state_) {
    case Quoted::kUnsure:
      return Quoted::kUnsure;
    case Quoted::kNo:
      if (IsApostrophe(at)) return Quoted::kNo;
      if (!IsQuote(c) || IsEscaped(at) || !CanOpen(at)) {
        return Quoted::kUnsure;
      }
      return static_cast<Quoted>(c);
    default:
      if (c != static_cast<char>(state_) || at == doubled_) return state_;
      if (IsEscaped(at)) {
        // "C:\dir\", "x": the backslash may be the last byte of the string.
        doubtful_ = doubtful_ || !IsContent(At(at + 1));
        return state_;
      }
      if (At(at + 1) == c) {  // CSV and SQL double a quote inside
        doubled_ = at + 1;
        return state_;
      }
      return CanClose(at) && !doubtful_ ? Quoted::kNo : Quoted::kUnsure;
  }
}

}  // namespace logspill
