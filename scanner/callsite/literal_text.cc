#include "scanner/callsite/literal_text.h"

#include <cstddef>
#include <cstdint>

namespace logspill {
namespace {

void AppendUtf8(std::uint32_t code, std::string* out) {
  const auto put = [out](std::uint32_t byte) {
    out->push_back(static_cast<char>(static_cast<unsigned char>(byte)));
  };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  } else if (code < 0x110000) {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

int DigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

// Reads up to `most` digits of `base` at `at`; returns how many.
std::size_t ReadDigits(std::string_view text, std::size_t at, std::size_t most,
                       int base, std::uint32_t* code) {
  std::size_t count = 0;
  *code = 0;
  while (count < most && at + count < text.size()) {
    const int digit = DigitOf(text[at + count]);
    if (digit >= base) break;
    *code = *code * static_cast<std::uint32_t>(base) +
            static_cast<std::uint32_t>(digit);
    ++count;
  }
  return count;
}

// '\0' where `c` is no escape of one letter.
char Simple(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    case 'a':
      return '\a';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'v':
      return '\v';
    case '\\':
    case '\'':
    case '"':
      return c;
    default:
      return '\0';
  }
}

std::size_t HexDigits(char c, bool bytes) {
  if (c == 'x') return 2;
  if (bytes) return 0;
  if (c == 'u') return 4;
  return c == 'U' ? 8 : 0;
}

// Decodes the escape whose backslash is at `at`; returns its length.
std::size_t AppendEscape(std::string_view body, std::size_t at, bool bytes,
                         std::string* out) {
  if (at + 1 >= body.size()) {
    out->push_back('\\');
    return 1;
  }
  const char c = body[at + 1];
  if (c == '\n') return 2;  // the line goes on
  if (c == '\r') return at + 2 < body.size() && body[at + 2] == '\n' ? 3 : 2;
  if (const char simple = Simple(c)) {
    out->push_back(simple);
    return 2;
  }
  std::uint32_t code = 0;
  if (const std::size_t digits = ReadDigits(body, at + 1, 3, 8, &code)) {
    AppendUtf8(code, out);
    return 1 + digits;
  }
  if (const std::size_t want = HexDigits(c, bytes)) {
    if (ReadDigits(body, at + 2, want, 16, &code) == want) {
      AppendUtf8(code, out);
      return 2 + want;
    }
  }
  out->push_back('\\');
  out->push_back(c);
  return 2;
}

}  // namespace

LiteralStyle PythonStyle(std::string_view string_start) {
  LiteralStyle style;
  for (const char c : string_start) {
    style.raw |= c == 'r' || c == 'R';
    style.interpolated |= c == 'f' || c == 'F' || c == 't' || c == 'T';
    style.bytes |= c == 'b' || c == 'B';
  }
  return style;
}

void AppendPythonLiteral(std::string_view body, LiteralStyle style,
                         std::string* out) {
  std::size_t at = 0;
  while (at < body.size()) {
    const char c = body[at];
    const bool twice = at + 1 < body.size() && body[at + 1] == c;
    if (style.interpolated && twice && (c == '{' || c == '}')) {
      out->push_back(c);
      at += 2;
    } else if (c == '\\' && !style.raw) {
      at += AppendEscape(body, at, style.bytes, out);
    } else {
      out->push_back(c);
      ++at;
    }
  }
}

}  // namespace logspill
