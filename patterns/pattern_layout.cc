// The conversion patterns of Log4j, Log4j 2 and Logback, with Spring Boot's
// additions.

#include <array>

#include "patterns/format_layout.h"
#include "patterns/layout_builder.h"

namespace logspill {
namespace {

using Bytes = std::string_view;
constexpr std::size_t kNone = Bytes::npos;

enum class Word : std::uint8_t {
  kDate,
  kLevel,
  kMessage,
  kNothing,  // is printed only at the end, or prints nothing
  kInside,   // prints its first option
  kLocation,
  kField,
};

struct Conversion {
  Bytes name;
  Word word;
  HeaderField field = HeaderField::kSkip;
};

// Longer names before those that they begin with.
constexpr std::array<Conversion, 49> kConversions = {{
    {"date", Word::kDate},
    {"d", Word::kDate},
    {"level", Word::kLevel},
    {"le", Word::kLevel},
    {"p", Word::kLevel},
    {"message", Word::kMessage},
    {"msg", Word::kMessage},
    {"m", Word::kMessage},
    {"n", Word::kNothing},
    {"throwable", Word::kNothing},
    {"exception", Word::kNothing},
    {"xThrowable", Word::kNothing},
    {"xException", Word::kNothing},
    {"rException", Word::kNothing},
    {"nopexception", Word::kNothing},
    {"nopex", Word::kNothing},
    {"wEx", Word::kNothing},
    {"xEx", Word::kNothing},
    {"rEx", Word::kNothing},
    {"ex", Word::kNothing},
    {"highlight", Word::kInside},
    {"style", Word::kInside},
    {"clr", Word::kInside},
    {"location", Word::kLocation},
    {"l", Word::kLocation},
    {"caller", Word::kLocation},
    {"logger", Word::kField, HeaderField::kLogger},
    {"lo", Word::kField, HeaderField::kLogger},
    {"class", Word::kField, HeaderField::kClass},
    {"C", Word::kField, HeaderField::kClass},
    {"contextName", Word::kField},
    {"cn", Word::kField},
    {"c", Word::kField, HeaderField::kLogger},
    {"method", Word::kField, HeaderField::kFunction},
    {"M", Word::kField, HeaderField::kFunction},
    {"file", Word::kField, HeaderField::kFile},
    {"F", Word::kField, HeaderField::kFile},
    {"line", Word::kField, HeaderField::kLine},
    {"L", Word::kField, HeaderField::kLine},
    {"threadId", Word::kField, HeaderField::kNumber},
    {"tid", Word::kField, HeaderField::kNumber},
    {"threadName", Word::kField, HeaderField::kThread},
    {"thread", Word::kField, HeaderField::kThread},
    {"tn", Word::kField, HeaderField::kThread},
    {"t", Word::kField, HeaderField::kThread},
    {"processId", Word::kField, HeaderField::kNumber},
    {"pid", Word::kField, HeaderField::kNumber},
    {"relative", Word::kField, HeaderField::kNumber},
    {"r", Word::kField, HeaderField::kNumber},
}};

// Colours of Logback: their content stands in parentheses.
bool IsColour(Bytes name) {
  static constexpr std::array<Bytes, 9> kColours = {"black",   "red",  "green",
                                                    "yellow",  "blue", "white",
                                                    "magenta", "cyan", "gray"};
  for (const Bytes colour : kColours) {
    if (name == colour) return true;
    if (name.starts_with("bold") && name.size() == colour.size() + 4 &&
        name.substr(5) == colour.substr(1)) {
      return true;
    }
  }
  return false;
}

// A pattern of SimpleDateFormat as strftime writes it; empty: ISO reads it.
bool ToStrftime(Bytes java, std::string* out) {
  for (std::size_t i = 0; i < java.size();) {
    const char c = java[i];
    std::size_t count = 1;
    while (i + count < java.size() && java[i + count] == c) ++count;
    i += count;
    switch (c) {
      case 'y':
      case 'u':
        *out += count == 2 ? "%y" : "%Y";
        break;
      case 'M':
      case 'L':
        *out += count > 2 ? "%b" : "%m";
        break;
      case 'd':
        *out += "%d";
        break;
      case 'H':
      case 'k':
        *out += "%H";
        break;
      case 'h':
      case 'K':
        *out += "%I";
        break;
      case 'm':
        *out += "%M";
        break;
      case 's':
        *out += "%S";
        break;
      case 'S':
      case 'n':
        *out += "%f";
        break;
      case 'a':
        *out += "%p";
        break;
      case 'E':
        *out += "%a";
        break;
      case 'X':
      case 'x':
      case 'Z':
        *out += "%z";
        break;
      case 'z':
        *out += "%Z";
        break;
      case '\'': {
        const std::size_t end = java.find('\'', i);
        if (count > 1) {
          *out += '\'';
        } else if (end == kNone) {
          return false;
        } else {
          *out += java.substr(i, end - i);
          i = end + 1;
        }
        break;
      }
      default:
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return false;
        out->append(count, c);
    }
  }
  return true;
}

class PatternParser {
 public:
  explicit PatternParser(FormatLayout* layout) : builder_(layout) {}

