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

bool EndsWithPath(std::string_view path, std::string_view end) {
  if (end.empty() || !path.ends_with(end)) return false;
  return path.size() == end.size() || path[path.size() - end.size() - 1] == '/';
}

std::string_view Name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

}  // namespace

std::optional<PrintedLocation> ReadTrailingLocation(std::string_view message) {
  const std::size_t colon = message.rfind(':');
  if (colon == std::string_view::npos || colon + 1 >= message.size()) {
    return std::nullopt;
  }
  PrintedLocation location;
  const char* end = message.data() + message.size();
  const auto [stop, error] =
      std::from_chars(message.data() + colon + 1, end, location.line);
  if (error != std::errc() || stop != end) return std::nullopt;
  location.begin = message.rfind(' ', colon) + 1;  // npos + 1 is the start
  location.path = message.substr(location.begin, colon - location.begin);
  while (location.path.starts_with('#')) location.path.remove_prefix(1);
  if (Name(location.path).find('.') == std::string_view::npos) {
    return std::nullopt;
  }
  location.word_begin = location.begin;
  if (location.begin >= 2) {
    const std::size_t before = message.rfind(' ', location.begin - 2) + 1;
    if (IsIdentifier(message.substr(before, location.begin - 1 - before))) {
      location.word_begin = before;
    }
  }
  return location;
}

bool IsSameFile(std::string_view path, std::string_view root,
                std::string_view file) {
  // Only a name was printed: %(filename)s.
  if (path.find('/') == std::string_view::npos) return Name(file) == path;
  if (!EndsWithPath(path, file)) return false;
  // "util.py" is no proof for any util.py: the root's own name must stand
  // there.
  while (root.ends_with('/')) root.remove_suffix(1);
  const std::string_view rest = path.substr(0, path.size() - file.size());
  if (file.find('/') != std::string_view::npos || rest.empty()) return true;
  return Name(root) == Name(rest.substr(0, rest.size() - 1)) ||
         Name(root) == "." || Name(root).empty();
}

}  // namespace logspill
