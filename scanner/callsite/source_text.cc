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
    if (const auto name = constants.Find(word); !name.empty()) {
      found.insert(name);
    }
  }
  return {found.begin(), found.end()};
}

bool IsMinified(std::string_view text) {
  constexpr std::ptrdiff_t kLineBytes = 1'000;  // more than people write
  if (text.size() < (64 << 10)) return false;
  const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
  return static_cast<std::ptrdiff_t>(text.size()) / lines > kLineBytes;
}

bool IsBinary(std::string_view text) {
  return text.substr(0, kBinaryReach).find('\0') != std::string_view::npos;
}

}  // namespace logspill
