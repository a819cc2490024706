#include "scanner/finding/quote_scan.h"

#include <algorithm>
#include <cstring>

namespace logspill {
namespace {

using Bytes = std::string_view;

bool Holds(Bytes set, char c) { return set.find(c) != Bytes::npos; }

bool IsQuote(char c) { return c == '"' || c == '\''; }
bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Of a word in any language.
bool IsContent(char c) {
  return IsLetter(c) || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool IsEncodedQuote(Bytes text) {
  static constexpr Bytes kForms[] = {"%22",     "%27",    "&quot;", "&#34;",
                                     "&#39;",   "&apos;", "\\x22",  "\\x27",
                                     "\\u0022", "\\u0027"};
  return std::any_of(std::begin(kForms), std::end(kForms),
                     [&](Bytes form) { return text.starts_with(form); });
}

}  // namespace

// Of each byte that may begin the text of a quote the next place is remembered, so
// that text is searched once, and a byte that never comes is looked for once.
std::size_t QuoteScan::Next(std::size_t end) const {
  std::size_t next = end;
  for (Stop& stop : stops_) {
    if (!stop.known || stop.at < at_) Advance(&stop, at_);
    if (IsQuote(stop.byte)) {
      next = std::min(next, stop.at);
    } else if (state_ == Quoted::kNo) {
      while (stop.at < next && !IsEncodedQuote(record_.substr(stop.at))) {
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

bool QuoteScan::IsEscaped(std::size_t at) const {
  constexpr std::size_t kMost = 64;
  std::size_t slashes = 0;
  while (slashes < kMost && Before(at - slashes) == '\\') ++slashes;
  return slashes % 2 != 0 || slashes == kMost;
}

bool QuoteScan::CanOpen(std::size_t at) const {
  const char before = Before(at);
  if (Holds(")]}\"'.", before)) return false;
  if (!IsContent(before)) return true;
  // b'...', u"...", N'...'
  return Holds("bBuUrRfFNELx", before) && !IsContent(Before(at - 1));
}

bool QuoteScan::IsApostrophe(std::size_t at) const {
  if (At(at) != '\'' || !IsLetter(Before(at))) return false;
  static constexpr Bytes kEndings[] = {"s", "t", "d", "m", "re", "ve", "ll"};
  const Bytes rest = record_.substr(at + 1, 3);
  return std::any_of(
      std::begin(kEndings), std::end(kEndings), [&](Bytes ending) {
        if (!rest.starts_with(ending)) return false;
        const char behind = At(at + 1 + ending.size());
        return !IsContent(behind) && behind != '\'' && behind != '"';
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
      if ((c != '"' && c != '\'') || IsEscaped(at) || !CanOpen(at)) {
        return Quoted::kUnsure;
      }
      return static_cast<Quoted>(c);
    default:
      if (c != static_cast<char>(state_) || at == doubled_ || IsEscaped(at)) {
        return state_;
      }
      if (At(at + 1) == c) {  // CSV and SQL double a quote inside
        doubled_ = at + 1;
        return state_;
      }
      return CanClose(at) ? Quoted::kNo : Quoted::kUnsure;
  }
}

}  // namespace logspill
