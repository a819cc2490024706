#include "scanner/callsite/expression.h"

#include <algorithm>

namespace logspill {
namespace {

constexpr std::size_t kMaxExpression = 200;  // bytes; more tells nobody more

}  // namespace

Piece LiteralPiece(std::string text) { return {false, std::move(text), {}}; }

Piece HolePiece(std::string expression, std::string conversion) {
  return {true, std::move(expression), std::move(conversion)};
}

bool HasLiteral(const Pieces& pieces) {
  return std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) {
    return !piece.is_hole && !piece.text.empty();
  });
}

LogTemplate ToTemplate(const Pieces& pieces) {
  LogTemplate result;
  result.literals.emplace_back();
  for (const Piece& piece : pieces) {
    if (piece.is_hole) {
      result.holes.push_back(
          {.argument = piece.text, .conversion = piece.conversion});
      result.literals.emplace_back();
    } else {
      result.literals.back() += piece.text;
    }
  }
  return result;
}

std::string OneLine(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
    if (line.size() >= kMaxExpression) break;
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

}  // namespace logspill
