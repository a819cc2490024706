#include "patterns/rule_writer.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>
#include <vector>

namespace logspill {
namespace {

constexpr std::array<std::string_view, 4> kRanks = {
    "bare-shape", "named-by-key", "fixed-prefix", "checksum"};

bool IsControl(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

std::string Escaped(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (IsControl(c)) {
      std::array<char, 8> code{};
      std::snprintf(code.data(), code.size(), "\\u%04X",
                    static_cast<unsigned>(static_cast<unsigned char>(c)));
      out += code.data();
    } else {
      out += c;
    }
  }
  return out + '"';
}

// A string that stands for `text`: literal where it can be.
std::string Quoted(std::string_view text) {
  bool control = false;
  for (const char c : text) control |= IsControl(c);
  if (control || text.find("'''") != text.npos || text.ends_with('\'')) {
    return Escaped(text);
  }
  const bool quoted = text.find('\'') != text.npos;
  const std::string quote = quoted ? "'''" : "'";
  return quote + std::string(text) + quote;
}

class Table {
 public:
  explicit Table(std::string_view head) : text_(head) { text_ += '\n'; }

  void Raw(std::string_view key, const std::string& value) {
    std::string name(key);
    name.resize(std::max<std::size_t>(8, key.size()), ' ');
    text_ += name + " = " + value + "\n";
  }
  void Text(std::string_view key, const std::string& value) {
    if (!value.empty()) Raw(key, Quoted(value));
  }
  void Flag(std::string_view key, bool value, bool otherwise) {
    if (value != otherwise) Raw(key, value ? "true" : "false");
  }
  void List(std::string_view key, const std::vector<std::string>& values) {
    if (values.empty()) return;
    std::string list;
    for (const std::string& value : values) {
      list += (list.empty() ? "" : ", ") + Quoted(value);
    }
    Raw(key, "[" + list + "]");
  }

  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace

std::string RuleText(const Rule& rule) {
  Table table("[[rule]]");
  table.Text("id", rule.id);
  table.Text("title", rule.title);
  table.Text("kind", rule.kind);
  table.Text("pattern", rule.pattern);
  table.List("anchors", rule.anchors);
  table.Flag("anchors_caseless", rule.anchors_caseless, false);
  table.Text("validate", rule.validator);
  if (rule.min_entropy > 0) {
    std::array<char, 32> number{};
    std::snprintf(number.data(), number.size(), "%.6g", rule.min_entropy);
    table.Raw("entropy", number.data());
  }
  table.List("near", rule.near);
  table.Flag("near_required", rule.near_required, false);
  table.Text("severity", std::string(Name(rule.severity)));
  table.Text("rank", std::string(kRanks[static_cast<std::size_t>(rule.rank)]));
  if (rule.max_bytes != Rule().max_bytes) {
    table.Raw("max_bytes", std::to_string(rule.max_bytes));
  }
  table.Text("class", rule.class_name);
  table.Flag("joinable", rule.joinable, false);
  table.Text("redact", rule.redact);
  table.Text("source", rule.source);
  table.Flag("verified", rule.verified, true);
  table.List("tags", rule.tags);
  table.List("match", rule.match);
  table.List("no_match", rule.no_match);
  return table.Take();
}

std::string AllowText(const AllowEntry& entry) {
  Table table("[[allow]]");
  table.Text("rule", entry.rule);
  table.Text("path", entry.path);
  table.Text("pattern", entry.pattern);
  table.Text("reason", entry.reason);
  return table.Take();
}

}  // namespace logspill
