// Which texts a pattern can begin with: so that a rule whose anchors stand at
// the start of every match is tried just there, and a rule without anchors gets
// some.
//
// Threads:   pure functions.
// Cost:      compile time only.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logspill {

inline constexpr char kAnyByte = '\0';  // in a prefix: one byte, whichever

struct Leading {
  std::vector<std::string>
      prefixes;             // every match begins with one of them, behind
  std::uint32_t slack = 0;  //   at most this many bytes
  bool caseless = false;
};

// Prefixes may be empty strings where nothing is known.
Leading FindLeading(std::string_view pattern);

// How many bytes stand in front of the first anchor of a match, at most; nullopt
// where it can be many, or a match need not hold any.
std::optional<std::uint32_t> AnchorSlack(
    const Leading& leading, const std::vector<std::string>& anchors,
    bool caseless);

}  // namespace logspill
