#include "scanner/callsite/access_format.h"

#include <algorithm>
#include <cstring>

namespace logspill {
namespace {

constexpr std::size_t kMostBytes = 4096;  // of one format
constexpr std::size_t kMostBetween = 64;  // from the keyword to its text

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool IsWordByte(char c) {
  return IsLetter(c) || (c >= '0' && c <= '9') || c == '_';
}
bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// "request uri" of "REQUEST_URI" and "{Request-URI}i".
std::string Plain(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (IsWordByte(c) && c != '_') {
      plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    } else if (!plain.empty() && plain.back() != ' ') {
      plain += ' ';
    }
  }
  while (plain.ends_with(' ')) plain.pop_back();
  return plain;
}

// Reads one format: literal text, and holes where its syntax has variables.
class FormatReader {
 public:
  FormatReader(const AccessFormatRule& rule, std::string_view text)
      : rule_(rule), text_(text), message_{{""}, {}} {}

  LogTemplate Read() {
    while (at_ < text_.size()) {
      if (!Variable()) message_.literals.back() += text_[at_++];
    }
    return std::move(message_);
  }

 private:
  char At(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }

  bool Hole(std::string_view name, std::size_t end) {
    AddHole(name, text_.substr(at_, end - at_));
    at_ = end;
    return true;
  }

  void AddHole(std::string_view name, std::string_view conversion) {
    std::string argument;
    for (const auto& [variable, what] : rule_.variables) {
      if (variable == name) argument = what;
    }
    if (argument.empty()) argument = Plain(name);
    if (argument.empty()) argument = name;
    message_.holes.push_back({std::move(argument), std::string(conversion)});
    message_.literals.emplace_back();
  }

  bool Variable() {
    const char c = text_[at_];
    if (rule_.syntax == "dollar") return c == '$' && Dollar();
    if (rule_.syntax == "braces") return c == '{' && Braces();
    if (c != '%') return false;
    if (At(at_ + 1) == '%') {
      message_.literals.back() += '%';
      at_ += 2;
      return true;
    }
    if (rule_.syntax == "named") return Named();
    if (rule_.syntax == "envoy") return Envoy();
    if (rule_.syntax == "turns") return Turn();
    return Percent();
  }

  bool Dollar() {
    const bool braced = At(at_ + 1) == '{';
    const std::size_t begin = at_ + (braced ? 2 : 1);
    std::size_t end = begin;
    while (IsWordByte(At(end))) ++end;
    if (end == begin) return false;
    const auto name = text_.substr(begin, end - begin);
    return Hole(name, end + (braced && At(end) == '}' ? 1 : 0));
  }

  bool Braces() {
    const std::size_t end = text_.find('}', at_);
    if (end == std::string_view::npos) return false;
    const auto inside = text_.substr(at_ + 1, end - at_ - 1);
    return Hole(inside.substr(0, inside.find_first_of(":!")), end + 1);
  }

  // The conversion behind flags, width and precision; where it ends.
  std::size_t ConversionEnd(std::size_t at) const {
    while (std::string_view("-+ #0123456789.").find(At(at)) !=
               std::string_view::npos &&
           At(at) != '\0') {
      ++at;
    }
    return IsLetter(At(at)) ? at + 1 : 0;
  }

  bool Named() {
    if (At(at_ + 1) != '(') return false;
    const std::size_t close = text_.find(')', at_);
    if (close == std::string_view::npos) return false;
    const std::size_t end = ConversionEnd(close + 1);
    return end != 0 && Hole(text_.substr(at_ + 2, close - at_ - 2), end);
  }

  bool Turn() {
    const std::size_t end = ConversionEnd(at_ + 1);
    if (end == 0 || message_.holes.size() >= rule_.names.size()) return false;
    return Hole(rule_.names[message_.holes.size()], end);
  }

  bool Envoy() {
    const std::size_t end = text_.find('%', at_ + 1);
    if (end == std::string_view::npos) return false;
    return Hole(text_.substr(at_ + 1, end - at_ - 1), end + 1);
  }

  // %h  %>s  %{Referer}i  %200,304{User-agent}i  %^ti
  bool Percent() {
    std::size_t at = at_ + 1;
    while (std::string_view("!,<>0123456789").find(At(at)) !=
               std::string_view::npos &&
           At(at) != '\0') {
      ++at;
    }
    std::string_view inside;
    if (At(at) == '{') {
      const std::size_t close = text_.find('}', at);
      if (close == std::string_view::npos) return false;
      inside = text_.substr(at + 1, close - at - 1);
      at = close + 1;
    }
    const std::size_t begin = at;
    if (At(at) == '^') at += 2;
    if (!IsLetter(At(at))) return false;
    const auto letter = text_.substr(begin, at + 1 - begin);
    // What is inside says it, but for times and ports.
    const bool named = letter == "i" || letter == "o" || letter == "e" ||
                       letter == "n" || letter == "C" || letter == "x";
    return Hole(named && !inside.empty() ? inside : letter, at + 1);
  }

