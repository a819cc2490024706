#include "scanner/correlate/printed_location.h"

#include <algorithm>
#include <charconv>

namespace logspill {
namespace {

bool IsIdentifier(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || c == '_' || c == '<' || c == '>';
  });
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsPathByte(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         c == '_' || c == '-' || c == '.' || c == '/' || c == '@' || c == '+';
}

bool IsNumber(std::string_view text, std::uint32_t* number) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, *number);
  return error == std::errc() && stop == end && !text.empty();
}

bool EndsWithPath(std::string_view path, std::string_view end) {
  if (end.empty() || !path.ends_with(end)) return false;
  return path.size() == end.size() || path[path.size() - end.size() - 1] == '/';
}

std::string_view Name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

// Where the identifier in front of `begin` begins; `begin` where there is none.
std::size_t WordBefore(std::string_view message, std::size_t begin) {
  if (begin < 2) return begin;
  const std::size_t word = message.rfind(' ', begin - 2) + 1;
  return IsIdentifier(message.substr(word, begin - 1 - word)) ? word : begin;
}

}  // namespace

std::optional<PrintedLocation> ReadTrailingLocation(std::string_view message) {
  // "[in /srv/app/desk.py:12]", "(Desk.java:12)"
  if (message.empty()) return std::nullopt;
  char open = '\0';
  const char last = message.back();
  if (!IsDigit(last) && last != ']' && last != ')') return std::nullopt;
  if (message.ends_with(']')) open = '[';
  if (message.ends_with(')')) open = '(';
  if (open != '\0') message.remove_suffix(1);
  const std::size_t colon = message.rfind(':');
  PrintedLocation location;
  if (colon == std::string_view::npos ||
      !IsNumber(message.substr(colon + 1), &location.line)) {
    return std::nullopt;
  }
  location.begin = message.rfind(' ', colon) + 1;  // npos + 1 is the start
  const std::size_t bracket =
      open == '\0' ? std::string_view::npos : message.rfind(open, colon);
  if (open != '\0' && bracket == std::string_view::npos) return std::nullopt;
  if (open != '\0') location.begin = std::max(location.begin, bracket + 1);
  location.path = message.substr(location.begin, colon - location.begin);
  while (location.path.starts_with('#')) location.path.remove_prefix(1);
  if (Name(location.path).find('.') == std::string_view::npos) {
    return std::nullopt;
  }
  if (open != '\0') location.begin = bracket;
  location.word_begin =
      open != '\0' ? bracket : WordBefore(message, location.begin);
  return location;
}

void ReadLocations(std::string_view head,
                   std::vector<PrintedLocation>* locations) {
  std::size_t colon = head.find(':');
  for (; colon != std::string_view::npos; colon = head.find(':', colon + 1)) {
    PrintedLocation location;
    std::size_t end = colon + 1;
    while (end < head.size() && IsDigit(head[end])) ++end;
    if (!IsNumber(head.substr(colon + 1, end - colon - 1), &location.line)) {
      continue;
    }
    std::size_t begin = colon;
    while (begin > 0 && IsPathByte(head[begin - 1])) --begin;
    location.path = head.substr(begin, colon - begin);
    location.begin = location.word_begin = begin;
    const std::size_t dot = Name(location.path).rfind('.');
    if (dot == std::string_view::npos || dot == 0) continue;
    locations->push_back(location);
  }
}

bool IsSameFile(std::string_view path, std::string_view root,
                std::string_view file) {
  // Only a name was printed: %(filename)s.
  if (path.find('/') == std::string_view::npos) return Name(file) == path;
  // Only the last folders were: zap's caller.
  if (EndsWithPath(file, path)) return true;
  if (!EndsWithPath(path, file)) {
    const std::string_view tail = path.substr(path.find('/') + 1);
    return EndsWithPath(file, tail) &&
           Name(root) == path.substr(0, path.find('/'));
  }
  // "util.py" is no proof for any util.py: the root's own name must stand
  // there.
  while (root.ends_with('/')) root.remove_suffix(1);
  const std::string_view rest = path.substr(0, path.size() - file.size());
  if (file.find('/') != std::string_view::npos || rest.empty()) return true;
  return Name(root) == Name(rest.substr(0, rest.size() - 1)) ||
         Name(root) == "." || Name(root).empty();
}

}  // namespace logspill
