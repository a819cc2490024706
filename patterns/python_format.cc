// Format strings of Python's logging.Formatter, in its three styles.

#include <array>

#include "patterns/format_layout.h"
#include "patterns/layout_builder.h"
#include "scanner/record/time_pattern.h"

namespace logspill {
namespace {

using Bytes = std::string_view;
constexpr std::size_t kNone = Bytes::npos;

struct Attribute {
  Bytes name;
  HeaderField field;
};

// The attributes of a LogRecord that a header has; others are passed over.
constexpr std::array<Attribute, 12> kAttributes = {{
    {"name", HeaderField::kLogger},
    {"threadName", HeaderField::kThread},
    {"thread", HeaderField::kThread},
    {"pathname", HeaderField::kFile},
    {"filename", HeaderField::kFile},
    {"module", HeaderField::kWord},
    {"funcName", HeaderField::kFunction},
    {"lineno", HeaderField::kLine},
    {"process", HeaderField::kNumber},
    {"msecs", HeaderField::kNumber},
    {"levelno", HeaderField::kNumber},
    {"processName", HeaderField::kWord},
}};

// "%-8s", "08.3f" without its letter
void ReadPadding(Bytes flags, bool left_by_default, std::uint8_t* width,
                 bool* pad_left) {
  *pad_left = left_by_default;
  unsigned number = 0;
  for (const char c : flags) {
    if (c == '-' || c == '<') *pad_left = false;
    if (c == '>' || c == '^') *pad_left = true;
    if (c == '.') break;
    if (c >= '0' && c <= '9' && number < 20) {
      number = number * 10 + static_cast<unsigned>(c - '0');
    }
  }
  *width = static_cast<std::uint8_t>(number);
}

void AddAttribute(Bytes name, Bytes flags, bool left_by_default, Bytes datefmt,
                  LayoutBuilder* builder) {
  std::uint8_t width = 0;
  bool pad_left = false;
  ReadPadding(flags, left_by_default, &width, &pad_left);
  if (name == "asctime" && !datefmt.empty()) {
    builder->Time(TimeStyle::kPattern, datefmt);
  } else if (name == "asctime") {
    builder->Time(TimeStyle::kIso);
  } else if (name == "created") {
    builder->Time(TimeStyle::kEpoch);
  } else if (name == "levelname") {
    builder->Level(LevelStyle::kAny, width, pad_left);
  } else if (name == "message") {
    builder->Message();
  } else {
    HeaderField field = HeaderField::kSkip;
    for (const Attribute& attribute : kAttributes) {
      if (attribute.name == name) field = attribute.field;
    }
    builder->Field(field, width, pad_left);
  }
}

class PythonParser {
 public:
  PythonParser(Bytes text, Bytes datefmt, FormatLayout* layout)
      : text_(text), datefmt_(datefmt), builder_(layout) {}

  LayoutError Parse() {
    const bool percent = text_.find("%(") != kNone;
    const bool brace = !percent && text_.find('$') == kNone;
    for (at_ = 0; at_ < text_.size();) {
      const std::size_t before = at_;
      const bool read = percent ? Percent() : brace ? Brace() : Dollar();
      if (!read) return {before, "this is no field of a format", {}};
    }
    if (std::string what = builder_.Finish(); !what.empty()) {
      return {0, what, {}};
    }
    return {};
  }

 private:
  bool Plain() {
    builder_.Literal(text_.substr(at_++, 1));
    return true;
  }
  bool Percent() {
    if (text_[at_] != '%') return Plain();
    if (text_.substr(at_).starts_with("%%")) {
      ++at_;
      return Plain();
    }
    const std::size_t close = text_.find(')', at_);
    if (text_.substr(at_, 2) != "%(" || close == kNone) return false;
    std::size_t end = close + 1;
    while (end < text_.size() &&
           Bytes("-+ #0123456789.").find(text_[end]) != kNone) {
      ++end;
    }
    if (end == text_.size()) return false;
    AddAttribute(text_.substr(at_ + 2, close - at_ - 2),
                 text_.substr(close + 1, end - close - 1), true, datefmt_,
                 &builder_);
    at_ = end + 1;
    return true;
  }
  bool Brace() {
    const Bytes rest = text_.substr(at_);
    if (rest.starts_with("{{") || rest.starts_with("}}")) {
      ++at_;
      return Plain();
    }
    if (rest[0] != '{') return rest[0] != '}' && Plain();
    const std::size_t close = text_.find('}', at_);
    if (close == kNone) return false;
    const Bytes inside = text_.substr(at_ + 1, close - at_ - 1);
    const std::size_t colon = inside.find(':');
    const std::size_t mark = inside.find_first_of("!:");
    AddAttribute(inside.substr(0, mark),
                 colon == kNone ? Bytes() : inside.substr(colon + 1), false,
                 datefmt_, &builder_);
    at_ = close + 1;
    return true;
  }
  bool Dollar() {
    if (text_[at_] != '$') return Plain();
    const bool brace = text_.substr(at_).starts_with("${");
    const std::size_t begin = at_ + (brace ? 2 : 1);
    std::size_t end = begin;
    while (end < text_.size() &&
           ((text_[end] >= 'a' && text_[end] <= 'z') ||
            (text_[end] >= 'A' && text_[end] <= 'Z') || text_[end] == '_')) {
      ++end;
    }
    if (end == begin || (brace && text_.substr(end, 1) != "}")) return false;
    AddAttribute(text_.substr(begin, end - begin), {}, false, datefmt_,
                 &builder_);
    at_ = end + (brace ? 1 : 0);
    return true;
  }

  Bytes text_;
  Bytes datefmt_;
  LayoutBuilder builder_;
  std::size_t at_ = 0;
};

}  // namespace

LayoutError CompilePythonFormat(std::string_view text, std::string_view datefmt,
                                FormatLayout* layout) {
  layout->clear();
  if (UnknownTimeCode(datefmt) != kNone) {
    return {0, "unknown code in datefmt", {}};
  }
  return PythonParser(text, datefmt, layout).Parse();
}

}  // namespace logspill
