// Which texts a pattern can begin with: so that a rule whose anchors stand at
// the start of every match is tried just there, and a rule without anchors gets
// some.
//
// Threads:   pure functions.
// Cost:      compile time only.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace logspill {

struct Leading {
  std::vector<std::string>
      prefixes;             // every match begins with one of them, behind
  std::uint32_t slack = 0;  //   at most this many bytes
  bool caseless = false;
};

// Prefixes may be empty strings where nothing is known.
Leading FindLeading(std::string_view pattern);

// True where every match of a pattern with this leading begins with an anchor.
bool BeginsWithAnchor(const Leading& leading,
                      const std::vector<std::string>& anchors, bool caseless);

}  // namespace logspill
