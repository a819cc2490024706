// Reads the placeholders in the literal text of a message and puts the
// arguments in their places.
//
// Errors:    what is no placeholder stays text; a placeholder without an
//            argument becomes a hole with an empty expression.
// Cost:      one pass.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "scanner/callsite/expression.h"

namespace logspill {

enum class PlaceholderStyle : std::uint8_t {
  kNone,
  kPrintf,    // %s %-30s %*d %1$s %%; named: %(name)s %<name>s %{name}
  kBrace,     // {} {0} {name.attribute!r:>10} {{
  kBraces,    // {}, in turn, and nothing else; \{} is text
  kIndex,     // {0} {1,number}; '' is a quote
  kCaptured,  // as kBrace; a name that is not given is a variable: {user:?}
  kNames,     // {UserId}, in turn: the name is a key
};

// REQUIRES: `name` is one that Syntax::Make() accepts.
PlaceholderStyle ParsePlaceholderStyle(std::string_view name);

// Arguments of positions that no placeholder took begin at `*unused`, if given.
Pieces Format(PlaceholderStyle style, const Pieces& pieces,
              const FormatArguments& arguments, std::size_t* unused = nullptr);

}  // namespace logspill
