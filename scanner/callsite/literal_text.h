// Decodes what stands between the quotes of a string literal.
//
// Errors:    an escape that is none stays as it is written.
// Cost:      one pass.

#pragma once

#include <string>
#include <string_view>

namespace logspill {

struct LiteralStyle {
  bool raw = false;             // no escapes
  bool quoted = false;          // only the backslash and the quote are escaped
  bool interpolated = false;    // braces are doubled
  bool bytes = false;           // \u is no escape
  bool drop_unknown = false;    // "\d" is "d"
  bool trim_joins = false;      // blanks behind an escaped newline are left out
  bool doubled_quotes = false;  // "" is a quote
  bool block = false;           // the margin is taken away
};

// Where the quotes of a literal are, and the letters before them.
struct LiteralBounds {
  std::size_t opening = 0;  // bytes, up to and with the quotes
  std::size_t closing = 0;
  std::string_view prefix;  // "rb" of rb"..."
};

// Reads the ends of a literal: "...", '...', """...""", `...`, r#"..."#,
// R"x(...)x", %q(...).
LiteralBounds BoundsOf(std::string_view literal);

// Appends the decoded `body` to `out`, as UTF-8.
void AppendLiteral(std::string_view body, const LiteralStyle& style,
                   std::string* out);

// A text block without the blanks that all its lines begin with.
std::string WithoutMargin(std::string_view body);

}  // namespace logspill
