#include "patterns/format_layout.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "patterns/layout_builder.h"
#include "patterns/suggest.h"
#include "scanner/record/time_pattern.h"

namespace logspill {
namespace {

using Bytes = std::string_view;
constexpr std::size_t kNone = Bytes::npos;
constexpr std::uint8_t kMostWidth = 200;

struct NamedField {
  Bytes name;
  HeaderField field;
};

constexpr std::array<NamedField, 12> kFields = {{
    {"*", HeaderField::kSkip},
    {"word", HeaderField::kWord},
    {"host", HeaderField::kWord},
    {"pid", HeaderField::kNumber},
    {"number", HeaderField::kNumber},
    {"context", HeaderField::kContext},
    {"logger", HeaderField::kLogger},
    {"thread", HeaderField::kThread},
    {"place", HeaderField::kPlace},
    {"file", HeaderField::kFile},
    {"line", HeaderField::kLine},
    {"function", HeaderField::kFunction},
}};

std::vector<std::string> AllNames() {
  std::vector<std::string> names = {"time",  "level", "message", "message",
                                    "pairs", "json",  "class"};
  for (const NamedField& field : kFields) names.emplace_back(field.name);
  return names;
}

LayoutError Fault(std::size_t at, std::string what, std::string hint = {}) {
  return {at, std::move(what), std::move(hint)};
}

// "5", "-5": how wide, and on which side the blanks are.
struct Padding {
  std::uint8_t width = 0;
  bool left = false;  // blanks stand before the value
};

bool ParsePadding(Bytes text, Padding* padding) {
  padding->left = !text.starts_with('-');
  if (!padding->left) text.remove_prefix(1);
  unsigned width = 0;
  const auto parsed =
      std::from_chars(text.data(), text.data() + text.size(), width);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) {
    return false;
  }
  padding->width =
      static_cast<std::uint8_t>(std::min<unsigned>(width, kMostWidth));
  return true;
}

// Reads our own notation.
class LayoutParser {
 public:
  LayoutParser(Bytes text, FormatLayout* layout)
      : text_(text), builder_(layout) {}

  LayoutError Parse();

 private:
  LayoutError Name(std::size_t begin, Bytes inside);
  LayoutError Time(std::size_t begin, Bytes style);
  LayoutError Level(std::size_t begin, Bytes style, const Padding& padding);

  Bytes text_;
  LayoutBuilder builder_;
};

LayoutError LayoutParser::Parse() {
  int depth = 0;
  for (std::size_t i = 0; i < text_.size(); ++i) {
    const Bytes rest = text_.substr(i);
    if (rest.starts_with("{{") || rest.starts_with("}}")) {
      builder_.Literal(rest.substr(0, 1));
      ++i;
    } else if (rest.starts_with("{?")) {
      builder_.OpenGroup();
      ++depth;
      ++i;
    } else if (rest[0] == '{') {
      const std::size_t end = text_.find('}', i);
      if (end == kNone) return Fault(i, "'{' is not closed");
      LayoutError error = Name(i + 1, text_.substr(i + 1, end - i - 1));
      if (!error.what.empty()) return error;
      i = end;
    } else if (rest[0] == '}') {
      if (depth-- == 0) return Fault(i, "'}' closes nothing", "write '}}'");
      builder_.CloseGroup();
    } else {
      builder_.Literal(rest.substr(0, 1));
    }
  }
  if (depth > 0) return Fault(text_.size(), "'{?' is not closed");
  if (std::string what = builder_.Finish(); !what.empty())
    return Fault(0, what);
  return {};
}

LayoutError LayoutParser::Time(std::size_t begin, Bytes style) {
  if (style.empty()) {
    builder_.Time(TimeStyle::kIso);
  } else if (style == "epoch") {
    builder_.Time(TimeStyle::kEpoch);
  } else if (style.find('%') == kNone) {
    return Fault(begin, "unknown time '" + std::string(style) + "'",
                 "epoch, or a pattern as strftime writes it");
  } else {
    const std::size_t unknown = UnknownTimeCode(style);
    if (unknown != kNone) {
      return Fault(begin + unknown, "unknown code in a time",
                   "%Y %y %m %d %e %b %B %a %A %H %I %M %S %p %f %z %Z %s");
    }
    builder_.Time(TimeStyle::kPattern, style);
  }
  return {};
}

LayoutError LayoutParser::Level(std::size_t begin, Bytes style,
                                const Padding& padding) {
  LevelStyle level = LevelStyle::kWord;
  if (style == "letter") {
    level = LevelStyle::kLetter;
  } else if (style == "any") {
    level = LevelStyle::kAny;
  } else if (!style.empty()) {
    return Fault(begin, "unknown level '" + std::string(style) + "'",
                 "letter, or any");
  }
  builder_.Level(level, padding.width, padding.left);
  return {};
}

// `inside` stands between braces, from `begin` on: "level:letter,-5".
LayoutError LayoutParser::Name(std::size_t begin, Bytes inside) {
  const std::size_t colon = inside.find(':');
  const std::size_t comma = colon == kNone ? inside.find(',') : inside.npos;
  const Bytes name = inside.substr(0, std::min(colon, comma));
  const Bytes style = colon == kNone ? Bytes() : inside.substr(colon + 1);
  Padding padding;
  if (comma != kNone && !ParsePadding(inside.substr(comma + 1), &padding)) {
    return Fault(begin + comma + 1, "the width of a field is no number");
  }
  if (name == "time") return Time(begin + name.size() + 1, style);
  if (name == "level") return Level(begin + name.size() + 1, style, padding);
  if (!style.empty()) return Fault(begin, "this field has no style");
  if (name == "message") {
    builder_.Message();
  } else if (name == "pairs" || name == "json") {
    builder_.Tail(name == "json" ? StepKind::kJson : StepKind::kPairs);
  } else if (name == "class") {
    builder_.Field(HeaderField::kClass, padding.width, padding.left);
  } else {
    const auto* field =
        std::find_if(kFields.begin(), kFields.end(),
                     [name](const NamedField& f) { return f.name == name; });
    if (field == kFields.end()) {
      return Fault(begin, "unknown field '" + std::string(name) + "'",
                   DidYouMean(std::string(name), AllNames()));
    }
    builder_.Field(field->field, padding.width, padding.left);
  }
  return {};
}

}  // namespace

LayoutError CompileLayout(std::string_view text, FormatLayout* layout) {
  layout->clear();
  return LayoutParser(text, layout).Parse();
}

}  // namespace logspill
