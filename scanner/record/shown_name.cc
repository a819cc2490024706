#include "scanner/record/shown_name.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "scanner/record/back_scan.h"

namespace logspill {
namespace {

using Bytes = std::string_view;

constexpr std::size_t kMaxNameBytes = 32;
constexpr std::size_t kMaxKeyPathBytes = 64;
constexpr std::size_t kMaxHumpBytes = 20;   // "internationalization"
constexpr std::size_t kMaxUpperBytes = 16;  // "AKIAIOSFODNNEXAMPLE" is longer
constexpr std::size_t kMaxDigits = 3;       // "sha256"

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }

std::size_t SpanOf(Bytes text, bool (*is)(char)) {
  const auto end = std::find_if_not(text.begin(), text.end(),
                                    [is](char c) { return is(c); });
  return static_cast<std::size_t>(end - text.begin());
}

// One word: "consumer", "consumerId", "HTTPProxy", "sha256", "oauth2Token".
class WordShape {
 public:
  explicit WordShape(Bytes word) {
    Bytes rest = word;
    while (!rest.empty() && fits_) TakeHump(&rest);
    // "hQzXkPmL" and "QWxhZGRpbjpv" change their case too often for words.
    fits_ = fits_ && (humps_ <= 2 || short_humps_ <= 1) && acronyms_ <= 1 &&
            digit_runs_ <= 1;
  }

  bool fits() const { return fits_; }
  std::size_t digit_runs() const { return digit_runs_; }

 private:
  void TakeHump(Bytes* rest) {
    const std::size_t upper = SpanOf(*rest, IsUpper);
    rest->remove_prefix(upper);
    const std::size_t lower = SpanOf(*rest, IsLower);
    rest->remove_prefix(lower);
    const std::size_t digits = SpanOf(*rest, IsDigitByte);
    rest->remove_prefix(digits);
    ++humps_;
    short_humps_ += upper + lower <= 2 ? 1 : 0;
    acronyms_ += upper >= 2 && lower > 0 ? 1 : 0;  // "HTTPProxy"
    digit_runs_ += digits > 0 ? 1 : 0;
    // A small letter behind a digit begins no word: "9f4ef63a".
    fits_ = upper + lower > 0 && digits <= kMaxDigits &&
            upper <= kMaxUpperBytes && lower <= kMaxHumpBytes &&
            (digits == 0 || upper <= 8) &&
            (digits == 0 || rest->empty() || IsUpper(rest->front()));
  }

