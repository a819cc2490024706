#include <algorithm>
#include <array>
#include <cstdint>
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
  return value.size() >= 3 && value[0] == value[1] &&
         value.find_first_not_of(value[0]) == std::string_view::npos;
}

// x, *, #, ?, '.', '_', '-' and 0 alone; with at least three of them.
bool OnlyMaskBytes(std::string_view value) {
  constexpr std::string_view kMask = "xX*#?._-0 ";
  return value.size() >= 3 &&
         std::all_of(value.begin(), value.end(), [&](char c) {
           return kMask.find(c) != std::string_view::npos;
         });
}

// The same byte of `bytes` at least `size` times in a row.
bool HoldsRun(std::string_view value, std::string_view bytes,
              std::size_t size) {
  std::size_t run = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    run = i > 0 && value[i] == value[i - 1] ? run + 1 : 1;
    if (run >= size && bytes.find(value[i]) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

// A bit for each letter, of either case, and for other bytes; some share one.  One
// look rules most checks out, for nearly all values.
constexpr std::uint64_t BitOf(char c) {
  return std::uint64_t{1} << ((c & 31) | (~c & 0x40) >> 1);
}
constexpr std::uint64_t BitsOf(std::string_view value) {
  std::uint64_t bits = 0;
  for (const char c : value) bits |= BitOf(c);
  return bits;
}
constexpr std::uint64_t kMaskBits = BitsOf("*x");
constexpr std::uint64_t kBracketBits = BitsOf(">})s%]");
constexpr std::uint64_t kBehindF = BitsOf("ghijklmnopqrstuvwxyz");

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

constexpr std::size_t kLongestWord = [] {
  std::size_t longest = 0;
  for (const std::string_view word : kWholeWords) {
    longest = std::max(longest, word.size());
  }
  return longest;
}();

bool IsWholeWord(std::string_view value) {
  return value.size() <= kLongestWord &&
         std::any_of(std::begin(kWholeWords), std::end(kWholeWords),
                     [&](std::string_view word) {
                       return value.size() == word.size() &&
                              EqualCaseless(value, word);
                     });
}

constexpr std::array<std::uint64_t, std::size(kParts)> kPartBits = [] {
  std::array<std::uint64_t, std::size(kParts)> bits{};
  for (std::size_t i = 0; i < bits.size(); ++i) bits[i] = BitsOf(kParts[i]);
  return bits;
}();

// Few values hold all letters of a part.
bool HoldsPart(std::string_view value, std::uint64_t bits) {
  for (std::size_t i = 0; i < kPartBits.size(); ++i) {
    if ((kPartBits[i] & ~bits) == 0 && ContainsCaseless(value, kParts[i])) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool IsPlaceholderNumber(std::string_view value) {
  return AllEqual(value) || OnlyMaskBytes(value) || CountsUp(value);
}

bool IsPlaceholder(std::string_view value) {
  if (value.empty()) return false;
  if (IsPlaceholderNumber(value)) return true;
  const std::uint64_t bits = BitsOf(value);
  if ((bits & kMaskBits) != 0 &&
      (HoldsRun(value, "*", 3) || HoldsRun(value, "xX", 5))) {
    return true;
  }
  if ((bits & kBracketBits) != 0 && IsVariable(value)) return true;
  // Every word of the lists has a letter behind 'f'.
  if ((bits & kBehindF) == 0) return false;
  return IsWholeWord(value) || HoldsPart(value, bits);
}

}  // namespace logspill
