// Finds text between two markers over several lines: PEM blocks and their like.
//
// Threads:   pure functions.
// Cost:      O(region), at most kRegionBytes.
// Units:     offsets are in bytes of the text.

#pragma once

#include <cstdint>
#include <optional>

#include "scanner/match/pattern_search.h"

namespace logspill {

inline constexpr std::uint32_t kRegionBytes = 64 << 10;

struct FoundRegion {
  Span value;
  Span head;              // what the rule's pattern matched
  Validation validation;  // of the head
  bool finished = false;  // by its end marker
};

// The region of `rule` whose begin marker stands at `begin`.  Lines end at newlines,
// also where `text` is one decoded record.
std::optional<FoundRegion> FindRegion(const CompiledRule& rule,
                                      const SearchText& text,
                                      std::uint32_t begin);

}  // namespace logspill
