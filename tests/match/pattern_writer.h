// Random patterns of the syntax that rules are written in.

#pragma once

#include <cstdint>
#include <iterator>
#include <random>
#include <string>

namespace logspill {

class PatternWriter {
 public:
  explicit PatternWriter(std::uint64_t seed) : random_(seed) {}

  std::string Pattern() {
    static constexpr const char* kHeads[] = {
        "",        "",          "",
        "\\b",     "(?i)",      "(?:^|[^a])",
        "(?i)\\b", "(?:\\b|_)", "(?:^|[^ab.])\\b"};
    return kHeads[random_() % std::size(kHeads)] + Alternatives(2);
  }

 private:
  std::string Alternatives(int depth) {
    std::string text = Sequence(depth);
    while (random_() % 4 == 0) text += "|" + Sequence(depth);
    return text;
  }

  std::string Sequence(int depth) {
    std::string text;
    for (std::size_t i = 1 + random_() % 3; i > 0; --i) {
      static constexpr const char* kCounts[] = {
          "", "", "", "", "?", "*", "+", "{2}", "{0,2}", "{1,2}", "??", "+?"};
      text += Atom(depth) + kCounts[random_() % std::size(kCounts)];
    }
    return text;
  }

  std::string Atom(int depth) {
    static constexpr const char* kAtoms[] = {
        "a", "b",   "A",   "_",     "\\.", "[ab]",  "[^a]",
        ".", "\\w", "\\d", "[a-b]", "[b]", "\\x61", "[[:alpha:]]"};
    if (depth > 0 && random_() % 3 == 0) {
      static constexpr const char* kGroups[] = {"(?:", "(", "(?i:", "(?-i:"};
      return kGroups[random_() % std::size(kGroups)] + Alternatives(depth - 1) +
             ")";
    }
    return kAtoms[random_() % std::size(kAtoms)];
  }

  std::mt19937_64 random_;
};

}  // namespace logspill
