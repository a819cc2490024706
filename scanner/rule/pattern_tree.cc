#include "scanner/rule/pattern_tree.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace logspill {
namespace {

using Bytes = std::bitset<256>;
using Kind = PatternNode::Kind;

constexpr std::uint32_t kMostRepeats = 1000;  // RE2's and Go's own limit
constexpr int kMostDepth = 250;

constexpr std::pair<std::string_view, std::string_view> kForeignGroups[] = {
    {"(?=", "lookahead"},       {"(?!", "negative lookahead"},
    {"(?<=", "lookbehind"},     {"(?<!", "negative lookbehind"},
    {"(?>", "atomic group"},    {"(?(", "conditional"},
    {"(?|", "branch reset"},    {"(?#", "comment"},
    {"(?&", "call of a group"}, {"(?R", "recursion"},
};

Bytes Range(int first, int last) {
  Bytes bytes;
  for (int c = first; c <= last; ++c) bytes.set(static_cast<std::size_t>(c));
  return bytes;
}

Bytes One(char c) {
  return Range(static_cast<unsigned char>(c), static_cast<unsigned char>(c));
}

Bytes Digits() { return Range('0', '9'); }
Bytes Letters() { return Range('a', 'z') | Range('A', 'Z'); }
Bytes Words() { return Digits() | Letters() | One('_'); }
Bytes Spaces() { return Range('\t', '\n') | Range('\f', '\r') | One(' '); }

// What \d and the like hold; nullopt where the letter names no class.
std::optional<Bytes> PerlClass(char letter) {
  switch (letter) {
    case 'd':
      return Digits();
    case 'D':
      return ~Digits();
    case 's':
      return Spaces();
    case 'S':
      return ~Spaces();
    case 'w':
      return Words();
    case 'W':
      return ~Words();
    default:
      return std::nullopt;
  }
}

std::optional<Bytes> PosixClass(std::string_view name) {
  const std::pair<std::string_view, Bytes> classes[] = {
      {"alnum", Digits() | Letters()},
      {"alpha", Letters()},
      {"ascii", Range(0, 127)},
      {"blank", One(' ') | One('\t')},
      {"cntrl", Range(0, 31) | Range(127, 127)},
      {"digit", Digits()},
      {"graph", Range(33, 126)},
      {"lower", Range('a', 'z')},
      {"print", Range(32, 126)},
      {"punct", Range(33, 126) & ~(Digits() | Letters())},
      {"space", Spaces() | Range(11, 11)},
      {"upper", Range('A', 'Z')},
      {"word", Words()},
      {"xdigit", Digits() | Range('a', 'f') | Range('A', 'F')}};
  for (const auto& [known, bytes] : classes) {
    if (known == name) return bytes;
  }
  return std::nullopt;
}

// Control characters that a letter stands for; nullopt: none.
std::optional<char> ControlOf(char letter) {
  static constexpr std::string_view kLetters = "tnrfva";
  static constexpr std::string_view kBytes = "\t\n\r\f\v\a";
  const std::size_t at = kLetters.find(letter);
  if (at == std::string_view::npos) return std::nullopt;
  return kBytes[at];
}

PatternNode ByteNode(const Bytes& bytes) {
  PatternNode node;
  node.kind = Kind::kByte;
  node.bytes = bytes;
  return node;
}

PatternNode Assertion(char assertion = 0) {
  PatternNode node;
  node.kind = Kind::kAssertion;
  node.assertion = assertion;
  return node;
}

// With the other case of each letter; Latin-1's are 0x20 apart as well.
Bytes Folded(const Bytes& plain) {
  Bytes bytes = plain;
  for (const auto& [first, last] : {std::pair('A', 'Z'), {'\xc0', '\xdf'}}) {
    for (std::size_t c = static_cast<unsigned char>(first);
         c <= static_cast<unsigned char>(last); ++c) {
      if (plain[c] || plain[c + 0x20]) bytes.set(c).set(c + 0x20);
    }
  }
  return bytes;
}

class Parser {
 public:
  // `as_matched`: with the engine's meaning of case and of bytes beyond ASCII.
  Parser(std::string_view pattern, bool as_matched, PatternFault* fault)
      : text_(pattern), as_matched_(as_matched), fault_(fault) {}

