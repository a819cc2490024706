#include "scanner/callsite/literal_text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

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

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

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
std::size_t AppendEscape(std::string_view body, std::size_t at,
                         const LiteralStyle& style, std::string* out) {
  if (at + 1 >= body.size()) {
    out->push_back('\\');
    return 1;
  }
  const char c = body[at + 1];
  if (c == '\n') {  // the line goes on
    std::size_t end = at + 2;
    while (style.trim_joins && end < body.size() && IsBlank(body[end])) ++end;
    return end - at;
  }
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
  if (c == 'u' && !style.bytes && at + 2 < body.size() && body[at + 2] == '{') {
    const std::size_t digits = ReadDigits(body, at + 3, 6, 16, &code);
    if (at + 3 + digits < body.size() && body[at + 3 + digits] == '}') {
      AppendUtf8(code, out);
      return 4 + digits;
    }
  }
  if (const std::size_t want = HexDigits(c, style.bytes)) {
    if (ReadDigits(body, at + 2, want, 16, &code) == want) {
      AppendUtf8(code, out);
      return 2 + want;
    }
  }
  if (!style.drop_unknown) out->push_back('\\');
  out->push_back(c);
  return 2;
}

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '@' || c == '$';
}

}  // namespace

LiteralBounds BoundsOf(std::string_view literal) {
  LiteralBounds bounds;
  std::size_t at = 0;
  const bool percent = literal.starts_with('%');
  at += percent;
  while (at < literal.size() && IsLetter(literal[at])) ++at;
  bounds.prefix = literal.substr(0, at);
  std::size_t hashes = 0;
  while (at < literal.size() && literal[at] == '#') ++at, ++hashes;
  if (at >= literal.size()) return bounds;
  const char quote = literal[at];
  if (percent) {
    bounds.opening = at + 1;
    bounds.closing = 1;
    return bounds;
  }
  if (quote == '"' && bounds.prefix.ends_with('R')) {
    const std::size_t open = literal.find('(', at);
    if (open == std::string_view::npos) return bounds;
    bounds.opening = open + 1;
    bounds.closing = open - at + 1;
    return bounds;
  }
  if (quote != '"' && quote != '\'' && quote != '`') return bounds;
  const std::string_view rest = literal.substr(at);
  const bool triple = rest.size() >= 6 && rest[1] == quote && rest[2] == quote;
  bounds.opening = at + (triple ? 3 : 1);
  bounds.closing = hashes + (triple ? 3 : 1);
  return bounds;
}

void AppendLiteral(std::string_view body, const LiteralStyle& style,
                   std::string* out) {
  std::size_t at = 0;
  while (at < body.size()) {
    const char c = body[at];
    const char next = at + 1 < body.size() ? body[at + 1] : '\0';
    const bool braces = style.interpolated && (c == '{' || c == '}');
    const bool quotes = style.doubled_quotes && c == '"';
    if ((braces || quotes) && next == c) {
      out->push_back(c);
      at += 2;
    } else if (c == '\\' && style.quoted && (next == c || next == '\'')) {
      out->push_back(next);
      at += 2;
    } else if (c == '\\' && !style.raw && !style.quoted) {
      at += AppendEscape(body, at, style, out);
    } else {
      out->push_back(c);
      ++at;
    }
  }
}

std::string WithoutMargin(std::string_view body) {
  if (body.starts_with("\r\n")) body.remove_prefix(1);
  if (!body.starts_with('\n')) return std::string(body);
  body.remove_prefix(1);
  std::vector<std::string_view> lines;
  std::size_t margin = body.size();
  while (true) {
    const std::size_t end = body.find('\n');
    const bool last = end == std::string_view::npos;
    lines.push_back(body.substr(0, end));
    const std::size_t text = lines.back().find_first_not_of(" \t\r");
    // The line of the closing quotes counts, blank as it is.
    if (text != std::string_view::npos) margin = std::min(margin, text);
    if (last) margin = std::min(margin, lines.back().size());
    if (last) break;
    body.remove_prefix(end + 1);
  }
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) text += '\n';
    if (lines[i].size() > margin) text += lines[i].substr(margin);
  }
  return text;
}

}  // namespace logspill
