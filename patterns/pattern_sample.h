// Texts that a pattern matches: examples for rules that come without any.
//
// Threads:   pure functions; the same number makes the same text.
// Cost:      O(text).

#pragma once

#include <cstdint>
#include <string>

#include "scanner/rule/pattern_tree.h"

namespace logspill {

// The `number`-th text that the pattern is likely to match: assertions are not
// looked at, so the caller tries it.  What `value_group` holds (0: the whole)
// is long and varied; the rest is short.
std::string SampleOf(const PatternTree& tree, int value_group,
                     std::uint32_t number);

}  // namespace logspill
