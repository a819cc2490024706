// Decodes what stands between the quotes of a string literal.
//
// Errors:    an escape that the language does not know stays as it is written.
// Cost:      one pass.

#pragma once

#include <string>
#include <string_view>

namespace logspill {

struct LiteralStyle {
  bool raw = false;           // no escapes
  bool interpolated = false;  // braces are doubled
  bool bytes = false;         // \u and \N are no escapes
};

// Reads the letters before a Python literal's quotes: rb, f, u.
LiteralStyle PythonStyle(std::string_view string_start);

// Appends the decoded `body` to `out`, as UTF-8.
void AppendPythonLiteral(std::string_view body, LiteralStyle style,
                         std::string* out);

}  // namespace logspill