  LayoutError Parse(Bytes text) {
    text_ = text;
    if (!Walk(text)) return error_;
    if (std::string what = builder_.Finish(); !what.empty()) {
      return {0, what, {}};
    }
    return {};
  }

 private:
  bool Walk(Bytes text);
  bool Converted(Bytes* text);
  bool Property(Bytes* text);
  bool Date(Bytes option);
  bool Location();
  bool Fail(Bytes at, std::string what) {
    error_ = {static_cast<std::size_t>(at.data() - text_.data()),
              std::move(what),
              {}};
    return false;
  }

  Bytes text_;
  LayoutBuilder builder_;
  LayoutError error_;
  std::uint8_t width_ = 0;
  bool pad_left_ = false;
};

// The text between `open`, with which `*text` begins, and what closes it.
bool TakeInside(char open, char close, Bytes* text, Bytes* inside) {
  if (text->empty() || text->front() != open) return false;
  int depth = 0;
  for (std::size_t i = 0; i < text->size(); ++i) {
    depth += (*text)[i] == open ? 1 : 0;
    depth -= (*text)[i] == close ? 1 : 0;
    if (depth != 0) continue;
    *inside = text->substr(1, i - 1);
    text->remove_prefix(i + 1);
    return true;
  }
  return false;
}

bool PatternParser::Walk(Bytes text) {
  while (!text.empty()) {
    if (text.starts_with("%%") || text.starts_with("\\")) {
      text.remove_prefix(1);
      if (text.empty()) return true;
      const char c = text[0] == 't' ? '\t' : text[0];
      if (text[0] != 'n') builder_.Literal(Bytes(&c, 1));
      text.remove_prefix(1);
    } else if (text[0] == '%') {
      text.remove_prefix(1);
      if (!Converted(&text)) return false;
    } else if (text.starts_with("${")) {
      if (!Property(&text)) return false;
    } else {
      builder_.Literal(text.substr(0, 1));
      text.remove_prefix(1);
    }
  }
  return true;
}

// "${LOG_LEVEL_PATTERN:-%5p}": what stands for it where it is not set.
bool PatternParser::Property(Bytes* text) {
  const Bytes begin = *text;
  Bytes inside;
  text->remove_prefix(1);
  if (!TakeInside('{', '}', text, &inside)) {
    return Fail(begin, "'${' is not closed");
  }
  const std::size_t fallback = inside.find(":-");
  if (fallback == kNone) {
    return Fail(begin, "what this property holds is not known here");
  }
  if (inside.starts_with("PID")) {
    builder_.Field(HeaderField::kNumber);
    return true;
  }
  return Walk(inside.substr(fallback + 2));
}

bool PatternParser::Date(Bytes option) {
  if (option.starts_with('"')) option.remove_prefix(1);
  if (option == "UNIX" || option == "UNIX_MILLIS") {
    builder_.Time(TimeStyle::kEpoch);
    return true;
  }
  if (option == "ABSOLUTE") option = "HH:mm:ss,SSS";
  if (option == "DATE") option = "dd MMM yyyy HH:mm:ss,SSS";
  if (option == "COMPACT") option = "yyyyMMddHHmmssSSS";
  const bool iso = option.empty() || option.starts_with("ISO8601") ||
                   option.starts_with("DEFAULT") ||
                   option.starts_with("yyyy-MM-dd HH:mm:ss") ||
                   option.starts_with("yyyy-MM-dd'T'HH:mm:ss") ||
                   option.starts_with("yyyy/MM/dd HH:mm:ss");
  if (iso) {
    builder_.Time(TimeStyle::kIso);
    return true;
  }
  std::string pattern;
  if (!ToStrftime(option, &pattern)) return false;
  builder_.Time(TimeStyle::kPattern, pattern);
  return true;
}

// "com.foo.Bar.run(Bar.java:12)"
bool PatternParser::Location() {
  builder_.Field(HeaderField::kFunction);
  builder_.Literal("(");
  builder_.Field(HeaderField::kPlace);
  builder_.Literal(")");
  return true;
}

bool PatternParser::Converted(Bytes* text) {
  const Bytes begin = *text;
  width_ = 0;
  pad_left_ = true;
  std::size_t at = 0;
  bool fraction = false;
  for (; at < text->size() && Bytes("-.0123456789").find((*text)[at]) != kNone;
       ++at) {
    const char c = (*text)[at];
    if (c == '-' && !fraction) pad_left_ = false;
    fraction |= c == '.';
    if (!fraction && c != '-' && width_ < 20) {
      width_ = static_cast<std::uint8_t>(width_ * 10 + (c - '0'));
    }
  }
  if (width_ == 0) pad_left_ = false;
  text->remove_prefix(at);
  std::size_t end = 0;
  while (end < text->size() && (((*text)[end] | 0x20) >= 'a') &&
         (((*text)[end] | 0x20) <= 'z')) {
    ++end;
  }
  const Bytes name = text->substr(0, end);
  Bytes inside;
  Bytes ignored;
  if (name.empty() || IsColour(name) ||
      ((name == "highlight" || name == "clr") &&
       text->substr(end).starts_with('('))) {
    text->remove_prefix(end);
    if (!TakeInside('(', ')', text, &inside)) {
      return Fail(begin, "a conversion is missing behind '%'");
    }
    while (TakeInside('{', '}', text, &ignored)) {
    }
    return Walk(inside);
  }
  const Conversion* found = nullptr;
  for (const Conversion& conversion : kConversions) {
    if (name == conversion.name) found = &conversion;
  }
  // "%Xtext" is %X and text; so is "%mtext", where no longer name fits.
  for (const Conversion& conversion : kConversions) {
    if (found == nullptr && name.starts_with(conversion.name)) {
      found = &conversion;
    }
  }
  const bool mapped = name[0] == 'X' || name.starts_with("mdc") ||
                      name.starts_with("MDC") || name[0] == 'x' ||
                      name.starts_with("NDC") || name.starts_with("marker") ||
                      name.starts_with("K") || name.starts_with("u") ||
                      name.starts_with("sn") || name.starts_with("sequence") ||
                      name.starts_with("property");
  if (found == nullptr && !mapped) {
    return Fail(begin, "unknown conversion '%" + std::string(name) + "'");
  }
  std::size_t used = name.size();
  if (found != nullptr) {
    used = found->name.size();
  } else if (name[0] == 'X' || name[0] == 'x' || name[0] == 'u') {
    used = 1;
  }
  text->remove_prefix(used);
  const bool option = TakeInside('{', '}', text, &inside);
  while (option && TakeInside('{', '}', text, &ignored)) {
  }
  if (found == nullptr) {
    builder_.Field(HeaderField::kContext, width_, pad_left_);
    return true;
  }
  switch (found->word) {
    case Word::kDate:
      return Date(inside) || Fail(begin, "this date cannot be read");
    case Word::kLevel:
      builder_.Level(LevelStyle::kAny, width_, pad_left_);
      return true;
    case Word::kMessage:
      builder_.Message();
      return true;
    case Word::kNothing:
      return true;
    case Word::kInside:
      return Walk(inside);
    case Word::kLocation:
      return Location();
    case Word::kField:
      builder_.Field(found->field, width_, pad_left_);
      return true;
  }
  return true;
}

}  // namespace

LayoutError CompilePatternLayout(std::string_view text, FormatLayout* layout) {
  layout->clear();
  return PatternParser(layout).Parse(text);
}

}  // namespace logspill