  std::optional<PatternTree> Parse() {
    tree_.root = Alternatives();
    if (!failed_ && at_ < text_.size()) Fail(at_, "a ) that nothing opens");
    if (failed_) return std::nullopt;
    return std::move(tree_);
  }

 private:
  bool AtEnd() const { return failed_ || at_ >= text_.size(); }
  bool Next(std::string_view what) const {
    return !AtEnd() && text_.substr(at_).starts_with(what);
  }
  bool Take(std::string_view what) {
    if (!Next(what)) return false;
    at_ += what.size();
    return true;
  }
  void Fail(std::size_t at, std::string what) {
    if (failed_) return;
    failed_ = true;
    *fault_ = {at, std::move(what)};
  }

  PatternNode Alternatives() {
    PatternNode node;
    node.kind = Kind::kAlternatives;
    node.children.push_back(Sequence());
    while (Take("|")) node.children.push_back(Sequence());
    if (node.children.size() == 1) {
      PatternNode only = std::move(node.children.front());
      return only;
    }
    return node;
  }

  PatternNode Sequence() {
    PatternNode node;
    while (!AtEnd() && !Next("|") && !Next(")")) {
      PatternNode atom = Atom();
      node.children.push_back(Quantified(std::move(atom)));
    }
    return node;
  }

  PatternNode Quantified(PatternNode atom) {
    if (AtEnd()) return atom;
    const std::size_t at = at_;
    PatternNode node;
    node.kind = Kind::kRepeat;
    if (Take("*")) {
      node.min = 0;
      node.max = PatternNode::kUnlimited;
    } else if (Take("+")) {
      node.max = PatternNode::kUnlimited;
    } else if (Take("?")) {
      node.min = 0;
    } else if (!TakeCounts(&node)) {
      return atom;
    }
    if (Next("+")) Fail(at, "possessive repetition");
    Take("?");
    if (node.min > kMostRepeats ||
        (node.max > kMostRepeats && node.max != PatternNode::kUnlimited)) {
      Fail(at, "repetition of more than 1000 times");
    }
    node.children.push_back(std::move(atom));
    return node;
  }

  // {n}, {n,} or {n,m}; anything else is text.
  bool TakeCounts(PatternNode* node) {
    if (!Next("{")) return false;
    std::size_t at = at_ + 1;
    const auto number = [&]() -> std::optional<std::uint32_t> {
      const std::size_t begin = at;
      std::uint32_t value = 0;
      while (at < text_.size() && text_[at] >= '0' && text_[at] <= '9') {
        value =
            std::min(value * 10 + static_cast<std::uint32_t>(text_[at++] - '0'),
                     1'000'000U);
      }
      if (at == begin) return std::nullopt;
      return value;
    };
    const auto min = number();
    if (!min) return false;
    node->min = node->max = *min;
    if (at < text_.size() && text_[at] == ',') {
      ++at;
      node->max = number().value_or(PatternNode::kUnlimited);
    }
    if (at >= text_.size() || text_[at] != '}') return false;
    at_ = at + 1;
    return true;
  }

  PatternNode Atom() {
    if (Next("(")) return Group();
    if (Next("[")) return ByteNode(Class());
    if (Next("\\")) return Escape();
    const char c = text_[at_++];
    if (c == '^' || c == '$') return Assertion();
    if (c == '.') return ByteNode(dot_all_ ? ~Bytes() : ~One('\n'));
    if (c == '*' || c == '+' || c == '?') {
      Fail(at_ - 1, "a repetition of nothing");
    }
    return ByteNode(Cased(One(c)));
  }

  Bytes Cased(const Bytes& bytes) const {
    return as_matched_ && fold_ ? Folded(bytes) : bytes;
  }

  PatternNode Group() {
    const std::size_t open = at_;
    for (const auto& [lead, name] : kForeignGroups) {
      if (Next(lead)) {
        Fail(open, std::string(name) + " " + std::string(lead));
        return {};
      }
    }
    if (Take("(?P<") || Take("(?<")) {
      at_ = std::min(text_.find('>', at_), text_.size() - 1) + 1;
      return Inside(open, true);
    }
    if (!Take("(?")) {
      ++at_;
      return Inside(open, true);
    }
    const std::pair flags(fold_, dot_all_);
    TakeFlags();
    if (Take(")")) return Assertion();  // flags for what follows
    if (!Take(":")) {
      Fail(open, "group (?" + std::string(text_.substr(at_, 1)));
      return {};
    }
    PatternNode node = Inside(open, false);
    std::tie(fold_, dot_all_) = flags;
    return node;
  }

