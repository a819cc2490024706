#include "scanner/finding/excerpt.h"

#include <algorithm>

namespace logspill {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsWordByte(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Masks what stands between quotes, and what runs into the window from outside:
// half a word can be half a value.
std::string MaskText(std::string_view text, bool cut_front, bool cut_back) {
  std::size_t begin = 0;
  std::size_t end = text.size();
  if (cut_front) {
    while (begin < end && IsWordByte(text[begin])) ++begin;
  }
  if (cut_back) {
    while (end > begin && IsWordByte(text[end - 1])) --end;
  }
  std::string masked;
  if (cut_front) masked += "...";
  char quote = 0;
  for (const char c : text.substr(begin, end - begin)) {
    if (quote != 0) {
      if (c != quote) continue;
      quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
      masked += c;
      masked += "...";
      continue;
    }
    masked += IsDigit(c) ? '#' : (c >= 0 && c < 0x20) || c == 0x7f ? ' ' : c;
  }
  if (cut_back) masked += "...";
  return masked;
}

struct Window {
  std::uint32_t begin;
  std::uint32_t end;
};

// The text of a side of the value, without the other matches that reach into it.
std::string MaskSide(std::string_view record, Window side,
                     std::span<const Span> others, bool front) {
  std::string masked;
  std::uint32_t at = side.begin;
  bool cut = front && side.begin > 0;
  for (const Span& other : others) {
    if (other.end <= at || other.begin >= side.end) continue;
    if (other.begin > at) {
      masked += MaskText(record.substr(at, other.begin - at), cut, false);
    }
    masked += "[...]";
    at = std::min(other.end, side.end);
    cut = false;
  }
  if (at < side.end) {
    masked += MaskText(record.substr(at, side.end - at), cut,
                       !front && side.end < record.size());
  }
  return masked;
}

}  // namespace

std::string MaskedExcerpt(std::string_view record, Span value,
                          std::span<const Span> others) {
  const auto size = static_cast<std::uint32_t>(record.size());
  const Window before{value.begin - std::min(value.begin, kExcerptReach),
                      value.begin};
  const Window behind{value.end,
                      value.end + std::min(size - value.end, kExcerptReach)};
  std::string excerpt = MaskSide(record, before, others, true);
  excerpt += kValueMark;
  return excerpt + MaskSide(record, behind, others, false);
}

std::string TemplateExcerpt(const LogTemplate& message, int hole) {
  std::string text;
  for (std::size_t i = 0; i < message.literals.size(); ++i) {
    text += message.literals[i];
    if (i >= message.holes.size()) break;
    if (static_cast<int>(i) == hole) {
      text += kValueMark;
    } else {
      text += "{}";
    }
  }
  return text;
}

std::string WithClass(std::string_view excerpt, std::string_view class_name) {
  std::string text;
  text.reserve(excerpt.size() + class_name.size() + 2);
  for (const char c : excerpt) {
    if (c == kValueMark) {
      text += '[';
      text += class_name;
      text += ']';
    } else {
      text += c;
    }
  }
  return text;
}

}  // namespace logspill
