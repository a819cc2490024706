#include "scanner/callsite/placeholder.h"

#include <algorithm>
#include <utility>

namespace logspill {
namespace {

// Hands out arguments by position or by name.
class Supply {
 public:
  Supply(const FormatArguments& arguments, bool captures)
      : from_(arguments), captures_(captures) {}

  // Whether arguments have names at all.
  bool has_names() const {
    return !from_.named.empty() || !from_.mapping.empty() ||
           from_.positional.size() == 1;
  }
  std::size_t used() const { return used_; }

  std::string Next() { return At(next_++); }

  std::string At(std::size_t position) {
    used_ = std::max(used_, position + 1);
    if (position < from_.positional.size()) return from_.positional[position];
    if (!from_.spread.empty()) return from_.spread;
    return from_.mapping;
  }

  std::string Named(std::string_view name) const {
    for (const auto& [key, value] : from_.named) {
      if (key == name) return value;
    }
    const std::string* all = &from_.mapping;
    if (all->empty() && from_.positional.size() == 1 && !captures_) {
      all = &from_.positional[0];
    }
    if (all->empty()) return captures_ ? std::string(name) : std::string();
    return *all + "['" + std::string(name) + "']";
  }

 private:
  const FormatArguments& from_;
  bool captures_;
  std::size_t next_ = 0;
  std::size_t used_ = 0;
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

constexpr std::string_view kConversions =
    "diouxXeEfFgGcCrsSaAbBpPvVTUqwtnmkKhHjO%";

struct PrintfSpec {
  std::size_t size = 0;  // 0: no placeholder
  std::string_view name;
  int stars = 0;     // arguments that give width or precision
  int position = 0;  // 1-based; 0: the next
  char type = 0;
};

// Reads what stands between a pair at `at`; the name is empty where there is
// none, and the return value is behind it.
std::size_t ReadName(std::string_view text, std::size_t at, char open,
                     char close, std::string_view* name) {
  if (at >= text.size() || text[at] != open) return at;
  const std::size_t end = text.find(close, at);
  if (end == std::string_view::npos) return at;
  *name = text.substr(at + 1, end - at - 1);
  return end + 1;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Go's "%[2]d": the number of the argument.
std::size_t ReadPosition(std::string_view text, std::size_t at, int* position) {
  if (at + 2 >= text.size() || text[at] != '[' || !IsDigit(text[at + 1]) ||
      text[at + 2] != ']') {
    return at;
  }
  *position = text[at + 1] - '0';
  return at + 3;
}

PrintfSpec ReadPrintf(std::string_view text, bool has_names) {
  PrintfSpec spec;
  std::size_t at = ReadName(text, 1, '(', ')', &spec.name);
  if (spec.name.empty() && has_names) {
    at = ReadName(text, at, '{', '}', &spec.name);
    if (!spec.name.empty()) {
      spec.size = at;
      return spec;
    }
    at = ReadName(text, at, '<', '>', &spec.name);
  }
  std::size_t digits = at;
  while (digits < text.size() && IsDigit(text[digits])) ++digits;
  if (digits > at && digits < at + 3 && digits < text.size() &&
      text[digits] == '$') {
    for (; at < digits; ++at)
      spec.position = spec.position * 10 + text[at] - '0';
    ++at;
  }
  while (at < text.size() && IsOneOf(text[at], "#0- +*.123456789,'")) {
    spec.stars += text[at] == '*';
    ++at;
  }
  at = ReadPosition(text, at, &spec.position);
  const std::size_t sizes = at;
  while (at < text.size() && IsOneOf(text[at], "hlLqjzt")) ++at;
  // Of the letters that say a size, some are conversions elsewhere: %t, %q.
  const bool converts = at < text.size() && IsOneOf(text[at], kConversions) &&
                        (at == sizes || text[at] != '%');
  if (!converts) --at;
  if (at < 1 || !IsOneOf(text[at], kConversions)) return spec;
  spec.type = text[at];
  spec.size = at + 1;
  return spec;
}

void ScanPrintf(std::string_view text, Supply* supply, Output* out) {
  while (!text.empty()) {
    const std::size_t percent = text.find('%');
    out->Text(text.substr(0, percent));
    if (percent == std::string_view::npos) return;
    text.remove_prefix(percent);
    const PrintfSpec spec = ReadPrintf(text, supply->has_names());
    if (spec.size == 0) {
      out->Text(text.substr(0, 1));
      text.remove_prefix(1);
      continue;
    }
    const std::string_view conversion = text.substr(0, spec.size);
    if (spec.type == '%') {
      out->Text("%");
    } else if (spec.type == 'n' && spec.name.empty()) {
      out->Text("\n");  // Java's line end
    } else if (!spec.name.empty()) {
      out->Hole(supply->Named(spec.name), conversion);
    } else if (spec.position > 0) {
      out->Hole(supply->At(static_cast<std::size_t>(spec.position) - 1),
                conversion);
    } else {
      for (int i = 0; i < spec.stars; ++i) supply->Next();
      out->Hole(supply->Next(), conversion);
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

void ScanBraces(std::string_view text, Supply* supply, Output* out) {
  while (!text.empty()) {
    const std::size_t brace = text.find("{}");
    if (brace == std::string_view::npos) break;
    const bool escaped = brace > 0 && text[brace - 1] == '\\';
    const bool twice = escaped && brace > 1 && text[brace - 2] == '\\';
    out->Text(text.substr(0, brace - escaped));
    if (escaped && !twice) {
      out->Text("{}");
    } else {
      out->Hole(supply->Next(), "{}");
    }
    text.remove_prefix(brace + 2);
  }
  out->Text(text);
}

void ScanIndex(std::string_view text, Supply* supply, Output* out) {
  while (!text.empty()) {
    const std::size_t mark = text.find_first_of("{'");
    out->Text(text.substr(0, mark));
    if (mark == std::string_view::npos) return;
    text.remove_prefix(mark);
    if (text[0] == '\'') {
      const std::size_t end = text.find('\'', 1);
      if (end == 1) out->Text("'");
      const std::size_t size = std::min(end, text.size() - 1) + 1;
      if (end != 1 && size > 2) out->Text(text.substr(1, size - 2));
      text.remove_prefix(size);
      continue;
    }
    const std::size_t size = FieldSize(text);
    std::size_t digits = 1;
    std::size_t position = 0;
    while (digits < text.size() && digits < 4 && IsDigit(text[digits])) {
      position = position * 10 + static_cast<std::size_t>(text[digits] - '0');
      ++digits;
    }
    if (size == 0 || digits == 1) {
      out->Text(text.substr(0, 1));
      text.remove_prefix(1);
      continue;
    }
    out->Hole(supply->At(position), text.substr(0, size));
    text.remove_prefix(size);
  }
}

void ScanNames(std::string_view text, Supply* supply, Output* out) {
  while (!text.empty()) {
    const std::size_t brace = text.find_first_of("{}");
    out->Text(text.substr(0, brace));
    if (brace == std::string_view::npos) return;
    text.remove_prefix(brace);
    const bool twice = text.size() > 1 && text[1] == text[0];
    const std::size_t size = twice || text[0] == '}' ? 0 : FieldSize(text);
    if (size < 3) {
      out->Text(text.substr(0, 1));
      text.remove_prefix(twice ? 2 : 1);
      continue;
    }
    out->Hole(supply->Next(), text.substr(0, size));
    text.remove_prefix(size);
  }
}

using Scan = void (*)(std::string_view, Supply*, Output*);

Scan ScanOf(PlaceholderStyle style) {
  switch (style) {
    case PlaceholderStyle::kPrintf:
      return ScanPrintf;
    case PlaceholderStyle::kBrace:
    case PlaceholderStyle::kCaptured:
      return ScanBrace;
    case PlaceholderStyle::kBraces:
      return ScanBraces;
    case PlaceholderStyle::kIndex:
      return ScanIndex;
    case PlaceholderStyle::kNames:
      return ScanNames;
    case PlaceholderStyle::kNone:
      break;
  }
  return nullptr;
}

}  // namespace

PlaceholderStyle ParsePlaceholderStyle(std::string_view name) {
  using Style = PlaceholderStyle;
  static constexpr std::pair<std::string_view, Style> kNamed[] = {
      {"printf", Style::kPrintf},     {"brace", Style::kBrace},
      {"braces", Style::kBraces},     {"index", Style::kIndex},
      {"captured", Style::kCaptured}, {"names", Style::kNames}};
  for (const auto& [known, style] : kNamed) {
    if (known == name) return style;
  }
  return Style::kNone;
}

Pieces Format(PlaceholderStyle style, const Pieces& pieces,
              const FormatArguments& arguments, std::size_t* unused) {
  if (unused) *unused = 0;
  const Scan scan = ScanOf(style);
  if (!scan) return pieces;
  Supply supply(arguments, style == PlaceholderStyle::kCaptured);
  Output out;
  for (const Piece& piece : pieces) {
    if (piece.is_hole) {
      out.Keep(piece);
    } else {
      scan(piece.text, &supply, &out);
    }
  }
  if (unused) *unused = supply.used();
  return out.Take();
}

}  // namespace logspill