  void TakeFlags() {
    bool on = true;
    for (; !AtEnd() &&
           std::string_view("imsU-").find(text_[at_]) != std::string_view::npos;
         ++at_) {
      if (text_[at_] == '-') on = false;
      if (text_[at_] == 'i') fold_ = on;
      if (text_[at_] == 's') dot_all_ = on;
    }
  }

  // What stands up to the closing parenthesis.
  PatternNode Inside(std::size_t open, bool captures) {
    PatternNode node;
    if (captures) {
      tree_.groups.push_back({open, at_ - open});
      node.kind = Kind::kGroup;
      node.group = static_cast<int>(tree_.groups.size());
    }
    if (depth_ == kMostDepth) {
      Fail(open, "groups inside each other, more than 250 deep");
      return node;
    }
    ++depth_;
    const std::pair flags(fold_, dot_all_);
    node.children.push_back(Alternatives());
    std::tie(fold_, dot_all_) = flags;  // those set inside end here
    --depth_;
    if (!Take(")")) Fail(open, "a ( that nothing closes");
    return node;
  }

  PatternNode Escape() {
    const std::size_t at = at_;
    if (Take("\\Q")) return Quoted();
    if (at_ + 1 >= text_.size()) {
      Fail(at, "a \\ at the end");
      return {};
    }
    const char c = text_[at_ + 1];
    if (std::string_view("bBAz").find(c) != std::string_view::npos) {
      at_ += 2;
      return Assertion(c == 'b' || c == 'B' ? c : '\0');
    }
    return ByteNode(Cased(EscapedBytes()));
  }

  PatternNode Quoted() {
    PatternNode node;
    const std::size_t end = std::min(text_.find("\\E", at_), text_.size());
    for (; at_ < end; ++at_) {
      node.children.push_back(ByteNode(Cased(One(text_[at_]))));
    }
    Take("\\E");
    return node;
  }

  // An escape that stands for bytes, also inside a class.
  Bytes EscapedBytes() {
    const std::size_t at = at_;
    ++at_;
    if (AtEnd()) {
      Fail(at, "a \\ at the end");
      return {};
    }
    const char c = text_[at_++];
    if (const auto perl = PerlClass(c)) return *perl;
    if (const auto control = ControlOf(c)) return One(*control);
    if (c == 'x') return Hexadecimal(at);
    if (c == 'p' || c == 'P') {
      Fail(at, std::string("Unicode class \\") + c +
                   ": patterns are matched on bytes");
      return {};
    }
    if (c == '0') return Octal();
    if (c >= '1' && c <= '9') Fail(at, std::string("backreference \\") + c);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter) Fail(at, std::string("escape \\") + c);
    return One(c);
  }

  // \0 and at most two octal digits.
  Bytes Octal() {
    int value = 0;
    for (int i = 0; i < 2 && !AtEnd() && text_[at_] >= '0' && text_[at_] <= '7';
         ++i) {
      value = value * 8 + (text_[at_++] - '0');
    }
    return Range(value, value);
  }

  // \x41 or \x{41}.
  Bytes Hexadecimal(std::size_t at) {
    const bool braces = Take("{");
    std::uint32_t value = 0;
    std::size_t digits = 0;
    for (; !AtEnd() && digits < (braces ? 8U : 2U); ++digits, ++at_) {
      const char c = text_[at_];
      const char lower = static_cast<char>(c | 0x20);
      if (c >= '0' && c <= '9') {
        value = value * 16 + static_cast<std::uint32_t>(c - '0');
      } else if (lower >= 'a' && lower <= 'f') {
        value = value * 16 + static_cast<std::uint32_t>(lower - 'a' + 10);
      } else {
        break;
      }
    }
    if (digits == 0 || (braces && !Take("}"))) Fail(at, "escape \\x");
    if (value > (as_matched_ ? 255 : 127)) {
      Fail(at, "a character beyond ASCII: patterns are matched on bytes");
      return {};
    }
    return Range(static_cast<int>(value), static_cast<int>(value));
  }

