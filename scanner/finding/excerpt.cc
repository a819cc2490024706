#include "scanner/finding/excerpt.h"

#include <algorithm>

namespace logspill {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsWordByte(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Appends `text` with what stands between quotes masked, and what runs into the
// window from outside: half a word can be half a value.
void MaskText(std::string_view text, bool cut_front, bool cut_back,
              std::string* out) {
  std::size_t begin = 0;
  std::size_t end = text.size();
  if (cut_front) {
    while (begin < end && IsWordByte(text[begin])) ++begin;
    *out += "...";
  }
  if (cut_back) {
    while (end > begin && IsWordByte(text[end - 1])) --end;
  }
  char quote = 0;
  for (const char c : text.substr(begin, end - begin)) {
    if (quote != 0) {
      if (c != quote) continue;
      quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
      *out += c;
      *out += "...";
      continue;
    }
    *out += IsDigit(c) ? '#' : (c >= 0 && c < 0x20) || c == 0x7f ? ' ' : c;
  }
  if (cut_back) *out += "...";
}

struct Window {
  std::uint32_t begin;
  std::uint32_t end;
};

// Appends the text of a side of the value, without the other matches that reach into it.
void MaskSide(std::string_view record, Window side,
              std::span<const Span> others, bool front, std::string* out) {
  std::uint32_t at = side.begin;
  bool cut = front && side.begin > 0;
  for (const Span& other : others) {
    if (other.end <= at || other.begin >= side.end) continue;
    if (other.begin > at) {
      MaskText(record.substr(at, other.begin - at), cut, false, out);
    }
    *out += "[...]";
    at = std::min(other.end, side.end);
    cut = false;
  }
  if (at < side.end) {
    MaskText(record.substr(at, side.end - at), cut,
             !front && side.end < record.size(), out);
  }
}

}  // namespace

std::string MaskedExcerpt(std::string_view record, Span value,
                          std::span<const Span> others) {
  const auto size = static_cast<std::uint32_t>(record.size());
  const Window before{value.begin - std::min(value.begin, kExcerptReach),
                      value.begin};
  const Window behind{value.end,
                      value.end + std::min(size - value.end, kExcerptReach)};
  std::string excerpt;
  excerpt.reserve(4 * kExcerptReach);
  MaskSide(record, before, others, true, &excerpt);
  excerpt += kValueMark;
  MaskSide(record, behind, others, false, &excerpt);
  return excerpt;
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
  PutClass(excerpt, class_name, &text);
  return text;
}

void PutClass(std::string_view excerpt, std::string_view class_name,
              std::string* out) {
  out->clear();
  for (;;) {
    const std::size_t mark = excerpt.find(kValueMark);
    *out += excerpt.substr(0, mark);
    if (mark == std::string_view::npos) return;
    *out += '[';
    *out += class_name;
    *out += ']';
    excerpt.remove_prefix(mark + 1);
  }
}

}  // namespace logspill
