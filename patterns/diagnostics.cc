#include "patterns/diagnostics.h"

#include <algorithm>

namespace logspill {
namespace {

// What stands before the caret: tabs stay tabs, so that it lines up.
std::string Indent(std::string_view line, std::uint32_t column) {
  std::string indent;
  std::uint32_t at = 1;
  for (const char c : line) {
    const bool continuation = (static_cast<unsigned char>(c) & 0xc0) == 0x80;
    if (continuation) continue;
    if (at++ >= column) break;
    indent += c == '\t' ? '\t' : ' ';
  }
  return indent;
}

}  // namespace

std::string_view Diagnostics::Line(std::uint32_t line) const {
  std::string_view rest = text_;
  for (std::uint32_t i = 1; i < line; ++i) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) return {};
    rest.remove_prefix(end + 1);
  }
  std::string_view found = rest.substr(0, rest.find('\n'));
  if (found.ends_with('\r')) found.remove_suffix(1);
  return found;
}

void Diagnostics::Add(Position at, std::string_view what,
                      std::string_view hint) {
  if (++count_ > kMaxErrors) return;
  if (!report_.empty()) report_ += '\n';
  const std::string number = std::to_string(at.line);
  const std::string_view line = Line(at.line);
  report_ += name_;
  report_ += ':' + number + ':' + std::to_string(at.column) + ": ";
  report_ += what;
  report_ += "\n  " + number + " | ";
  report_ += line;
  report_ += "\n  " + std::string(number.size(), ' ') + " | " +
             Indent(line, at.column) + '^';
  if (!hint.empty()) {
    report_ += ' ';
    report_ += hint;
  }
}

}  // namespace logspill
