#include "scanner/match/shape_span.h"

#include <algorithm>
#include <array>

#include "scanner/base/hex.h"

namespace logspill {
namespace {

enum : std::uint8_t {
  kDigit = 1,
  kHex = 2,
  kAlnum = 4,
  kWord = 8,        // alnum or '_'
  kColonRun = 16,   // hex or ':'
  kLocalPart = 32,  // of a mail address
  kDomain = 64,     // of a mail address
  kLetter = 128,
};

constexpr std::array<std::uint8_t, 256> MakeClasses() {
  std::array<std::uint8_t, 256> classes{};
  for (int i = 0; i < 256; ++i) {
    const bool digit = i >= '0' && i <= '9';
    const bool letter = (i >= 'a' && i <= 'z') || (i >= 'A' && i <= 'Z');
    const bool hex = digit || (i >= 'a' && i <= 'f') || (i >= 'A' && i <= 'F');
    int c = 0;
    if (digit) c |= kDigit;
    if (letter) c |= kLetter;
    if (hex) c |= kHex | kColonRun;
    if (i == ':') c |= kColonRun;
    if (digit || letter) c |= kAlnum | kWord | kLocalPart | kDomain;
    if (i == '_') c |= kWord | kLocalPart;
    if (i == '.' || i == '-') c |= kLocalPart | kDomain;
    if (i == '%' || i == '+') c |= kLocalPart;
    classes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(c);
  }
  return classes;
}
constexpr std::array<std::uint8_t, 256> kClasses = MakeClasses();

// A text whose bytes outside its ends are newlines.
class Text {
 public:
  explicit Text(std::string_view text) : text_(text) {}

  std::string_view view() const { return text_; }
  std::uint32_t size() const {
    return static_cast<std::uint32_t>(text_.size());
  }
  char at(std::int64_t i) const {
    return i >= 0 && i < static_cast<std::int64_t>(text_.size())
               ? text_[static_cast<std::size_t>(i)]
               : '\n';
  }
  bool is(std::int64_t i, std::uint8_t classes) const {
    return (kClasses[static_cast<std::uint8_t>(at(i))] & classes) != 0;
  }
  bool all(std::int64_t begin, std::int64_t end, std::uint8_t classes) const {
    if (begin < 0 || end > static_cast<std::int64_t>(text_.size()))
      return false;
    std::uint8_t seen = classes;
    for (std::int64_t i = begin; i < end; ++i) {
      seen &= kClasses[static_cast<std::uint8_t>(
          text_[static_cast<std::size_t>(i)])];
    }
    return seen == classes;
  }
  // The begin of the run of `classes` that ends at `end`, at most `limit`
  // bytes.
  std::int64_t RunBegin(std::int64_t end, std::uint8_t classes,
                        std::int64_t limit) const {
    std::int64_t begin = end;
    while (end - begin < limit && is(begin - 1, classes)) --begin;
    return begin;
  }
  std::int64_t RunEnd(std::int64_t begin, std::uint8_t classes,
                      std::int64_t limit) const {
    std::int64_t end = begin;
    while (end - begin < limit && is(end, classes)) ++end;
    return end;
  }

