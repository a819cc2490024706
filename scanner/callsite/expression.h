// A message as it is being read from source: literal text and holes in turn,
// not yet joined.  And the arguments of a call, as text.

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scanner/callsite/call_site.h"

namespace logspill {

// A letter, digit or underscore of ASCII.
inline bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_';
}

struct Piece {
  bool is_hole = false;
  std::string text;        // decoded literal text, or the expression
  std::string conversion;  // of a hole
};

using Pieces = std::vector<Piece>;

// What fills the placeholders of a format.
struct FormatArguments {
  std::vector<std::string> positional;
  std::vector<std::pair<std::string, std::string>> named;
  std::string spread;   // "*args": fills all positions that are left
  std::string mapping;  // an expression that holds all the names: "params"

  bool empty() const {
    return positional.empty() && named.empty() && spread.empty() &&
           mapping.empty();
  }
};

Piece LiteralPiece(std::string text);
Piece HolePiece(std::string expression, std::string conversion);

bool HasLiteral(const Pieces& pieces);

// Joins neighbouring literals; what is empty on both sides stays apart.
LogTemplate ToTemplate(const Pieces& pieces);

// Source text on one line: each run of white space is one blank, and a long
// text is cut.
std::string OneLine(std::string_view text);

}  // namespace logspill
