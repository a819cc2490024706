#include "scanner/correlate/structured_tail.h"

#include <cstdint>

namespace logspill {
namespace {

constexpr std::size_t kNowhere = std::string_view::npos;
constexpr int kMostStarts = 16;  // places that look like a key

bool IsKeyByte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || c == '.' ||
         c == '/' || c == '@';
}

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

std::size_t SkipBlanks(std::string_view text, std::size_t at) {
  while (at < text.size() && IsBlank(text[at])) ++at;
  return at;
}

// Behind the quote that closes the string at `at`, or kNowhere.
std::size_t StringEnd(std::string_view text, std::size_t at) {
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      return i + 1;
    }
  }
  return kNowhere;
}

Span SpanOf(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

// Takes the value at `*at`, to the next one of `ends` outside of quotes.
bool TakeValue(std::string_view text, std::string_view ends, std::size_t* at,
               Span* value) {
  if (*at < text.size() && text[*at] == '"') {
    const std::size_t end = StringEnd(text, *at);
    if (end == kNowhere) return false;
    *value = SpanOf(*at + 1, end - 1);
    *at = end;
    return true;
  }
  std::size_t end = *at;
  int depth = 0;
  for (; end < text.size(); ++end) {
    const char c = text[end];
    if (depth == 0 && ends.find(c) != kNowhere) break;
    if (c == '[' || c == '{' || c == '(') ++depth;
    if ((c == ']' || c == '}' || c == ')') && depth > 0) --depth;
    if (c != '"') continue;
    const std::size_t close = StringEnd(text, end);
    if (close == kNowhere) break;
    end = close - 1;
  }
  *value = SpanOf(*at, end);
  *at = end;
  return true;
}

// key=value key="a value" ... to the end
bool ReadPairs(std::string_view text, std::size_t at,
               std::vector<RecordField>* fields) {
  fields->clear();
  while (at < text.size()) {
    const std::size_t begin = at;
    while (at < text.size() && IsKeyByte(text[at])) ++at;
    if (at == begin || at == text.size() || text[at] != '=') return false;
    RecordField field{text.substr(begin, at - begin), {}};
    ++at;
    if (!TakeValue(text, " \t", &at, &field.value)) return false;
    if (at < text.size() && !IsBlank(text[at])) return false;
    fields->push_back(field);
    at = SkipBlanks(text, at);
  }
  return !fields->empty();
}

// {"key": value, ...} to the end
bool ReadObject(std::string_view text, std::size_t at,
                std::vector<RecordField>* fields) {
  fields->clear();
  ++at;
  while (at < text.size()) {
    at = SkipBlanks(text, at);
    if (at >= text.size() || text[at] != '"') return false;
    const std::size_t end = StringEnd(text, at);
    if (end == kNowhere) return false;
    RecordField field{text.substr(at + 1, end - at - 2), {}};
    at = SkipBlanks(text, end);
    if (at >= text.size() || text[at] != ':') return false;
    at = SkipBlanks(text, at + 1);
    if (!TakeValue(text, ",}", &at, &field.value)) return false;
    fields->push_back(field);
    if (at >= text.size()) return false;
    if (text[at] == '}') return at + 1 == text.size();
    ++at;
  }
  return false;
}

bool FindObject(std::string_view text, StructuredTail* tail) {
  if (!text.ends_with('}')) return false;
  std::size_t at = 0;
  for (int i = 0; i < kMostStarts; ++i) {
    at = text.find("{\"", at + 1);
    if (at == kNowhere) return false;
    if (!IsBlank(text[at - 1]) || !ReadObject(text, at, &tail->fields)) {
      continue;
    }
    tail->message_end = at;
    return true;
  }
  return false;
}

bool FindPairs(std::string_view text, StructuredTail* tail) {
  std::size_t equals = 0;
  for (int i = 0; i < kMostStarts; ++i) {
    equals = text.find('=', equals + 1);
    if (equals == kNowhere) return false;
    std::size_t begin = equals;
    while (begin > 0 && IsKeyByte(text[begin - 1])) --begin;
    if (begin == equals || begin == 0 || !IsBlank(text[begin - 1])) continue;
    if (!ReadPairs(text, begin, &tail->fields)) continue;
    tail->message_end = begin;
    return true;
  }
  return false;
}

}  // namespace

bool ReadStructuredTail(std::string_view text, StructuredTail* tail) {
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  if (!FindObject(text, tail) && !FindPairs(text, tail)) return false;
  std::size_t end = tail->message_end;
  while (end > 0 && IsBlank(text[end - 1])) --end;
  std::size_t begin = 0;
  if (end >= 2 && text[0] == '"' && text[end - 1] == '"') {
    ++begin;
    --end;
  }
  tail->message_begin = begin;
  tail->message_end = end;
  return end > begin;
}

}  // namespace logspill