 private:
  std::string_view text_;
};

constexpr std::int64_t kNoLimit = std::int64_t{1} << 40;

Span MakeSpan(std::int64_t begin, std::int64_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

class Finder {
 public:
  Finder(std::string_view text, std::vector<ShapeSpan>* spans)
      : text_(text), spans_(spans) {}

  // `dash`: the fourth one.
  void Uuid(std::int64_t dash) {
    const std::int64_t begin = dash - 23;
    const std::int64_t end = dash + 13;
    if (text_.is(begin - 1, kAlnum) || text_.is(end, kAlnum)) return;
    if (begin < 0 || end > text_.size()) return;
    if (HasUuidForm(MakeSpan(begin, end).Of(text_.view()))) {
      Put(Shape::kUuid, begin, end);
    }
  }

  // `end`: behind a run of hexadecimal digits and colons of `size` bytes, or of
  // as many as there are where `size` is 0.
  void HexRun(std::int64_t end, std::int64_t size) {
    const std::int64_t begin =
        size != 0 ? end - size : text_.RunBegin(end, kColonRun, kNoLimit);
    const auto first = static_cast<std::size_t>(begin);
    if (end - begin <= 40 &&
        text_.view()
                .substr(first, static_cast<std::size_t>(end - begin))
                .find(':') == std::string_view::npos) {
      return HexPart(begin, end);
    }
    std::int64_t colons = 0;
    bool double_colon = false;
    for (std::int64_t part = begin; part <= end;) {
      const std::int64_t stop = text_.RunEnd(part, kHex, end - part);
      HexPart(part, stop);
      if (stop < end) {
        ++colons;
        double_colon |= text_.at(stop + 1) == ':';
      }
      part = stop + 1;
    }
    if (colons >= 5) MacColons(begin, end);
    if (colons >= 7 && !double_colon) Ipv6(end - 1);
  }

  // `at`: the 26th byte of a run of letters and digits with a capital.
  void Base58(std::int64_t at) {
    const std::int64_t begin = at - 25;
    const std::int64_t end = text_.RunEnd(at + 1, kAlnum, 11);
    const Span span = MakeSpan(begin, end);
    const auto in_base = [](char c) {
      return c != '0' && c != 'O' && c != 'I' && c != 'l';
    };
    const std::string_view run = span.Of(text_.view());
    if (run.size() <= 36 && std::all_of(run.begin(), run.end(), in_base)) {
      Put(Shape::kBase58, begin, end);
    }
  }

  // `inside`: any byte of its run of hexadecimal digits and colons.
  void Ipv6(std::int64_t inside) {
    const std::int64_t run = text_.RunBegin(inside, kColonRun, 96);
    std::int64_t begin = run;
    std::int64_t end = text_.RunEnd(inside, kColonRun, 96);
    if (IsWordTail(text_.at(begin - 1))) {
      while (begin < end && text_.at(begin) != ':') ++begin;
      ++begin;  // `addr:` before the address
    } else if (text_.at(begin - 1) == '.') {
      return;
    }
    if (text_.at(end) == '.') end = Ipv4Tail(begin, end);
    if (end - begin < 2 || text_.is(end, kWord) || text_.at(end) == ':') return;
    if (text_.at(end) == '.' && text_.is(end + 1, kAlnum)) return;
    if (end - begin <= 45) Put(Shape::kIpv6, begin, end);
  }

  // `digit`: the first of the fourth group.
  void Ipv4(std::int64_t digit) {
    const std::int64_t end = text_.RunEnd(digit, kDigit, 4);
    std::int64_t begin = digit;
    for (int group = 0; group < 3; ++group) {
      const std::int64_t dot = begin - 1;
      begin = text_.RunBegin(dot, kDigit, 4);
      if (dot - begin > 3) return;
      if (group < 2 && text_.at(begin - 1) != '.') return;
    }
    if (end - digit > 3 || text_.is(begin - 1, kWord) ||
        text_.at(begin - 1) == '.') {
      return;
    }
    if (text_.is(end, kWord)) return;
    if (text_.at(end) == '.' && text_.is(end + 1, kAlnum)) return;
    Put(Shape::kIpv4, begin, end);
  }

  // `dash`: the fifth one.
  void MacDashes(std::int64_t dash) {
    const std::int64_t begin = dash - 14;
    for (std::int64_t pair = begin; pair <= dash + 1; pair += 3) {
      if (!text_.all(pair, pair + 2, kHex)) return;
    }
    PutMac(begin, dash + 3);
  }

  // `dot`: the second one.
  void MacDots(std::int64_t dot) {
    const std::int64_t begin = dot - 9;
    for (std::int64_t group = begin; group <= dot + 1; group += 5) {
      if (!text_.all(group, group + 4, kHex)) return;
    }
    if (text_.at(dot - 5) == '.') PutMac(begin, dot + 5);
  }

  // `after`: the byte behind '@'.
  void Email(std::int64_t after, std::int64_t from) {
    const std::int64_t at = after - 1;
    std::int64_t begin =
        text_.RunBegin(at, kLocalPart, std::min<std::int64_t>(64, at - from));
    while (begin < at && !text_.is(begin, kAlnum)) ++begin;
    if (begin == at) return;
    const std::int64_t end = text_.RunEnd(after, kDomain, 191 + 1 + 24 + 1);
    for (std::int64_t dot = end - 1; dot > after; --dot) {
      if (text_.at(dot) != '.' || dot - after > 191) continue;
      const std::int64_t tld = text_.RunEnd(dot + 1, kLetter, 25);
      if (tld - dot - 1 < 2 || tld - dot - 1 > 24 || text_.is(tld, kAlnum))
        continue;
      Put(Shape::kEmail, begin, tld);
      return;
    }
  }

  // `digit`: the last of the third group, or of an Amex card's last.
  void CardGroups(std::int64_t digit) {
    const auto separator = [this](std::int64_t i) {
      return text_.at(i) == ' ' || text_.at(i) == '-';
    };
    if (text_.all(digit - 3, digit + 1, kDigit) && separator(digit - 4) &&
        separator(digit - 9) && separator(digit + 1) &&
        text_.all(digit - 8, digit - 4, kDigit) &&
        text_.all(digit - 13, digit - 9, kDigit) &&
        text_.all(digit + 2, digit + 6, kDigit)) {
      PutCard(digit - 13, digit + 6);
    }
    if (text_.all(digit - 3, digit + 1, kDigit) && separator(digit - 4) &&
        separator(digit - 9) && separator(digit + 1) &&
        text_.all(digit - 8, digit - 4, kDigit) &&
        text_.all(digit - 13, digit - 9, kDigit) &&
        text_.all(digit + 2, digit + 5, kDigit)) {
      PutCard(digit - 13, digit + 5);  // 4-4-4-3
    }
    for (const std::int64_t last : {5, 4}) {  // 4-6-5, 4-6-4
      const std::int64_t six = digit + 1 - last - 1;
      if (text_.all(digit + 1 - last, digit + 1, kDigit) && separator(six) &&
          text_.all(six - 6, six, kDigit) && separator(six - 7) &&
          text_.all(six - 11, six - 7, kDigit)) {
        PutCard(six - 11, digit + 1);
      }
    }
  }

 private:
  static bool IsWordTail(char c) {
    return (c >= 'g' && c <= 'z') || (c >= 'G' && c <= 'Z') || c == '_';
  }

  void Put(Shape shape, std::int64_t begin, std::int64_t end) {
    spans_->push_back({shape, MakeSpan(begin, end)});
  }

  // One stretch of hexadecimal digits between colons.
  void HexPart(std::int64_t begin, std::int64_t end) {
    const std::int64_t size = end - begin;
    if (size == 32 && !text_.is(begin - 1, kAlnum) && !text_.is(end, kAlnum)) {
      Put(Shape::kHex32, begin, end);
    }
    if (size >= 13 && size <= 19 && text_.all(begin, end, kDigit)) {
      PutCard(begin, end);
    }
  }

  void PutCard(std::int64_t begin, std::int64_t end) {
    const char before = text_.at(begin - 1);
    if (text_.is(begin - 1, kWord) || before == '.' || before == '+' ||
        before == '-') {
      return;
    }
    if (text_.is(end, kWord) || text_.at(end) == '-') return;
    Put(Shape::kCard, begin, end);
  }

  // A MAC address is a whole run, but for a word and a colon before it and a
  // colon behind it.
  void MacColons(std::int64_t begin, std::int64_t end) {
    if (text_.at(end - 1) == ':') --end;
    begin = std::max(begin, end - 17);
    if (end - begin != 17) return;
    for (std::int64_t pair = begin; pair < end; pair += 3) {
      if (!text_.all(pair, pair + 2, kHex)) return;
      if (pair + 2 < end && text_.at(pair + 2) != ':') return;
    }
    PutMac(begin, end);
  }

  void PutMac(std::int64_t begin, std::int64_t end) {
    const auto joins = [](char c) { return c == ':' || c == '-'; };
    if (text_.is(begin - 1, kWord) || text_.at(begin - 1) == '-') return;
    if (text_.at(begin - 1) == ':' && !NamedByWord(begin - 1)) return;
    if (text_.is(end, kWord)) return;
    if (joins(text_.at(end)) &&
        (text_.is(end + 1, kWord) || joins(text_.at(end + 1)))) {
      return;
    }
    Put(Shape::kMac, begin, end);
  }

  // True where a word with a byte that is no hexadecimal digit ends at `colon`.
  bool NamedByWord(std::int64_t colon) const {
    for (std::int64_t i = colon - 1; colon - i <= 33 && text_.is(i, kWord);
         --i) {
      if (IsWordTail(text_.at(i))) return true;
    }
    return false;
  }

  // Where `end` stands behind the first group of a dotted tail, its end.
  std::int64_t Ipv4Tail(std::int64_t begin, std::int64_t end) const {
    const std::int64_t first = text_.RunBegin(end, kDigit, 4);
    if (first < begin || end - first < 1 || end - first > 3) return end;
    if (text_.at(first - 1) != ':') return end;
    std::int64_t at = end;
    for (int group = 0; group < 3; ++group) {
      if (text_.at(at) != '.') return end;
      const std::int64_t stop = text_.RunEnd(at + 1, kDigit, 4);
      if (stop == at + 1 || stop - at - 1 > 3) return end;
      at = stop;
    }
    return at;
  }

  Text text_;
  std::vector<ShapeSpan>* spans_;
};

std::uint32_t Bit(HitKind kind) { return 1U << static_cast<unsigned>(kind); }

}  // namespace

void FindShapeSpans(std::string_view text, const ShapeHit& hit,
                    std::uint32_t email_from, std::vector<ShapeSpan>* spans) {
  Finder finder(text, spans);
  switch (hit.kind) {
    case HitKind::kUuid:
      return finder.Uuid(hit.at);
    case HitKind::kHexRun:
      return finder.HexRun(hit.at, hit.run);
    case HitKind::kIpv4:
      return finder.Ipv4(hit.at);
    case HitKind::kDoubleColon:
      return finder.Ipv6(hit.at);
    case HitKind::kMacDashes:
      return finder.MacDashes(hit.at);
    case HitKind::kMacDots:
      return finder.MacDots(hit.at);
    case HitKind::kEmail:
      return finder.Email(hit.at, email_from);
    case HitKind::kCardGroups:
      return finder.CardGroups(hit.at);
    case HitKind::kAlnumRun:
      return finder.Base58(hit.at);
    default:
      return;
  }
}

std::uint32_t HitKindsOf(Shape shape) {
  switch (shape) {
    case Shape::kNone:
      return 0;
    case Shape::kUuid:
      return Bit(HitKind::kUuid);
    case Shape::kHex32:
      return Bit(HitKind::kHexRun);
    case Shape::kIpv4:
      return Bit(HitKind::kIpv4);
    case Shape::kIpv6:
      return Bit(HitKind::kHexRun) | Bit(HitKind::kDoubleColon);
    case Shape::kMac:
      return Bit(HitKind::kHexRun) | Bit(HitKind::kMacDashes) |
             Bit(HitKind::kMacDots);
    case Shape::kEmail:
      return Bit(HitKind::kEmail);
    case Shape::kCard:
      return Bit(HitKind::kHexRun) | Bit(HitKind::kCardGroups);
    case Shape::kIban:
      return Bit(HitKind::kIban);
    case Shape::kSsn:
      return Bit(HitKind::kSsn);
    case Shape::kUlid:
      return Bit(HitKind::kUlid);
    case Shape::kPhone:
      return Bit(HitKind::kPhone);
    case Shape::kBase58:
      return Bit(HitKind::kAlnumRun);
  }
  return 0;
}

}  // namespace logspill
