#include "scanner/callsite/shape_text.h"

#include <algorithm>
#include <string>

namespace logspill {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t'; }
bool IsSpace(char c) { return IsBlank(c) || c == '\n' || c == '\r'; }

// Calls `use` with the text of each literal and the place of each line's first
// byte in it.
template <typename Use>
void EachLine(Pieces* pieces, const Use& use) {
  bool starts = true;
  for (Piece& piece : *pieces) {
    if (piece.is_hole) {
      starts = false;
      continue;
    }
    for (std::size_t at = 0; at < piece.text.size();) {
      if (starts) use(&piece, at);
      const std::size_t end = piece.text.find('\n', at);
      starts = end != std::string::npos;
      at = starts ? end + 1 : piece.text.size();
    }
  }
}

std::size_t MarginAt(const Piece& piece, std::size_t at, bool is_last) {
  std::size_t end = at;
  while (end < piece.text.size() && IsBlank(piece.text[end])) ++end;
  const bool empty =
      end < piece.text.size() ? piece.text[end] == '\n' : is_last;
  return empty ? std::string::npos : end - at;
}

void DropMargin(Pieces* pieces) {
  if (pieces->empty()) return;
  std::size_t margin = std::string::npos;
  const Piece* last = &pieces->back();
  EachLine(pieces, [&](const Piece* piece, std::size_t at) {
    margin = std::min(margin, MarginAt(*piece, at, piece == last));
  });
  if (margin == 0) return;
  EachLine(pieces, [&](Piece* piece, std::size_t at) {
    std::size_t end = at;
    while (end < piece->text.size() && end - at < margin &&
           IsBlank(piece->text[end])) {
      ++end;
    }
    piece->text.erase(at, end - at);
  });
}

void Strip(Pieces* pieces) {
  if (pieces->empty()) return;
  if (Piece& first = pieces->front(); !first.is_hole) {
    first.text.erase(0, first.text.find_first_not_of(" \t\r\n"));
  }
  if (Piece& last = pieces->back(); !last.is_hole) {
    last.text.erase(last.text.find_last_not_of(" \t\r\n") + 1);
  }
}

void Squish(Pieces* pieces) {
  Strip(pieces);
  for (Piece& piece : *pieces) {
    if (piece.is_hole) continue;
    std::string text;
    for (const char c : piece.text) {
      if (!IsSpace(c)) {
        text += c;
      } else if (text.empty() || text.back() != ' ') {
        text += ' ';
      }
    }
    piece.text = std::move(text);
  }
}

}  // namespace

void ShapeText(std::string_view shape, Pieces* pieces) {
  if (shape == "margin") DropMargin(pieces);
  if (shape == "strip") Strip(pieces);
  if (shape == "squish") Squish(pieces);
}

}  // namespace logspill
