#include "scanner/rule/pattern_writer.h"

#include <algorithm>
#include <bitset>
#include <vector>

#include "scanner/rule/pattern_tree.h"

namespace logspill {
namespace {

using Kind = PatternNode::Kind;
using Bytes = std::bitset<256>;

constexpr int kAscii = 128;
constexpr std::string_view kValueGroup = "(?P<value>";
constexpr int kMostRegion = 20'000;  // characters between begin and end

bool IsPlain(int c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

bool HasBeyondAscii(const Bytes& bytes) {
  for (std::size_t i = kAscii; i < bytes.size(); ++i) {
    if (bytes[i]) return true;
  }
  return false;
}

// Runs of ASCII bytes, as pairs of first and last.
std::vector<std::pair<int, int>> RunsOf(const Bytes& bytes) {
  std::vector<std::pair<int, int>> runs;
  for (int i = 0; i < kAscii; ++i) {
    if (!bytes[static_cast<std::size_t>(i)]) continue;
    if (!runs.empty() && runs.back().second == i - 1) {
      runs.back().second = i;
    } else {
      runs.emplace_back(i, i);
    }
  }
  return runs;
}

class Writer {
 public:
  Writer(RegexDialect dialect, int value_group)
      : dialect_(dialect), value_group_(value_group) {}

  void Write(const PatternNode& node, std::string* out) {
    switch (node.kind) {
      case Kind::kByte:
        return WriteBytes(node.bytes, out);
      case Kind::kAssertion:
        if (node.assertion != 0) out->append({'\\', node.assertion});
        return;
      case Kind::kAlternatives:
        return WriteAlternatives(node, out);
      case Kind::kRepeat:
        return WriteRepeat(node, out);
      default:
        for (const PatternNode& child : node.children) Write(child, out);
    }
  }

  // Splits a sequence around the value's group; false where it stands in no
  // sequence of sequences.
  bool Split(const PatternNode& node, std::string* before, std::string* value,
             std::string* behind) {
    if (node.kind == Kind::kGroup && node.group == value_group_) {
      for (const PatternNode& child : node.children) Write(child, value);
      return true;
    }
    if (node.kind != Kind::kSequence && node.kind != Kind::kGroup) return false;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      if (FindGroup(node.children[i], value_group_) == nullptr) continue;
      lazy_ = dialect_ != RegexDialect::kPosix;
      for (std::size_t k = 0; k < i; ++k) Write(node.children[k], before);
      lazy_ = false;
      if (!Split(node.children[i], before, value, behind)) return false;
      for (std::size_t k = i + 1; k < node.children.size(); ++k) {
        Write(node.children[k], behind);
      }
      return true;
    }
    return false;
  }

  void WriteText(std::string_view text, std::string* out) {
    for (const char c : text) {
      Bytes bytes;
      bytes.set(static_cast<unsigned char>(c));
      WriteBytes(bytes, out);
    }
  }

 private:
  void Open(std::string* out) {
    out->append(dialect_ == RegexDialect::kPosix ? "(" : "(?:");
  }

  void WriteAlternatives(const PatternNode& node, std::string* out) {
    Open(out);
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      if (i > 0) out->push_back('|');
      Write(node.children[i], out);
    }
    out->push_back(')');
  }

  void WriteRepeat(const PatternNode& node, std::string* out) {
    const bool single = node.children.front().kind == Kind::kByte;
    if (!single) Open(out);
    Write(node.children.front(), out);
    if (!single) out->push_back(')');
    const bool endless = node.max == PatternNode::kUnlimited;
    if (endless && node.min <= 1) {
      out->push_back(node.min == 0 ? '*' : '+');
    } else if (node.min == 0 && node.max == 1) {
      out->push_back('?');
    } else {
      out->append("{").append(std::to_string(node.min));
      if (endless || node.max != node.min) out->push_back(',');
      if (!endless && node.max != node.min) {
        out->append(std::to_string(node.max));
      }
      out->append("}");
    }
    if (lazy_ && node.min != node.max) out->push_back('?');
  }

  void WriteBytes(const Bytes& bytes, std::string* out) {
    if (bytes.count() == 1) {
      const int only = static_cast<int>(bytes._Find_first());
      if (IsPlain(only)) return out->push_back(static_cast<char>(only));
    }
    if (dialect_ == RegexDialect::kPosix) return WritePosixClass(bytes, out);
    out->push_back('[');
    for (const auto& [first, last] : RunsOf(bytes)) {
      WriteOne(first, out);
      if (last > first + 1) out->push_back('-');
      if (last > first) WriteOne(last, out);
    }
    if (HasBeyondAscii(bytes)) {
      out->append(dialect_ == RegexDialect::kJava ? R"(\x80-\x{10FFFF})"
                                                  : R"(\x80-\U0010ffff)");
    }
    out->push_back(']');
  }

