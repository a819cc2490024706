#include "scanner/callsite/placeholder.h"

#include <string_view>

namespace logspill {
namespace {

// Hands out arguments by position or by name.
class Supply {
 public:
  explicit Supply(const FormatArguments& arguments) : from_(arguments) {}

  std::string Next() { return At(next_++); }

  std::string At(std::size_t position) const {
    if (position < from_.positional.size()) return from_.positional[position];
    if (!from_.spread.empty()) return from_.spread;
    return from_.mapping;
  }

  std::string Named(std::string_view name) const {
    for (const auto& [key, value] : from_.named) {
      if (key == name) return value;
    }
    const std::string* all = &from_.mapping;
    if (all->empty() && from_.positional.size() == 1) {
      all = &from_.positional[0];
    }
    if (all->empty()) return {};
    return *all + "['" + std::string(name) + "']";
  }

 private:
  const FormatArguments& from_;
  std::size_t next_ = 0;
};

class Output {
 public:
  void Text(std::string_view text) { text_ += text; }

  void Hole(std::string expression, std::string_view conversion) {
    Flush();
    pieces_.push_back(
        HolePiece(std::move(expression), std::string(conversion)));
  }

  void Keep(const Piece& hole) {
    Flush();
    pieces_.push_back(hole);
  }

  Pieces Take() {
    Flush();
    return std::move(pieces_);
  }

 private:
  void Flush() {
    if (!text_.empty()) pieces_.push_back(LiteralPiece(std::move(text_)));
    text_.clear();
  }

  std::string text_;
  Pieces pieces_;
};

bool IsOneOf(char c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}

struct PrintfSpec {
  std::size_t size = 0;  // 0: no placeholder
  std::string_view name;
  int stars = 0;  // arguments that give width or precision
  char type = 0;
};

PrintfSpec ReadPrintf(std::string_view text) {
  PrintfSpec spec;
  std::size_t at = 1;
  if (at < text.size() && text[at] == '(') {
    const std::size_t close = text.find(')', at);
    if (close == std::string_view::npos) return spec;
    spec.name = text.substr(at + 1, close - at - 1);
    at = close + 1;
  }
  while (at < text.size() && IsOneOf(text[at], "#0- +*.123456789hlLqjzt")) {
    spec.stars += text[at] == '*';
    ++at;
  }
  if (at >= text.size()) return spec;
  spec.type = text[at];
  if (!IsOneOf(spec.type, "diouxXeEfFgGcrsapvT%")) return spec;
  spec.size = at + 1;
  return spec;
}

void ScanPrintf(std::string_view text, Supply* supply, Output* out) {
  while (!text.empty()) {
    const std::size_t percent = text.find('%');
    out->Text(text.substr(0, percent));
    if (percent == std::string_view::npos) return;
    text.remove_prefix(percent);
    const PrintfSpec spec = ReadPrintf(text);
    if (spec.size == 0) {
      out->Text(text.substr(0, 1));
      text.remove_prefix(1);
      continue;
    }
    if (spec.type == '%') {
      out->Text("%");
    } else {
      for (int i = 0; i < spec.stars; ++i) supply->Next();
      out->Hole(spec.name.empty() ? supply->Next() : supply->Named(spec.name),
                text.substr(0, spec.size));
    }
    text.remove_prefix(spec.size);
  }
}

// The length of the field at the start of `text`, braces included; 0 where it
// does not end.
std::size_t FieldSize(std::string_view text) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    depth += text[i] == '{';
    depth -= text[i] == '}';
    if (depth == 0) return i + 1;
  }
  return 0;
}

std::string BraceArgument(std::string_view field, Supply* supply) {
  const std::string_view whole = field.substr(0, field.find_first_of("!:"));
  const std::string_view name = whole.substr(0, whole.find_first_of(".["));
  const std::string_view rest = whole.substr(name.size());
  if (name.empty()) return supply->Next() + std::string(rest);
  if (name.find_first_not_of("0123456789") != std::string_view::npos ||
      name.size() > 3) {
    return supply->Named(name) + std::string(rest);
  }
  std::size_t position = 0;
  for (const char c : name) {
    position = position * 10 + static_cast<std::size_t>(c - '0');
  }
  return supply->At(position) + std::string(rest);
}

void ScanBrace(std::string_view text, Supply* supply, Output* out) {
  while (!text.empty()) {
    const std::size_t brace = text.find_first_of("{}");
    out->Text(text.substr(0, brace));
    if (brace == std::string_view::npos) return;
    text.remove_prefix(brace);
    const bool twice = text.size() > 1 && text[1] == text[0];
    const std::size_t size = twice || text[0] == '}' ? 0 : FieldSize(text);
    if (size == 0) {
      out->Text(text.substr(0, 1));
      text.remove_prefix(twice ? 2 : 1);
      continue;
    }
    out->Hole(BraceArgument(text.substr(1, size - 2), supply),
              text.substr(0, size));
    text.remove_prefix(size);
  }
}

template <typename Scan>
Pieces Format(const Pieces& pieces, const FormatArguments& arguments,
              Scan scan) {
  Supply supply(arguments);
  Output out;
  for (const Piece& piece : pieces) {
    if (piece.is_hole) {
      out.Keep(piece);
    } else {
      scan(piece.text, &supply, &out);
    }
  }
  return out.Take();
}

}  // namespace

Pieces FormatPrintf(const Pieces& pieces, const FormatArguments& arguments) {
  return Format(pieces, arguments, ScanPrintf);
}

Pieces FormatBrace(const Pieces& pieces, const FormatArguments& arguments) {
  return Format(pieces, arguments, ScanBrace);
}

}  // namespace logspill
