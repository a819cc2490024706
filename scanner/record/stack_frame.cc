#include "scanner/record/stack_frame.h"

#include <algorithm>
#include <charconv>

namespace logspill {
namespace {

using Text = std::string_view;
constexpr std::size_t kNowhere = Text::npos;

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool IsBlank(char c) { return c == ' ' || c == '\t'; }
constexpr bool IsNameByte(char c) {
  return IsDigit(c) || IsLetter(c) || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

Text Trim(Text text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && (IsBlank(text.back()) || text.back() == '\r')) {
    text.remove_suffix(1);
  }
  return text;
}

bool TakePrefix(Text prefix, Text* text) {
  if (!text->starts_with(prefix)) return false;
  text->remove_prefix(prefix.size());
  return true;
}

// Cuts ":12" off the end.
bool TakeNumber(Text* text, std::uint32_t* number) {
  const std::size_t colon = text->rfind(':');
  if (colon == kNowhere || colon + 1 == text->size()) return false;
  const char* end = text->data() + text->size();
  const auto [stop, error] =
      std::from_chars(text->data() + colon + 1, end, *number);
  if (error != std::errc() || stop != end) return false;
  *text = text->substr(0, colon);
  return true;
}

// "at com.acme.Desk.serve(Desk.java:12) ~[app.jar:1.2]"
bool ReadJava(Text line, StackFrame* frame) {
  if (!TakePrefix("at ", &line)) return false;
  const std::size_t open = line.find('(');
  const std::size_t close = line.find(')', open);
  if (open == kNowhere || close == kNowhere || open == 0) return false;
  const Text name = line.substr(0, open);
  if (name.find(' ') != kNowhere || name.find('.') == kNowhere) return false;
  Text place = line.substr(open + 1, close - open - 1);
  if (TakeNumber(&place, &frame->line)) {
    if (place.find_first_of("/ ") != kNowhere) return false;
    frame->file = place;
  } else if (place != "Native Method" && place != "Unknown Source" &&
             !place.ends_with(".java") && !place.ends_with(".kt")) {
    return false;
  }
  // "java.base/java.lang.Thread.run": the module is no part of the name.
  frame->function = name.substr(name.find('/') + 1);
  return true;
}

// "at Shop.Desk.Serve(String id) in /srv/Desk.cs:line 12"
bool ReadCSharp(Text line, StackFrame* frame) {
  if (!TakePrefix("at ", &line)) return false;
  const std::size_t close = line.rfind(") in ");
  const Text head = line.substr(0, close);
  const std::size_t open = head.find('(');
  if (open == kNowhere || open == 0) return false;
  if (close == kNowhere && !line.ends_with(')')) return false;
  frame->function = head.substr(0, open);
  if (frame->function.find(' ') != kNowhere) return false;
  if (close == kNowhere) {
    return frame->function.find('.') != kNowhere &&
           head.find(':', open) == kNowhere;
  }
  const Text place = line.substr(close + 5);
  const std::size_t number = place.rfind(":line ");
  if (number == kNowhere) return false;
  frame->file = place.substr(0, number);
  const Text digits = place.substr(number + 6);
  std::from_chars(digits.data(), digits.data() + digits.size(), frame->line);
  return true;
}

// "at serve (/srv/desk.js:10:5)", "at async file:///srv/desk.mjs:10:5"
bool ReadJavaScript(Text line, StackFrame* frame) {
  if (!TakePrefix("at ", &line)) return false;
  TakePrefix("async ", &line);
  Text place = line;
  if (line.ends_with(')')) {
    const std::size_t open = line.rfind(" (");
    if (open == kNowhere) return false;
    frame->function = line.substr(0, open);
    place = line.substr(open + 2, line.size() - open - 3);
  }
  if (place == "<anonymous>" || place == "native") return true;
  std::uint32_t column = 0;
  if (!TakeNumber(&place, &column) || !TakeNumber(&place, &frame->line)) {
    return false;
  }
  TakePrefix("file://", &place);
  frame->file = place;
  return true;
}

// File "/srv/desk.py", line 12, in serve
bool ReadPython(Text line, StackFrame* frame) {
  if (!TakePrefix("File \"", &line)) return false;
  const std::size_t quote = line.find("\", line ");
  if (quote == kNowhere) return false;
  frame->file = line.substr(0, quote);
  const Text rest = line.substr(quote + 8);
  const auto [stop, error] =
      std::from_chars(rest.data(), rest.data() + rest.size(), frame->line);
  if (error != std::errc()) return false;
  const Text behind = rest.substr(static_cast<std::size_t>(stop - rest.data()));
  if (behind.starts_with(", in ")) frame->function = behind.substr(5);
  return true;
}

// "/srv/desk.go:12 +0x1d", below the line of its function
bool ReadGo(Text line, StackFrame* frame) {
  const std::size_t offset = line.find(" +0x");
  Text place = line.substr(0, offset);
  if (!TakeNumber(&place, &frame->line)) return false;
  if (!place.ends_with(".go") && !place.ends_with(".s")) return false;
  if (place.find(' ') != kNowhere || place[0] != '/') return false;
  frame->file = place;
  return true;
}

// "main.(*Desk).serve(0xc000012345, {0x1, 0x2})", "created by main.main"
bool ReadGoFunction(Text line, StackFrame* frame) {
  if (TakePrefix("created by ", &line)) {
    frame->function = line.substr(0, line.find(" in goroutine"));
    return true;
  }
  if (!line.ends_with(')')) return false;
  const std::size_t open = line.rfind('(');
  if (open == 0 || line.substr(0, open).find(' ') != kNowhere) return false;
  const Text arguments = line.substr(open + 1, line.size() - open - 2);
  const bool plain = arguments.empty() || arguments == "..." ||
                     arguments.starts_with("0x") ||
                     arguments.starts_with("{0x");
  frame->function = line.substr(0, open);
  return plain && frame->function.find('.') != kNowhere;
}

// "3: desk::serve", below it "at ./src/desk.rs:12:5"
bool ReadRust(Text line, StackFrame* frame) {
  if (TakePrefix("at ", &line)) {
    std::uint32_t column = 0;
    Text place = line;
    if (!TakeNumber(&place, &column) || !TakeNumber(&place, &frame->line) ||
        !place.ends_with(".rs")) {
      return false;
    }
    frame->file = place;
    return true;
  }
  std::size_t digits = 0;
  while (digits < line.size() && IsDigit(line[digits])) ++digits;
  if (digits == 0 || digits > 4 || !line.substr(digits).starts_with(": ")) {
    return false;
  }
  frame->function = Trim(line.substr(digits + 2));
  return frame->function.find("::") != kNowhere ||
         (frame->function.find(' ') == kNowhere && !frame->function.empty());
}

struct FrameFormat {
  Text language;
  bool (*read)(Text line, StackFrame* frame);
  bool indented;  // only below something else
};

// Tried in turn: what is surest first.
constexpr FrameFormat kFrames[] = {
    {"python", ReadPython, true},         {"java", ReadJava, true},
    {"csharp", ReadCSharp, true},         {"rust", ReadRust, true},
    {"javascript", ReadJavaScript, true}, {"go", ReadGo, true},
    {"go", ReadGoFunction, false},
};

constexpr Text kHeads[] = {
    "Traceback (most recent call last):",
    "Exception Group Traceback (most recent call last):",
    "During handling of the above exception, another exception occurred:",
    "The above exception was the direct cause of the following exception:",
    "stack backtrace:",
    "Stack trace:",
    "Call Stack (most recent call last):",
};

// What stands before the type of an exception.
constexpr Text kBefore[] = {
    "Caused by: ", "Suppressed: ",          "Wrapped by: ",         "---> ",
    "Uncaught ",   "Unhandled exception. ", "[CIRCULAR REFERENCE: "};

// How the names of exceptions end.
constexpr Text kEnds[] = {"Exception", "Error", "Throwable",
                          "Failure",   "Fault", "Warning"};

bool IsMore(Text line) {
  if (line.starts_with("--- End of ")) return true;
  if (!line.starts_with("... ")) return false;
  return line.ends_with(" more") || line.ends_with(" common frames omitted");
}

bool IsGoroutine(Text line) {
  return line.starts_with("goroutine ") && line.ends_with("]:");
}

// The dotted name at the front: "java.lang.IllegalStateException".
Text NameOf(Text line) {
  std::size_t end = 0;
  while (end < line.size() && (IsNameByte(line[end]) || line[end] == '.')) {
    ++end;
  }
  return line.substr(0, end);
}

bool SaysException(Text name) {
  return std::any_of(std::begin(kEnds), std::end(kEnds),
                     [&](Text end) { return name.ends_with(end); });
}

// "java.lang.Foo: text", "ValueError", "panic: text"
bool ReadException(Text line, bool sure, StackLine* read, Text* text) {
  if (line.starts_with("panic: ") || line.starts_with("fatal error: ")) {
    read->exception = line.substr(0, line.find(':'));
    *text = line.substr(read->exception.size() + 2);
    return true;
  }
  if (line.starts_with("thread '")) {
    const std::size_t panicked = line.find("' panicked at ");
    if (panicked == kNowhere) return false;
    read->exception = "panic";
    *text = line.substr(panicked + 14);
    return true;
  }
  const Text name = NameOf(line);
  if (name.empty() || IsDigit(name[0]) || name.back() == '.') return false;
  const Text behind = line.substr(name.size());
  if (!behind.empty() && !behind.starts_with(": ") && behind != ":") {
    return false;
  }
  if (!sure && !SaysException(name)) return false;
  read->exception = name;
  *text = behind.size() > 2 ? behind.substr(2) : behind.substr(behind.size());
  return true;
}

bool ReadFrame(Text line, bool indented, bool in_trace, StackFrame* frame) {
  for (const FrameFormat& format : kFrames) {
    if (format.indented ? !indented : !in_trace) continue;
    *frame = StackFrame();
    if (!format.read(line, frame)) continue;
    frame->language = format.language;
    return true;
  }
  *frame = StackFrame();
  return false;
}

}  // namespace

StackLine ReadStackLine(std::string_view line, bool in_trace) {
  StackLine read;
  if (line.empty() || IsDigit(line[0])) return read;
  const bool indented = IsBlank(line[0]);
  if (!indented && !IsLetter(line[0]) && line[0] != '.' && line[0] != '-') {
    return read;
  }
  const Text text = Trim(line);
  if (text.empty()) return read;
  if (IsMore(text)) {
    read.kind = StackLine::Kind::kMore;
    return read;
  }
  for (const Text head : kHeads) {
    if (!text.starts_with(head)) continue;
    read.kind = StackLine::Kind::kHead;
    return read;
  }
  if (IsGoroutine(text)) {
    read.kind = StackLine::Kind::kHead;
    return read;
  }
  if (ReadFrame(text, indented, in_trace, &read.frame)) {
    read.kind = StackLine::Kind::kFrame;
    return read;
  }
  Text rest = text;
  bool sure = in_trace && !indented;
  for (const Text before : kBefore) sure = TakePrefix(before, &rest) || sure;
  Text behind;
  if ((!indented || rest.size() < text.size()) &&
      ReadException(rest, sure, &read, &behind)) {
    read.kind = StackLine::Kind::kException;
    const auto begin = static_cast<std::uint32_t>(behind.data() - line.data());
    read.text = {begin, begin + static_cast<std::uint32_t>(behind.size())};
    return read;
  }
  if (in_trace && indented) read.kind = StackLine::Kind::kMore;
  return read;
}

bool MayContinue(std::string_view line) {
  if (line.empty() || IsBlank(line[0]) || line[0] == '\r') return true;
  return ReadStackLine(line, true).kind != StackLine::Kind::kNone;
}

}  // namespace logspill