  static void WriteOne(int c, std::string* out) {
    constexpr std::string_view kHex = "0123456789abcdef";
    if (IsPlain(c) || c == '_' || c == '@' || c == '/' || c == '.' ||
        c == ' ') {
      return out->push_back(static_cast<char>(c));
    }
    out->append("\\x");
    out->push_back(kHex[static_cast<std::size_t>(c) >> 4]);
    out->push_back(kHex[static_cast<std::size_t>(c) & 15]);
  }

  // A bracket expression knows no escapes: what would be taken for syntax has
  // its place in it.  What holds bytes beyond ASCII says which it does not hold.
  static void WritePosixClass(const Bytes& bytes, std::string* out) {
    const bool negated = HasBeyondAscii(bytes);
    Bytes said = negated ? ~bytes : bytes;
    said.reset(0);
    std::string runs;
    for (const char c : {']', '^', '-', '['}) {
      // A run would have to begin or end with them.
      said.reset(static_cast<unsigned char>(c));
    }
    for (const auto& [first, last] : RunsOf(said)) {
      runs.push_back(static_cast<char>(first));
      if (last > first + 1) runs.push_back('-');
      if (last > first) runs.push_back(static_cast<char>(last));
    }
    const auto holds = [&](char c) {
      return bytes[static_cast<unsigned char>(c)] != negated;
    };
    if (holds('[')) runs.push_back('[');
    if (holds(']')) runs.insert(runs.begin(), ']');
    if (holds('^')) runs.push_back('^');
    if (holds('-')) runs.push_back('-');
    if (runs.empty()) return out->append("(.|\n)"), void();
    if (!negated && runs == "^") return out->append("\\^"), void();
    out->append(negated ? "[^" : "[").append(runs).append("]");
  }

  RegexDialect dialect_;
  int value_group_;
  bool lazy_ = false;
};

int CountGroups(std::string_view pattern) {
  int groups = 0;
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (in_class) {
      in_class = c != ']';
    } else if (c == '\\') {
      ++i;
    } else if (c == '[') {
      in_class = true;
      // A ']' that stands first is one of the class.
      if (pattern.substr(i + 1, 1) == "^") ++i;
      if (pattern.substr(i + 1, 1) == "]") ++i;
    } else if (c == '(') {
      groups += pattern.substr(i + 1, 1) == "?" ? 0 : 1;
    }
  }
  return groups;
}

int ValueGroupOf(std::string_view pattern, const PatternTree& tree) {
  for (std::size_t i = 0; i < tree.groups.size(); ++i) {
    if (pattern.substr(tree.groups[i].open).starts_with(kValueGroup)) {
      return static_cast<int>(i) + 1;
    }
  }
  return 0;
}

// A value that is the rule's own mark is none.
std::string NoMark(std::string_view kind, RegexDialect dialect) {
  if (dialect == RegexDialect::kPosix) return "";
  std::string guard = "(?!\\x5b";
  Writer(dialect, 0).WriteText(kind, &guard);
  return guard + "\\x5d)";
}

WrittenPattern Join(const std::string& before, const std::string& value,
                    const std::string& behind, std::string_view kind,
                    RegexDialect dialect) {
  WrittenPattern written;
  const bool posix = dialect == RegexDialect::kPosix;
  written.value_group = 2 + CountGroups(before);
  written.pattern =
      "(" + before + ")" + NoMark(kind, dialect) + "(" + value + ")";
  if (posix) {
    written.behind_group = written.value_group + 1 + CountGroups(value);
    written.pattern += "(" + behind + ")";
  } else if (!behind.empty()) {
    written.pattern += "(?=" + behind + ")";
  }
  return written;
}

// Lines between two marks; where a log folds them into one, that line.
WrittenPattern WriteRegion(const Rule& rule, RegexDialect dialect) {
  const Region& region = rule.region;
  Writer writer(dialect, 0);
  std::string value;
  writer.WriteText(region.begin, &value);
  const std::string most = std::to_string(kMostRegion);
  value += dialect == RegexDialect::kPosix ? "(.|\n)*"
                                           : "[\\x00-\\x7f]{0," + most + "}?";
  writer.WriteText(region.end, &value);
  value += dialect == RegexDialect::kPosix ? "-*" : "[\\x2d]*";
  return Join("", value, "", rule.kind, dialect);
}

}  // namespace

std::optional<RegexDialect> DialectOf(std::string_view name) {
  if (name == "java") return RegexDialect::kJava;
  if (name == "python") return RegexDialect::kPython;
  if (name == "posix") return RegexDialect::kPosix;
  return std::nullopt;
}

std::optional<WrittenPattern> WritePattern(const Rule& rule,
                                           RegexDialect dialect) {
  if (rule.is_region()) return WriteRegion(rule, dialect);
  const auto tree = ReadRulePattern(rule.pattern);
  if (!tree) return std::nullopt;
  const int group = ValueGroupOf(rule.pattern, *tree);
  Writer writer(dialect, group);
  std::string before;
  std::string value;
  std::string behind;
  if (group == 0 || !writer.Split(tree->root, &before, &value, &behind)) {
    before.clear();
    behind.clear();
    value.clear();
    writer.Write(tree->root, &value);
  }
  return Join(before, value, behind, rule.kind, dialect);
}

}  // namespace logspill
