// A pattern as an automaton over bytes, for a filter in front of the regex
// engine.  It takes every text that the engine takes, and may take more: groups
// and laziness say nothing to it, `^` and `$` hold everywhere, and a count above
// kMaxCount means any number.
//
// Threads:   const after Parse().
// Cost:      Parse() is linear in the pattern with its counts written out.

#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace logspill {

using ByteSet = std::bitset<256>;

struct ByteNfa {
  static constexpr std::uint32_t kMaxCount = 32;
  static constexpr std::size_t kMaxNodes = 4096;

  enum class Kind : std::uint8_t {
    kBytes,       // one byte of sets[set], then `next`
    kSplit,       // `next` or `other`
    kBoundary,    // \b, then `next`
    kNoBoundary,  // \B, then `next`
    kAccept,
  };
  struct Node {
    Kind kind = Kind::kAccept;
    std::uint32_t next = 0;
    std::uint32_t other = 0;
    std::uint32_t set = 0;
  };

  // nullopt where the pattern is too large, or holds what ReadRulePattern() does
  // not know (Unicode classes).
  // REQUIRES: `pattern` is valid for RE2, with Latin-1 text.
  static std::optional<ByteNfa> Parse(std::string_view pattern);

  std::vector<Node> nodes;
  std::vector<ByteSet> sets;  // each once
  std::uint32_t start = 0;
};

}  // namespace logspill
