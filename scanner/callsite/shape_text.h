// What functions such as dedent and strip do to a text with holes.
//
// Threads:   pure functions.

#pragma once

#include <string_view>

#include "scanner/callsite/expression.h"

namespace logspill {

// `shape` is a word of Language::shapers: "margin" takes away what all lines
// begin with, "strip" the blanks at both ends, "squish" makes one of each run
// of blanks as well.
void ShapeText(std::string_view shape, Pieces* pieces);

}  // namespace logspill
