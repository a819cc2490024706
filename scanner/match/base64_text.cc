#include "scanner/match/base64_text.h"

#include <algorithm>
#include <array>

namespace logspill {
namespace {

constexpr std::uint8_t kNone = 0xff;
constexpr int kMinQuanta = 4;  // of plain ASCII text, in sequence

constexpr std::array<std::uint8_t, 256> kSextets = [] {
  std::array<std::uint8_t, 256> values{};
  for (auto& value : values) value = kNone;
  for (std::uint8_t i = 0; i < 26; ++i) {
    values['A' + i] = i;
    values['a' + i] = static_cast<std::uint8_t>(26 + i);
  }
  for (std::uint8_t i = 0; i < 10; ++i) {
    values['0' + i] = static_cast<std::uint8_t>(52 + i);
  }
  values['+'] = values['-'] = 62;
  values['/'] = values['_'] = 63;
  return values;
}();

std::uint32_t Sextet(char c) { return kSextets[static_cast<std::uint8_t>(c)]; }
bool IsBase64(char c) { return Sextet(c) != kNone; }

// How a decoded byte counts: text of ASCII, of another script, or none.
enum : std::uint8_t { kAscii = 0, kBeyond = 1, kBinary = 2 };

constexpr std::array<std::uint8_t, 256> kByteKinds = [] {
  std::array<std::uint8_t, 256> kinds{};
  for (std::size_t c = 0; c < kinds.size(); ++c) {
    const bool space = c == '\t' || c == '\n' || c == '\r';
    kinds[c] = c >= 0x80            ? kBeyond
               : c < 0x20 && !space ? kBinary
               : c == 0x7f          ? kBinary
                                    : kAscii;
  }
  return kinds;
}();

// The least texty byte of the quantum at `chars`.
std::uint8_t KindOf(const char* chars) {
  const std::uint32_t bits = Sextet(chars[0]) << 18 | Sextet(chars[1]) << 12 |
                             Sextet(chars[2]) << 6 | Sextet(chars[3]);
  return std::max({kByteKinds[bits >> 16], kByteKinds[bits >> 8 & 0xff],
                   kByteKinds[bits & 0xff]});
}

// The text in a run whose quanta begin at run.begin + phase.  `chars`: where
// the padding begins.
void FindInPhase(std::string_view text, Span run, std::uint32_t chars,
                 std::uint32_t phase, std::vector<Base64Stretch>* stretches) {
  const std::uint32_t first = run.begin + phase;
  std::uint32_t begin = first;
  int quanta = 0;
  std::uint32_t at = begin;
  // With the quantum before it, of which text may be a part.
  const auto close = [&](std::uint32_t end) {
    const std::uint32_t part = begin == first ? 0 : 4;
    if (quanta >= kMinQuanta) stretches->push_back({begin - part, end, 0});
    quanta = 0;
  };
  for (; at + 4 <= chars; at += 4) {
    const std::uint8_t kind = KindOf(text.data() + at);
    if (kind == kAscii || (kind == kBeyond && quanta >= kMinQuanta)) {
      if (quanta++ == 0) begin = at;
    } else {
      close(at + 4);
    }
  }
  // One char alone stands for no byte.
  const bool part = chars - std::min(at, chars) >= 2;
  close(part ? run.end : at);
}

}  // namespace

Span Base64Stretch::ToRaw(Span decoded) const {
  return {begin + decoded.begin / 3 * 4,
          std::min(begin + (decoded.end + 2) / 3 * 4, end)};
}

Base64Place Base64Stretch::PlaceOf(Span decoded) const {
  const std::uint32_t held = std::min((decoded.end + 2) / 3 * 3, bytes);
  return {true, 0, static_cast<std::uint8_t>(decoded.begin % 3),
          static_cast<std::uint8_t>(held - decoded.end)};
}

void FindBase64Text(std::string_view text,
                    std::vector<Base64Stretch>* stretches) {
  const auto size = static_cast<std::uint32_t>(text.size());
  // No run holds the byte before `at`.
  for (std::uint32_t at = 0; size - at >= kMinBase64;) {
    std::uint32_t end = at + kMinBase64;
    std::uint32_t last = end;
    while (last > at && IsBase64(text[last - 1])) --last;
    if (last > at) {
      at = last;
      continue;
    }
    while (end < size && IsBase64(text[end])) ++end;
    std::uint32_t behind = end;
    while (behind < size && behind - end < 2 && text[behind] == '=') ++behind;
    for (std::uint32_t phase = 0; phase < 4; ++phase) {
      FindInPhase(text, {at, behind}, end, phase, stretches);
    }
    at = end;
  }
}

Span WithBase64Around(std::string_view text, Span value, std::uint32_t reach) {
  Span span = value;
  const std::uint32_t least = value.begin - std::min(value.begin, reach);
  while (span.begin > least && IsBase64(text[span.begin - 1])) --span.begin;
  const auto most = static_cast<std::uint32_t>(
      std::min<std::size_t>(std::size_t{value.end} + reach, text.size()));
  while (span.end < most &&
         (IsBase64(text[span.end]) || text[span.end] == '=')) {
    ++span.end;
  }
  return span;
}

void DecodeBase64Chars(std::string_view chars, std::string* out) {
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : chars) {
    if (!IsBase64(c)) return;  // the padding
    bits = bits << 6 | Sextet(c);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out->push_back(static_cast<char>(bits >> held & 0xff));
  }
}

std::string_view Base64Value(std::string_view text, Span value,
                             const Base64Place& place, std::string* scratch) {
  scratch->clear();
  const std::uint32_t begin = value.begin - place.back;
  DecodeBase64Chars(text.substr(begin, value.end - begin), scratch);
  const std::size_t ends = std::size_t{place.front} + place.tail;
  if (scratch->size() < ends) return {};
  return std::string_view(*scratch).substr(place.front, scratch->size() - ends);
}

}  // namespace logspill
