#include "scanner/callsite/route.h"

#include <algorithm>
#include <array>

namespace logspill {
namespace {

bool IsNameByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_';
}

constexpr std::array<std::string_view, 9> kVerbs = {
    "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "ANY"};

// The name in a parameter's brackets, without type, pattern and marks.
std::string BracedName(std::string_view inside, bool type_first, bool* rest) {
  if (inside.starts_with('*')) {
    *rest = true;
    while (inside.starts_with('*')) inside.remove_prefix(1);
  }
  if (inside.ends_with("..")) *rest = true;
  if (const auto colon = inside.find(':'); colon != std::string_view::npos) {
    const std::string_view head = inside.substr(0, colon);
    std::string_view tail = inside.substr(colon + 1);
    while (tail.starts_with(' ')) tail.remove_prefix(1);
    const std::string_view type = type_first ? head : tail;
    *rest = *rest || type == "path" || type == ".*" || type == ".+";
    inside = type_first ? tail : head;
  }
  std::size_t size = 0;
  while (inside.starts_with(' ')) inside.remove_prefix(1);
  while (size < inside.size() &&
         (IsNameByte(inside[size]) || inside[size] == '-')) {
    ++size;
  }
  return std::string(inside.substr(0, size));
}

class PathReader {
 public:
  PathReader(std::string_view text, const PathSpelling& spelling)
      : text_(text), spelling_(spelling) {}

  std::string Read() {
    while (at_ < text_.size()) Step();
    return std::move(out_);
  }

 private:
  char Now() const { return text_[at_]; }
  char Next() const { return at_ + 1 < text_.size() ? text_[at_ + 1] : '\0'; }

  void Step() {
    const char c = Now();
    if (c == kUnknownText) {
      Parameter({}, false);
      ++at_;
    } else if (spelling_.regex && StepRegex()) {
      return;
    } else if (spelling_.braces && c == '{') {
      Bracketed('{', '}', false);
    } else if (spelling_.angles && c == '<') {
      Bracketed('<', '>', true);
    } else if (spelling_.colons && (c == ':' || c == '*') &&
               (out_.empty() || out_.back() != '\\')) {
      Colon();
    } else if (spelling_.options && (c == '(' || c == ')')) {
      at_ = c == '(' ? Closing('(', ')') + 1 : at_ + 1;
    } else {
      out_ += c;
      ++at_;
    }
  }

  void Parameter(std::string_view name, bool rest) {
    // Two that stand side by side cannot be told apart.
    if (out_.ends_with('}')) return;
    out_ += '{';
    out_ += name;
    out_ += rest ? "...}" : "}";
  }

  // Where the bracket at at_ is closed; the end where it is not.
  std::size_t Closing(char open, char close) const {
    int depth = 0;
    for (std::size_t i = at_; i < text_.size(); ++i) {
      if (text_[i] == '\\') {
        ++i;
      } else if (text_[i] == open) {
        ++depth;
      } else if (text_[i] == close && --depth == 0) {
        return i;
      }
    }
    return text_.size();
  }

  void Bracketed(char open, char close, bool type_first) {
    const std::size_t end = Closing(open, close);
    const std::string_view inside = text_.substr(at_ + 1, end - at_ - 1);
    bool rest = false;
    // Go's mark of an exact end: "/files/{$}".
    if (inside != "$") {
      const std::string name = BracedName(inside, type_first, &rest);
      Parameter(name, rest);
    }
    at_ = end + 1;
  }

  void Colon() {
    const bool rest = Now() == '*';
    std::size_t end = at_ + 1;
    while (end < text_.size() && IsNameByte(text_[end])) ++end;
    const std::string_view name = text_.substr(at_ + 1, end - at_ - 1);
    if (name.empty() && !rest) {
      out_ += Now();
      ++at_;
      return;
    }
    Parameter(name, rest);
    at_ = end;
    if (at_ < text_.size() && Now() == '(') at_ = Closing('(', ')') + 1;
    while (at_ < text_.size() && (Now() == '?' || Now() == '+')) ++at_;
  }

  bool StepRegex() {
    const char c = Now();
    if (c == '^' || c == '$') {
      ++at_;
    } else if (c == '\\') {
      const char next = Next();
      at_ += 2;
      if (next == 'Z' || next == 'A' || next == 'z') return true;
      if (IsNameByte(next)) {
        Unnamed();
      } else {
        out_ += next;
      }
    } else if (c == '(') {
      Group();
    } else if (c == '[' || c == '.') {
      at_ = c == '[' ? Closing('[', ']') + 1 : at_ + 1;
      Unnamed();
    } else if (c == '?' || c == '+' || c == '*') {
      ++at_;
    } else {
      return false;
    }
    return true;
  }

  // Text that a class stands for; its repetition is skipped.
  void Unnamed() {
    Parameter({}, false);
    if (at_ < text_.size() && Now() == '{') at_ = Closing('{', '}') + 1;
  }

  void Group() {
    const std::size_t end = Closing('(', ')');
    const std::string_view inside = text_.substr(at_ + 1, end - at_ - 1);
    std::string_view name;
    for (const std::string_view opening : {"?P<", "?<", "?P'"}) {
      if (!inside.starts_with(opening)) continue;
      name = inside.substr(opening.size());
      name = name.substr(0, name.find_first_of(">'"));
      break;
    }
    Parameter(name, inside.ends_with(".*") || inside.ends_with(".+"));
    at_ = std::min(end + 1, text_.size());
  }

  std::string_view text_;
  const PathSpelling& spelling_;
  std::size_t at_ = 0;
  std::string out_;
};

// One slash at the beginning, none at the end, none twice.
std::string WithSlashes(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    if (end > 0) {
      out += '/';
      out += path.substr(0, end);
    }
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return out.empty() ? "/" : out;
}

}  // namespace

std::vector<std::string> ParametersOf(std::string_view path) {
  std::vector<std::string> names;
  for (std::size_t at = path.find('{'); at != std::string_view::npos;
       at = path.find('{', at + 1)) {
    const std::size_t end = std::min(path.find('}', at), path.size());
    std::string_view name = path.substr(at + 1, end - at - 1);
    if (name.ends_with("...")) name.remove_suffix(3);
    names.emplace_back(name);
  }
  return names;
}

bool ReadSpelling(std::string_view words, PathSpelling* spelling) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    const std::string_view word = words.substr(0, end);
    words.remove_prefix(std::min(end + 1, words.size()));
    if (word == "braces") {
      spelling->braces = true;
    } else if (word == "angles") {
      spelling->angles = true;
    } else if (word == "colons") {
      spelling->colons = true;
    } else if (word == "regex") {
      spelling->regex = true;
    } else if (word == "options") {
      spelling->options = true;
    } else if (word != "none" && !word.empty()) {
      return false;
    }
  }
  return true;
}

