#include "patterns/diagnostics.h"

#include <algorithm>

#include "scanner/base/printable.h"

namespace logspill {
namespace {

// Of a longer line only what stands around the caret is shown.
constexpr std::size_t kShownCharacters = 100;

// A line as it is shown, and what puts a caret below one of its columns.
struct Excerpt {
  std::string text;
  std::string indent;
};

// The characters of `line` before `column`, and those of all.
struct Counts {
  std::size_t before = 0;
  std::size_t all = 0;
};

// Where a column of `line` lies; what is no UTF-8 counts by its bytes.
Counts Count(std::string_view line, std::uint32_t column) {
  Counts counts;
  EachCharacter(line, [&](const Character&, std::string_view) {
    ++counts.all;
    return true;
  });
  counts.before = std::min<std::size_t>(column - 1, counts.all);
  return counts;
}

// Tabs stay tabs, in front of the caret as well, so that it lines up.
Excerpt ExcerptOf(std::string_view line, std::uint32_t column) {
  const Counts counts = Count(line, column);
  std::size_t from = 0;
  if (counts.all > kShownCharacters) {
    from = counts.before - std::min(counts.before, kShownCharacters / 2);
  }
  Excerpt excerpt;
  if (from > 0) {
    excerpt.text = "...";
    excerpt.indent = "   ";
  }
  std::size_t at = 0;
  EachCharacter(line, [&](const Character&, std::string_view bytes) {
    const std::size_t number = at++;
    if (number < from) return true;
    if (number == from + kShownCharacters) {
      excerpt.text += "...";
      return false;
    }
    const bool tab = bytes == "\t";
    const std::string shown = tab ? "\t" : Printable(bytes);
    excerpt.text += shown;
    if (number < counts.before) {
      excerpt.indent += tab ? shown : std::string(DisplayWidth(shown), ' ');
    }
    return true;
  });
  return excerpt;
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
  const Excerpt excerpt = ExcerptOf(Line(at.line), at.column);
  report_ += Printable(name_);
  report_ += ':' + number + ':' + std::to_string(at.column) + ": ";
  report_ += Printable(what);
  report_ += "\n  " + number + " | ";
  report_ += excerpt.text;
  report_ +=
      "\n  " + std::string(number.size(), ' ') + " | " + excerpt.indent + '^';
  if (!hint.empty()) {
    report_ += ' ';
    report_ += Printable(hint);
  }
}

}  // namespace logspill
