// Reads the placeholders in the literal text of a message and puts the
// arguments in their places.
//
// Errors:    what is no placeholder stays text; a placeholder without an
// argument
//            becomes a hole with an empty expression.
// Cost:      one pass.

#pragma once

#include "scanner/callsite/expression.h"

namespace logspill {

// %s, %-30s, %(name)s, %*d, %%: Python's and C's.
Pieces FormatPrintf(const Pieces& pieces, const FormatArguments& arguments);

// {}, {0}, {name.attribute!r:>10}, {{: Python's str.format().
Pieces FormatBrace(const Pieces& pieces, const FormatArguments& arguments);

}  // namespace logspill