  const AccessFormatRule& rule_;
  std::string_view text_;
  std::size_t at_ = 0;
  LogTemplate message_;
};

// The quoted texts from `at` on, joined; what stands between them are blanks,
// brackets and ends of lines.
class Quoted {
 public:
  Quoted(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  std::string Read() {
    // nginx: log_format main escape=json '...'; Python: format = ('...'
    const std::size_t most = std::min(text_.size(), at_ + kMostBetween);
    while (at_ < most && text_[at_] != '\'' && text_[at_] != '"') {
      if (text_[at_] == ';' || text_[at_] == '\n') {
        if (!open_) return {};
      }
      open_ = open_ || text_[at_] == '(' || text_[at_] == '\\';
      ++at_;
    }
    begin_ = at_;
    while (at_ < text_.size() && (text_[at_] == '\'' || text_[at_] == '"')) {
      if (!One()) return {};
      while (at_ < text_.size() &&
             (IsBlank(text_[at_]) || text_[at_] == '\\')) {
        ++at_;
      }
    }
    return std::move(joined_);
  }
  std::size_t begin() const { return begin_; }

 private:
  bool One() {
    const char quote = text_[at_++];
    for (; at_ < text_.size() && text_[at_] != quote; ++at_) {
      if (text_[at_] == '\n' || joined_.size() > kMostBytes) return false;
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
        ++at_;
        if (text_[at_] == 'n') continue;
        if (text_[at_] == 't') {
          joined_ += '\t';
          continue;
        }
      }
      joined_ += text_[at_];
    }
    if (at_ == text_.size()) return false;
    ++at_;
    return true;
  }

  std::string_view text_;
  std::size_t at_;
  std::size_t begin_ = 0;
  bool open_ = false;
  std::string joined_;
};

bool HasExtension(const AccessFormatRule& rule, std::string_view file) {
  return std::any_of(
      rule.extensions.begin(), rule.extensions.end(),
      [&](const std::string& end) { return file.ends_with(end); });
}

bool HoldsOneOf(std::string_view text, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return ::memmem(text.data(), text.size(), word.data(), word.size()) !=
           nullptr;
  });
}

std::uint32_t LineAt(std::string_view text, std::size_t at) {
  return static_cast<std::uint32_t>(
      std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at),
                 '\n') +
      1);
}

// Whether a comment begins the line that holds `at`.
bool IsComment(std::string_view text, std::size_t at) {
  std::size_t begin = text.rfind('\n', at);
  begin = begin == std::string_view::npos ? 0 : begin + 1;
  while (begin < at && IsBlank(text[begin])) ++begin;
  return text[begin] == '#';
}

void FindBehind(const AccessFormatRule& rule, const std::string& keyword,
                const std::string& root, const std::string& file,
                std::string_view text, std::vector<CallSite>* sites) {
  for (std::size_t at = text.find(keyword); at != std::string_view::npos;
       at = text.find(keyword, at + 1)) {
    const std::size_t end = at + keyword.size();
    if (end < text.size() && IsWordByte(text[end])) continue;
    if (IsComment(text, at)) continue;
    Quoted quoted(text, end);
    const std::string format = quoted.Read();
    if (format.empty()) continue;
    auto message = ReadAccessFormat(rule, format);
    if (!message || !PrintsRequest(*message)) continue;
    sites->push_back(AccessSite(rule, std::move(*message), root, file,
                                LineAt(text, quoted.begin())));
  }
}

}  // namespace

const std::vector<std::string>& AccessSyntaxes() {
  static const std::vector<std::string> names = {"dollar", "percent", "named",
                                                 "braces", "envoy",   "turns"};
  return names;
}

std::optional<LogTemplate> ReadAccessFormat(const AccessFormatRule& rule,
                                            std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  LogTemplate message = FormatReader(rule, text).Read();
  if (message.holes.empty()) return std::nullopt;
  return message;
}

CallSite AccessSite(const AccessFormatRule& rule, LogTemplate message,
                    const std::string& root, const std::string& file,
                    std::uint32_t line) {
  CallSite site;
  site.id = "access:" + file + ":" + std::to_string(line);
  site.language = "access";
  site.framework = rule.framework;
  site.root = root;
  site.file = file;
  site.line = site.end_line = line;
  site.column = 1;
  site.message = std::move(message);
  site.flags = {"format"};
  return site;
}

bool PrintsRequest(const LogTemplate& message) {
  return std::any_of(
      message.holes.begin(), message.holes.end(), [](const Hole& hole) {
        static constexpr std::string_view kRequests[] = {
            "request line", "request method", "request uri", "request url",
            "request path"};
        return std::find(std::begin(kRequests), std::end(kRequests),
                         hole.argument) != std::end(kRequests);
      });
}

std::vector<CallSite> FindAccessFormats(
    const std::vector<AccessFormatRule>& rules, const std::string& root,
    const std::string& file, std::string_view text) {
  std::vector<CallSite> sites;
  for (const AccessFormatRule& rule : rules) {
    if (!HasExtension(rule, file)) continue;
    if (!rule.marks.empty() && !HoldsOneOf(text, rule.marks)) continue;
    if (!HoldsOneOf(text, rule.keywords)) continue;
    for (const std::string& keyword : rule.keywords) {
      FindBehind(rule, keyword, root, file, text, &sites);
    }
  }
  return sites;
}

}  // namespace logspill
