#include "scanner/correlate/agreement.h"

#include <algorithm>

namespace logspill {
namespace {

struct LevelName {
  std::string_view name;
  int rank;
};

constexpr LevelName kLevels[] = {
    {"trace", 0},    {"finest", 0},  {"finer", 0},  {"debug", 1},
    {"fine", 1},     {"dbg", 1},     {"info", 2},   {"information", 2},
    {"inf", 2},      {"audit", 2},   {"i", 2},      {"d", 1},
    {"notice", 3},   {"warning", 4}, {"warn", 4},   {"w", 4},
    {"error", 5},    {"err", 5},     {"severe", 5}, {"e", 5},
    {"critical", 6}, {"fatal", 6},   {"crit", 6},   {"f", 6},
};

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

int RankOf(std::string_view level) {
  for (const LevelName& row : kLevels) {
    if (row.name.size() == level.size() &&
        std::equal(level.begin(), level.end(), row.name.begin(),
                   [](char a, char b) { return Lower(a) == b; })) {
      return row.rank;
    }
  }
  return -1;
}

// "Desk:12" is Desk.
std::string_view WithoutLine(std::string_view logger) {
  const std::size_t colon = logger.rfind(':');
  if (colon == std::string_view::npos || colon + 1 == logger.size()) {
    return logger;
  }
  const std::string_view line = logger.substr(colon + 1);
  const bool digits = std::all_of(line.begin(), line.end(),
                                  [](char c) { return c >= '0' && c <= '9'; });
  return digits ? logger.substr(0, colon) : logger;
}

// The last component, cut from `path`.
std::string_view TakeLast(std::string_view* path) {
  const std::size_t dot = path->find_last_of(".$/");
  const std::string_view last =
      dot == std::string_view::npos ? *path : path->substr(dot + 1);
  *path =
      dot == std::string_view::npos ? std::string_view() : path->substr(0, dot);
  return last;
}

}  // namespace

std::string_view BareLogger(std::string_view printed) {
  printed = WithoutLine(printed);
  const std::size_t dot = printed.rfind('.');
  if (dot == std::string_view::npos || dot + 1 == printed.size()) {
    return printed;
  }
  std::string_view owner = printed.substr(0, dot);
  const std::string_view path = owner;
  const std::string_view name = TakeLast(&owner);
  const auto is_class = [](std::string_view word) {
    return !word.empty() && word[0] >= 'A' && word[0] <= 'Z';
  };
  const bool method = is_class(name) && !is_class(printed.substr(dot + 1));
  return method ? path : printed;
}

Agreement CompareLoggers(std::string_view printed, std::string_view site) {
  // A script's own logger is called __main__, whatever its module is.
  if (printed.empty() || site.empty() || printed == "__main__") {
    return Agreement::kUnknown;
  }
  if (printed == site) return Agreement::kAgree;
  printed = BareLogger(printed);
  if (printed == site) return Agreement::kAgree;
  std::string_view a = printed;
  std::string_view b = site;
  if (TakeLast(&a) != TakeLast(&b)) return Agreement::kMismatch;
  while (!a.empty() && !b.empty()) {
    const std::string_view x = TakeLast(&a);
    const std::string_view y = TakeLast(&b);
    // Each may be cut to its first letters: o.a.z; and a field of fixed width
    // cuts the front off.
    if (x.starts_with(y) || y.starts_with(x)) continue;
    if (!a.empty() || !y.ends_with(x)) return Agreement::kMismatch;
  }
  return Agreement::kAgree;
}

Agreement CompareLevels(std::string_view printed, std::string_view site) {
  const int a = RankOf(printed);
  const int b = RankOf(site);
  if (a < 0 || b < 0) return Agreement::kUnknown;
  return a == b ? Agreement::kAgree : Agreement::kMismatch;
}

}  // namespace logspill
