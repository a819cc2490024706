#include "scanner/match/fixed_pattern.h"

#include <algorithm>

namespace logspill {
namespace {

constexpr std::size_t kMaxPlaces = 512;

bool IsWord(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z') || c == '_';
}

bool Take(std::string_view* rest, std::string_view text) {
  if (!rest->starts_with(text)) return false;
  rest->remove_prefix(text.size());
  return true;
}

// A byte that stands for itself, at the front of `rest`, behind a backslash or not.
std::optional<char> TakeLiteral(std::string_view* rest,
                                std::string_view special) {
  if (rest->empty()) return std::nullopt;
  char c = (*rest)[0];
  std::size_t size = 1;
  if (c == '\\') {
    if (rest->size() < 2 || IsWord((*rest)[1])) return std::nullopt;
    c = (*rest)[1];
    size = 2;
  } else if (special.find(c) != std::string_view::npos) {
    return std::nullopt;
  }
  rest->remove_prefix(size);
  return c;
}

// {n}; 1 where none stands, 0 where it is written in any other way.
std::size_t TakeCount(std::string_view* rest) {
  if (rest->empty()) return 1;
  if (std::string_view("*+?").find((*rest)[0]) != std::string_view::npos)
    return 0;
  if ((*rest)[0] != '{') return 1;
  std::size_t count = 0;
  std::size_t i = 1;
  for (; i < rest->size() && (*rest)[i] >= '0' && (*rest)[i] <= '9'; ++i) {
    count = count * 10 + static_cast<std::size_t>((*rest)[i] - '0');
    if (count > kMaxPlaces) return 0;
  }
  if (i == 1 || i >= rest->size() || (*rest)[i] != '}') return 0;
  rest->remove_prefix(i + 1);
  if (rest->starts_with('?') || rest->starts_with('+')) return 0;
  return count;
}

}  // namespace

std::optional<FixedPattern> FixedPattern::Parse(std::string_view pattern) {
  FixedPattern fixed;
  fixed.word_before_ = Take(&pattern, "\\b");
  bool in_value = false;
  bool had_value = false;
  while (!pattern.empty()) {
    const auto place = static_cast<std::uint32_t>(fixed.classes_.size());
    if (!had_value && Take(&pattern, "(?P<value>")) {
      in_value = had_value = true;
      fixed.value_.begin = place;
      continue;
    }
    if (in_value && Take(&pattern, ")")) {
      in_value = false;
      fixed.value_.end = place;
      if (TakeCount(&pattern) != 1) return std::nullopt;
      continue;
    }
    if (pattern == "\\b") {
      fixed.word_behind_ = true;
      break;
    }
    ByteSet set{};
    if (!fixed.ParseByte(&pattern, &set)) return std::nullopt;
    const std::size_t count = TakeCount(&pattern);
    if (count == 0 || place + count > kMaxPlaces) return std::nullopt;
    fixed.classes_.insert(fixed.classes_.end(), count, fixed.Intern(set));
  }
  if (in_value || fixed.classes_.empty()) return std::nullopt;
  if (!had_value) {
    fixed.value_ = {0, static_cast<std::uint32_t>(fixed.classes_.size())};
  }
  return fixed;
}

bool FixedPattern::ParseByte(std::string_view* rest, ByteSet* set) const {
  if ((*rest)[0] == '[') return ParseClass(rest, set);
  const std::optional<char> c = TakeLiteral(rest, "\\^$.|?*+()[]{}");
  if (!c) return false;
  (*set)[static_cast<unsigned char>(*c)] = true;
  return true;
}

// [0-9A-Fa-f_-]: bytes and ranges; no negation, no named classes.
bool FixedPattern::ParseClass(std::string_view* rest, ByteSet* set) const {
  rest->remove_prefix(1);
  if (rest->starts_with('^') || rest->starts_with(']')) return false;
  while (!rest->empty() && (*rest)[0] != ']') {
    const std::optional<char> low = TakeLiteral(rest, "[]");
    if (!low) return false;
    char high = *low;
    if (rest->size() > 1 && (*rest)[0] == '-' && (*rest)[1] != ']') {
      rest->remove_prefix(1);
      const std::optional<char> end = TakeLiteral(rest, "[]");
      if (!end || *end < *low) return false;
      high = *end;
    }
    for (int c = static_cast<unsigned char>(*low);
         c <= static_cast<unsigned char>(high); ++c) {
      (*set)[static_cast<std::size_t>(c)] = true;
    }
  }
  return Take(rest, "]");
}

std::uint16_t FixedPattern::Intern(const ByteSet& set) {
  const auto held = std::find(sets_.begin(), sets_.end(), set);
  const auto index = static_cast<std::uint16_t>(held - sets_.begin());
  if (held == sets_.end()) sets_.push_back(set);
  return index;
}

bool FixedPattern::MatchAt(std::string_view text, std::uint32_t begin,
                           std::uint32_t limit, Span* whole,
                           Span* value) const {
  const auto places = static_cast<std::uint32_t>(classes_.size());
  if (limit < begin || limit - begin < places) return false;
  for (std::uint32_t i = 0; i < places; ++i) {
    if (!sets_[classes_[i]][static_cast<unsigned char>(text[begin + i])])
      return false;
  }
  const std::uint32_t end = begin + places;
  const auto word = [&](std::uint32_t at) {
    return at < text.size() && IsWord(text[at]);
  };
  // The first and last bytes of such tokens are words' or not; \b asks for a change.
  if (word_before_ && (begin > 0 && word(begin - 1)) == word(begin))
    return false;
  if (word_behind_ && word(end) == word(end - 1)) return false;
  *whole = {begin, end};
  *value = {begin + value_.begin, begin + value_.end};
  return true;
}

}  // namespace logspill
