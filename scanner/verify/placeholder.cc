#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "scanner/verify/text.h"
#include "scanner/verify/validators.h"

namespace logspill {
namespace {

// A value that is nothing but one of these.
constexpr std::string_view kWholeWords[] = {
    "changeme", "change_me", "change-me",   "default",    "dummy",
    "foo",      "foobar",    "placeholder", "redacted",   "replaceme",
    "sample",   "secret",    "todo",        "token",      "undefined",
    "password", "passwd",    "pass",        "pwd",        "apikey",
    "api_key",  "api-key",   "your_token",  "mypassword", "removed",
    "hidden",   "masked",    "filtered",    "scrubbed",
};

// Words that no generated value holds by chance, as a part of it.
constexpr std::string_view kParts[] = {
    "example",    "changeme",   "change_me", "placeholder", "redacted",
    "replace_me", "replaceme",  "your_",     "your-",       "insert_",
    "dummy",      "not-a-real", "notreal",   "fake_",       "fake-",
};

bool AllEqual(std::string_view value) {
  return value.size() >= 3 &&
         value.find_first_not_of(value[0]) == std::string_view::npos;
}

// x, *, #, ?, '.', '_', '-' and 0 alone; with at least three of them.
bool OnlyMaskBytes(std::string_view value) {
  return value.size() >= 3 &&
         value.find_first_not_of("xX*#?._-0 ") == std::string_view::npos;
}

bool HoldsRun(std::string_view value, std::string_view bytes,
              std::size_t size) {
  for (const char c : bytes) {
    if (value.find(std::string(size, c)) != std::string_view::npos) return true;
  }
  return false;
}

// <password>, ${VAR}, {{ var }}, $(command), %(name)s, %VAR%, [hidden].
bool IsVariable(std::string_view value) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kPairs{
      {{"<", ">"},
       {"${", "}"},
       {"{{", "}}"},
       {"$(", ")"},
       {"%(", ")s"},
       {"%", "%"},
       {"[", "]"}}};
  return std::any_of(kPairs.begin(), kPairs.end(), [&](const auto& pair) {
    return value.size() > pair.first.size() + pair.second.size() &&
           value.starts_with(pair.first) && value.ends_with(pair.second);
  });
}

// Digits, or digits and the letters behind them, each one more than the last:
// 123456, 0123456789, 123456789012, 0123456789abcdef.
bool CountsUp(std::string_view value) {
  char last = 0;
  std::size_t seen = 0;
  for (const char c : value) {
    if (c == '-' || c == ' ' || c == '+' || c == '.') continue;
    if (!IsHex(c)) return false;
    const char lower = ToLower(c);
    const bool next = lower == last + 1 || (last == '9' && lower == '0') ||
                      (last == '9' && lower == 'a') ||
                      (last == 'f' && lower == '0');
    if (seen != 0 && !next) return false;
    last = lower;
    ++seen;
  }
  return seen >= 6;
}

}  // namespace

bool IsPlaceholder(std::string_view value) {
  if (value.empty()) return false;
  if (AllEqual(value) || OnlyMaskBytes(value) || CountsUp(value)) return true;
  if (HoldsRun(value, "*", 3) || HoldsRun(value, "xX", 5)) return true;
  if (IsVariable(value)) return true;
  const auto is = [&](std::string_view word) {
    return EqualCaseless(value, word);
  };
  if (std::any_of(std::begin(kWholeWords), std::end(kWholeWords), is)) {
    return true;
  }
  const auto holds = [&](std::string_view part) {
    return ContainsCaseless(value, part);
  };
  return std::any_of(std::begin(kParts), std::end(kParts), holds);
}

}  // namespace logspill