ReadPath NormalisePath(std::string_view text, const PathSpelling& spelling) {
  ReadPath read;
  if (const auto blank = text.find(' '); blank != std::string_view::npos) {
    const std::string_view verb = text.substr(0, blank);
    if (std::find(kVerbs.begin(), kVerbs.end(), verb) != kVerbs.end()) {
      read.method = verb;
      text.remove_prefix(blank + 1);
      // "GET example.org/users": a host, which no request path repeats.
      const std::size_t slash = text.find('/');
      if (slash != std::string_view::npos) text.remove_prefix(slash);
    }
  }
  while (text.starts_with(kUnknownText)) text.remove_prefix(1);
  if (!spelling.regex) {
    const std::size_t colon = text.find("://");
    if (colon != std::string_view::npos && text.find('/') > colon) {
      const std::size_t slash = text.find('/', colon + 3);
      text = slash == std::string_view::npos ? "/" : text.substr(slash);
    }
    const std::size_t query = text.find('?');
    if (query != std::string_view::npos && !spelling.colons &&
        !spelling.braces && !spelling.angles) {
      text = text.substr(0, query);
    }
  }
  read.path = WithSlashes(PathReader(text, spelling).Read());
  return read;
}

std::string JoinPaths(std::string_view prefix, std::string_view path) {
  if (prefix.empty() || prefix == "/") return std::string(path);
  if (path.empty() || path == "/") return std::string(prefix);
  return std::string(prefix) + std::string(path);
}

}  // namespace logspill