  bool fits_ = true;
  std::size_t humps_ = 0;
  std::size_t short_humps_ = 0;
  std::size_t acronyms_ = 0;
  std::size_t digit_runs_ = 0;
};

// "1" in "uuid_1".
bool IsShortNumber(Bytes word) {
  return !word.empty() && word.size() <= kMaxDigits &&
         SpanOf(word, IsDigitByte) == word.size();
}

// The last word of a name in small letters: "id" of "consumerId".
Bytes LastWord(Bytes name, std::array<char, kMaxNameBytes>* lower) {
  std::size_t begin = name.size();
  while (begin > 0 && IsLower(name[begin - 1])) --begin;
  if (begin == name.size()) {
    while (begin > 0 && IsUpper(name[begin - 1])) --begin;
  } else if (begin > 0 && IsUpper(name[begin - 1])) {
    --begin;
  }
  const Bytes word = name.substr(begin);
  std::transform(word.begin(), word.end(), lower->begin(),
                 [](char c) { return static_cast<char>(c | 0x20); });
  return {lower->data(), word.size()};
}

// True for a name that ends in what only keys are called.
bool EndsAsKey(Bytes name) {
  static constexpr std::array<Bytes, 34> kWords = {
      "address",  "auth",     "authorization", "body",       "client",
      "content",  "cookie",   "data",          "dsn",        "header",
      "headers",  "host",     "hostname",      "line",       "message",
      "msg",      "original", "owner",         "pass",       "passwd",
      "password", "path",     "port",          "pwd",        "query",
      "remote",   "secret",   "session",       "text",       "uri",
      "url",      "user",     "username",      "credentials"};
  std::array<char, kMaxNameBytes> lower;
  const Bytes word = LastWord(name, &lower);
  return IsGenericName(word) ||
         std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// The quote that `text` begins with, in every form that BackScan steps over;
// empty where it begins with none.
Bytes QuoteAt(Bytes text) {
  const std::size_t slashes =
      SpanOf(text.substr(0, kMaxNameBytes), [](char c) { return c == '\\'; });
  const Bytes rest = text.substr(slashes);
  if (rest.empty()) return {};
  if (rest[0] == '"' || rest[0] == '\'' || rest[0] == '`') {
    return text.substr(0, slashes + 1);
  }
  for (const Bytes form : {"%22", "%27", "&quot;"}) {
    if (text.starts_with(form)) return form;
  }
  const bool encoded =
      slashes > 0 && (rest.starts_with("u0022") || rest.starts_with("u0027"));
  return encoded ? text.substr(0, slashes + 5) : Bytes();
}

// True where a string can open with `quote` behind `before`: not in
// {"O'Brien": and not behind the first of two quotes that stand for one.
bool CanOpenBehind(Bytes before, Bytes quote) {
  if (before.empty()) return true;
  const char last = before.back();
  if (last == '\\' || before.ends_with(quote)) return false;
  const std::size_t size = before.size();
  if (size >= 3 && before[size - 3] == '%') return true;  // %7B%22name%22
  if (!IsDigitByte(last) && !IsLetterByte(last)) return true;
  // b'...', N'...' and what stands behind an escaped line end
  constexpr Bytes kPrefixes = "bBuUrRfFnNtEL";
  return kPrefixes.find(last) != Bytes::npos &&
         (size == 1 || !IsWordByte(before[size - 2]));
}

// True behind an accented, Greek or Cyrillic letter.  Others may well stand
// beside a name, as scripts do that have no blanks.
bool EndsInOtherLetter(Bytes text) {
  if (text.size() < 2 || (text.back() & 0xc0) != 0x80) return false;
  const auto lead = static_cast<unsigned char>(text[text.size() - 2]);
  return lead >= 0xc3 && lead <= 0xdf;
}

}  // namespace

bool IsWholeName(std::string_view record, std::string_view name,
                 bool in_statement) {
  const auto begin = static_cast<std::size_t>(name.data() - record.data());
  Bytes behind = record.substr(begin + name.size());
  if (behind.starts_with('.')) behind.remove_prefix(1);  // "Policy No."
  Bytes before = record.substr(0, begin);
  const Bytes quote = QuoteAt(behind);
  if (quote.empty()) {
    const bool opened = in_statement && !before.empty() &&
                        Bytes("\"'`").find(before.back()) != Bytes::npos;
    return !opened && !EndsInOtherLetter(before);
  }
  if (!before.ends_with(quote)) return false;
  before.remove_suffix(quote.size());
  return CanOpenBehind(before, quote);
}

bool IsTakenName(std::string_view record, std::string_view name,
                 const IsTaken& taken) {
  if (taken == nullptr || name.empty()) return false;
  const auto begin = static_cast<std::uint32_t>(name.data() - record.data());
  return taken({begin, begin + static_cast<std::uint32_t>(name.size())});
}

bool LooksLikeName(std::string_view name) {
  if (name.size() > kMaxNameBytes) return false;
  if (name.starts_with("__")) name.remove_prefix(2);
  if (name.starts_with('_')) name.remove_prefix(1);
  std::size_t digit_runs = 0;
  bool first = true;
  for (;;) {
    const std::size_t end = name.find_first_of("_-");
    const Bytes word = name.substr(0, end);
    const WordShape shape(word);
    const bool number = !first && IsShortNumber(word);
    if (word.empty() || (!shape.fits() && !number)) return false;
    digit_runs += number ? 1 : shape.digit_runs();
    if (digit_runs > 2) return false;
    if (end == Bytes::npos) return true;
    name.remove_prefix(end + 1);
    first = false;
  }
}

bool LooksLikeKeyPath(std::string_view name) {
  if (name.find('.') == Bytes::npos) return LooksLikeName(name);
  if (name.size() > kMaxKeyPathBytes) return false;
  for (;;) {
    const std::size_t dot = name.find('.');
    const Bytes part = name.substr(0, dot);
    if (!LooksLikeName(part)) return false;
    if (dot == Bytes::npos) return EndsAsKey(part);
    name.remove_prefix(dot + 1);
  }
}

bool LooksLikePathSegment(std::string_view name) {
  if (name.size() > 1 && name.size() <= 3 && name[0] == 'v' &&
      SpanOf(name.substr(1), IsDigitByte) == name.size() - 1) {
    return true;
  }
  return LooksLikeName(name) &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return IsLower(c) || c == '_' || c == '-'; });
}

}  // namespace logspill
