#include "scanner/callsite/source_text.h"

#include <algorithm>
#include <cstring>

#include "scanner/callsite/expression.h"

namespace logspill {
namespace {

constexpr std::size_t kBinaryReach = 8 << 10;  // a NUL this early: no text

bool Holds(std::string_view text, std::string_view token) {
  return ::memmem(text.data(), text.size(), token.data(), token.size()) !=
         nullptr;
}

std::size_t BehindBlanks(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  return at;
}

// Behind the type that may stand between a constant's name and its value:
// "[]" of C, "time.Duration" of Go.
std::size_t BehindType(std::string_view text, std::size_t at) {
  const auto in_type = [](char c) {
    return IsWordByte(c) || c == '.' || c == '*' || c == '[' || c == ']';
  };
  while (at < text.size() && in_type(text[at])) ++at;
  return BehindBlanks(text, at);
}

// Whether the name at [begin, end) may be given a value there: `NAME = "x"`,
// `NAME: &str = "x"`, `#define NAME "x"`.  Most names are only used.
bool MayDefine(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::string_view kDefine = "define";
  const std::string_view before = text.substr(0, begin);
  const std::size_t last = before.find_last_not_of(" \t");
  if (last != before.npos && before.substr(0, last + 1).ends_with(kDefine)) {
    return true;
  }
  const std::size_t at = BehindBlanks(text, end);
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? text[i] : '\0';
  };
  if (byte(at) == ':') return byte(at + 1) != ':';
  if (byte(at) == '{') return true;
  const std::size_t sign = byte(at) == '=' ? at : BehindType(text, at);
  return byte(sign) == '=' && byte(sign + 1) != '=' && byte(sign + 1) != '>';
}

// What stands in long lines, beside string literals.
struct LongCode {
  std::size_t bytes = 0;
  std::size_t blanks = 0;
  std::size_t statements = 0;  // ends of them: ';' and "){"
};

// Behind the string literal that begins at `at`; behind the quote alone where
// it does not end.
std::size_t LiteralEnd(std::string_view line, std::size_t at) {
  for (std::size_t i = at + 1; i < line.size(); ++i) {
    if (line[i] == '\\') {
      ++i;
    } else if (line[i] == line[at]) {
      return i + 1;
    }
  }
  return at + 1;
}

void AddCode(std::string_view line, LongCode* code) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' || c == '\'' || c == '`') {
      i = LiteralEnd(line, i) - 1;
      continue;
    }
    ++code->bytes;
    if (c == '\\') ++i;
    code->blanks += static_cast<std::size_t>(c == ' ' || c == '\t');
    const bool block = c == '{' && i > 0 && line[i - 1] == ')';
    code->statements += static_cast<std::size_t>(c == ';' || block);
  }
}

void AppendUtf8(char32_t code, std::string* out) {
  const auto put = [out](char32_t byte) {
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
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

}  // namespace

bool HoldsAnyOf(std::string_view text, const std::vector<std::string>& tokens) {
  return std::any_of(
      tokens.begin(), tokens.end(),
      [&](const std::string& token) { return Holds(text, token); });
}

std::vector<std::string_view> NamesIn(std::string_view text,
                                      const Words& callees,
                                      const Words& constants) {
  std::unordered_set<std::string_view> found;
  for (std::size_t at = 0; at < text.size();) {
    while (at < text.size() && !IsWordByte(text[at])) ++at;
    const std::size_t begin = at;
    while (at < text.size() && IsWordByte(text[at])) ++at;
    const std::string_view word = text.substr(begin, at - begin);
    if (word.empty()) break;
    const char next = at < text.size() ? text[at] : '\0';
    if (next == '(' || next == '!' || next == ' ') {
      if (const auto name = callees.Find(word); !name.empty()) {
        found.insert(name);
      }
    }
    if (const auto name = constants.Find(word);
        !name.empty() && MayDefine(text, begin, at)) {
      found.insert(name);
    }
  }
  return {found.begin(), found.end()};
}

bool IsMinified(std::string_view text) {
  constexpr std::size_t kLongLine = 1'000;    // bytes; more than people write
  constexpr std::size_t kLeastCode = 32'000;  // less of it is parsed anyway
  LongCode code;
  std::size_t all = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    if (end > kLongLine) {
      all += end;
      AddCode(rest.substr(0, end), &code);
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return all > text.size() / 2 && code.bytes > kLeastCode &&
         code.statements > code.bytes / 400 && code.blanks < code.bytes / 10;
}

void FromUtf16(std::string* text) {
  const bool little = text->starts_with("\xff\xfe");
  if (!little && !text->starts_with("\xfe\xff")) return;
  const auto unit_at = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>((*text)[at]);
    const auto second = static_cast<unsigned char>((*text)[at + 1]);
    return static_cast<char32_t>(little ? first | second << 8
                                        : first << 8 | second);
  };
  std::string out;
  out.reserve(text->size() / 2);
  for (std::size_t at = 2; at + 1 < text->size(); at += 2) {
    char32_t code = unit_at(at);
    const bool high = code >= 0xD800 && code < 0xDC00;
    const char32_t low = high && at + 3 < text->size() ? unit_at(at + 2) : 0;
    if (low >= 0xDC00 && low < 0xE000) {
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
      at += 2;
    } else if (code >= 0xD800 && code < 0xE000) {
      code = 0xFFFD;
    }
    AppendUtf8(code, &out);
  }
  *text = std::move(out);
}

bool IsBinary(std::string_view text) {
  return text.substr(0, kBinaryReach).find('\0') != std::string_view::npos;
}

}  // namespace logspill
