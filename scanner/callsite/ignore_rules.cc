#include "scanner/callsite/ignore_rules.h"

namespace logspill {
namespace {

// Reads the set at the start of `pattern`; returns its length, 0 where it does
// not end.
std::size_t MatchSet(std::string_view pattern, char c, bool* matches) {
  std::size_t at = 1;
  const bool negated =
      at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^');
  at += negated;
  bool found = false;
  for (bool first = true; at < pattern.size(); first = false) {
    if (pattern[at] == ']' && !first) {
      *matches = found != negated;
      return at + 1;
    }
    const char low = pattern[at];
    char high = low;
    if (at + 2 < pattern.size() && pattern[at + 1] == '-' &&
        pattern[at + 2] != ']') {
      high = pattern[at + 2];
      at += 2;
    }
    found = found || (low <= c && c <= high);
    ++at;
  }
  return 0;
}

// Steps that one comparison may take: patterns with many stars are given up.
constexpr int kMaxSteps = 100'000;

bool Match(std::string_view pattern, std::string_view path, int* steps) {
  while (!pattern.empty()) {
    if (++*steps > kMaxSteps) return false;
    if (pattern.starts_with("**")) {
      std::string_view rest = pattern.substr(2);
      if (rest.empty()) return true;
      // "a/**/b" matches "a/b", too.
      if (rest[0] == '/' && Match(rest.substr(1), path, steps)) return true;
      for (std::size_t i = 0; i < path.size(); ++i) {
        if (Match(rest, path.substr(i), steps)) return true;
      }
      return false;
    }
    if (pattern[0] == '*') {
      for (std::size_t i = 0;; ++i) {
        if (Match(pattern.substr(1), path.substr(i), steps)) return true;
        if (i == path.size() || path[i] == '/') return false;
      }
    }
    if (path.empty()) return false;
    std::size_t size = 1;
    bool same = pattern[0] == path[0];
    if (pattern[0] == '?') {
      same = path[0] != '/';
    } else if (pattern[0] == '[') {
      bool in_set = false;
      const std::size_t set = MatchSet(pattern, path[0], &in_set);
      if (set > 0) {
        size = set;
        same = in_set && path[0] != '/';
      }
    } else if (pattern[0] == '\\' && pattern.size() > 1) {
      size = 2;
      same = pattern[1] == path[0];
    }
    if (!same) return false;
    pattern.remove_prefix(size);
    path.remove_prefix(1);
  }
  return path.empty();
}

std::string_view WithoutBlanks(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  while (line.ends_with(' ') && !line.ends_with("\\ ")) line.remove_suffix(1);
  return line;
}

}  // namespace

bool WildMatch(std::string_view pattern, std::string_view path) {
  int steps = 0;
  return Match(pattern, path, &steps);
}

void IgnoreRules::Push(std::string folder, std::string_view text) {
  File file;
  file.folder = std::move(folder);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = WithoutBlanks(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty() || line[0] == '#') continue;
    Pattern pattern;
    pattern.negated = line[0] == '!';
    if (pattern.negated) line.remove_prefix(1);
    pattern.folders_only = line.ends_with('/');
    if (pattern.folders_only) line.remove_suffix(1);
    pattern.anchored = line.find('/') != std::string_view::npos;
    if (line.starts_with('/')) line.remove_prefix(1);
    if (line.empty()) continue;
    pattern.glob = line;
    file.patterns.push_back(std::move(pattern));
  }
  files_.push_back(std::move(file));
}

bool IgnoreRules::Ignores(std::string_view path, bool is_folder) const {
  for (auto file = files_.rbegin(); file != files_.rend(); ++file) {
    if (!path.starts_with(file->folder)) continue;
    const std::string_view below = path.substr(file->folder.size());
    const std::size_t slash = below.rfind('/');
    const std::string_view name =
        slash == std::string_view::npos ? below : below.substr(slash + 1);
    for (auto it = file->patterns.rbegin(); it != file->patterns.rend(); ++it) {
      if (it->folders_only && !is_folder) continue;
      if (WildMatch(it->glob, it->anchored ? below : name)) {
        return !it->negated;
      }
    }
  }
  return false;
}

}  // namespace logspill
