#include "scanner/base/printable.h"

#include <array>

namespace logspill {
namespace {

bool IsContinuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

// The sequence length that a first byte announces; 0 where it cannot be first.
std::size_t SequenceLength(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return 2;
  if (first >= 0xE0 && first < 0xF0) return 3;
  if (first >= 0xF0 && first < 0xF5) return 4;
  return 0;
}

}  // namespace

Character ReadCharacter(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const std::size_t length = SequenceLength(first);
  if (length == 1) return {first, 1, true};
  if (length == 0 || length > text.size()) return {first, 1, false};
  char32_t code = first & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (!IsContinuation(text[i])) return {first, 1, false};
    code = (code << 6) | (static_cast<unsigned char>(text[i]) & 0x3F);
  }
  constexpr std::array<char32_t, 5> kSmallest = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code < 0xE000;
  if (code < kSmallest[length] || surrogate || code > 0x10FFFF) {
    return {first, 1, false};
  }
  return {code, length, true};
}

bool Steers(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xAD ||
         (code >= 0x200B && code <= 0x200F) ||
         (code >= 0x2028 && code <= 0x202E) ||
         (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF ||
         (code >= 0xE0000 && code <= 0xE007F);
}

// wcwidth() would need a locale.
std::size_t ColumnsOf(char32_t code) {
  const bool combining = code >= 0x300 && code <= 0x36F;
  if (combining) return 0;
  const bool wide = (code >= 0x1100 && code <= 0x115F) ||
                    (code >= 0x2E80 && code <= 0xA4CF) ||
                    (code >= 0xAC00 && code <= 0xD7A3) ||
                    (code >= 0xF900 && code <= 0xFAFF) ||
                    (code >= 0xFE30 && code <= 0xFE6F) ||
                    (code >= 0xFF00 && code <= 0xFF60) ||
                    (code >= 0x1F300 && code <= 0x1FAFF) ||
                    (code >= 0x20000 && code <= 0x3FFFD);
  return wide ? 2 : 1;
}

void AppendEscaped(const Character& c, std::string_view bytes,
                   std::string* out) {
  constexpr std::string_view kHex = "0123456789abcdef";
  if (c.valid && c.code == '\n') {
    out->append("\\n");
  } else if (c.valid && c.code == '\t') {
    out->append("\\t");
  } else if (c.valid && c.code == '\r') {
    out->append("\\r");
  } else {
    for (const char byte : bytes) {
      const auto value = static_cast<unsigned char>(byte);
      out->append("\\x");
      out->push_back(kHex[value >> 4]);
      out->push_back(kHex[value & 15]);
    }
  }
}

std::string Printable(std::string_view text) {
  std::string out;
  EachCharacter(text, [&](const Character& c, std::string_view bytes) {
    if (!c.valid || Steers(c.code)) {
      AppendEscaped(c, bytes, &out);
    } else {
      out.append(bytes);
    }
    return true;
  });
  return out;
}

std::size_t DisplayWidth(std::string_view text) {
  std::size_t width = 0;
  EachCharacter(text, [&](const Character& c, std::string_view) {
    width += ColumnsOf(c.code);
    return true;
  });
  return width;
}

}  // namespace logspill