  Bytes Class() {
    const std::size_t open = at_++;
    const bool negated = Take("^");
    Bytes bytes;
    for (bool first = true; first || !Next("]"); first = false) {
      if (AtEnd()) {
        Fail(open, "a [ that nothing closes");
        return {};
      }
      bytes |= ClassItem();
    }
    Take("]");
    bytes = Cased(bytes);
    if (!negated) return bytes;
    // How the engine folds letters beyond ASCII before it negates is its own.
    return as_matched_ && fold_ ? ~bytes | Range(0x80, 0xff) : ~bytes;
  }

  Bytes ClassItem() {
    const std::size_t at = at_;
    if (Take("[:")) return NamedClass(at);
    const Bytes first = ClassByte();
    if (failed_ || !Next("-") || text_.substr(at_, 2) == "-]") return first;
    if (first.count() != 1) return first;
    ++at_;
    const Bytes last = ClassByte();
    if (failed_) return {};
    const int begin = Only(first);
    const int end = Only(last);
    if (last.count() != 1 || end < begin) {
      Fail(at, "a range that ends before it begins");
      return {};
    }
    return Range(begin, end);
  }

  Bytes NamedClass(std::size_t at) {
    const bool negated = Take("^");
    const std::size_t end = text_.find(":]", at_);
    const auto found = end == std::string_view::npos
                           ? std::nullopt
                           : PosixClass(text_.substr(at_, end - at_));
    if (!found) {
      Fail(at, "class [:...:]");
      return {};
    }
    at_ = end + 2;
    return negated ? ~*found : *found;
  }

  Bytes ClassByte() {
    if (AtEnd()) return {};
    if (Next("\\")) return EscapedBytes();
    const char c = text_[at_];
    if (!as_matched_ && static_cast<unsigned char>(c) > 127) {
      Fail(at_,
           "a character beyond ASCII in a class: patterns are matched on "
           "bytes");
    }
    ++at_;
    return One(c);
  }

  static int Only(const Bytes& bytes) {
    int at = 0;
    while (at < 256 && !bytes[static_cast<std::size_t>(at)]) ++at;
    return at;
  }

  std::string_view text_;
  bool as_matched_;
  std::size_t at_ = 0;
  bool failed_ = false;
  bool fold_ = false;
  bool dot_all_ = false;
  int depth_ = 0;  // of groups: each takes some of the stack
  PatternFault* fault_;
  PatternTree tree_;
};

}  // namespace

std::optional<PatternTree> ReadPattern(std::string_view pattern,
                                       PatternFault* fault) {
  return Parser(pattern, false, fault).Parse();
}

std::optional<PatternTree> ReadRulePattern(std::string_view pattern) {
  PatternFault fault;
  return Parser(pattern, true, &fault).Parse();
}

std::string WithValueGroup(std::string_view pattern, const PatternTree& tree,
                           int group) {
  std::string text;
  std::size_t from = 0;
  for (std::size_t i = 0; i < tree.groups.size(); ++i) {
    const PatternGroup& one = tree.groups[i];
    text += pattern.substr(from, one.open - from);
    text += static_cast<int>(i) + 1 == group ? "(?P<value>" : "(?:";
    from = one.open + one.bytes;
  }
  return text.append(pattern.substr(from));
}

std::uint32_t MostBytes(const PatternNode& node) {
  constexpr std::uint32_t kUnlimited = PatternNode::kUnlimited;
  std::uint64_t most = 0;
  switch (node.kind) {
    case Kind::kByte:
      return 1;
    case Kind::kAssertion:
      return 0;
    case Kind::kAlternatives:
      for (const PatternNode& child : node.children) {
        most = std::max<std::uint64_t>(most, MostBytes(child));
      }
      break;
    default:
      for (const PatternNode& child : node.children) {
        const std::uint32_t of_child = MostBytes(child);
        if (of_child == kUnlimited) return kUnlimited;
        most += of_child;
      }
      if (node.kind != Kind::kRepeat || most == 0) break;
      if (node.max == kUnlimited) return kUnlimited;
      most *= node.max;
  }
  return most < kUnlimited ? static_cast<std::uint32_t>(most) : kUnlimited;
}

const PatternNode* FindGroup(const PatternNode& node, int group) {
  if (node.kind == Kind::kGroup && node.group == group) return &node;
  for (const PatternNode& child : node.children) {
    const PatternNode* found = FindGroup(child, group);
    if (found != nullptr) return found;
  }
  return nullptr;
}

}  // namespace logspill
