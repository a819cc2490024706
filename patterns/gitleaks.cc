#include "patterns/gitleaks.h"

#include <toml++/toml.h>

#include <algorithm>

#include "patterns/suggest.h"
#include "patterns/table_reader.h"

namespace logspill {
namespace {

bool SameCaseless(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    const auto lower = [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    };
    return lower(x) == lower(y);
  });
}

// The fields of one table.  Their names count without case, as there.
class Fields {
 public:
  Fields(const toml::table* table, std::string what, Diagnostics* diagnostics)
      : table_(table), what_(std::move(what)), diagnostics_(diagnostics) {}

  void set_what(std::string what) { what_ = std::move(what); }
  Position at() const { return PositionOf(*table_); }

  const toml::node* Find(std::string_view name) {
    known_.emplace_back(name);
    for (const auto& [key, node] : *table_) {
      if (SameCaseless(key.str(), name)) return &node;
    }
    return nullptr;
  }

  std::string Text(std::string_view name) {
    const toml::node* node = Find(name);
    if (node == nullptr) return {};
    const auto value = node->value_exact<std::string>();
    if (!value) Wrong(*node, name, "a string");
    return value.value_or("");
  }

  double Number(std::string_view name) {
    const toml::node* node = Find(name);
    if (node == nullptr) return 0;
    const auto value = node->value<double>();
    if (!node->is_number() || !value || *value < 0) {
      Wrong(*node, name, "a number that is not negative");
      return 0;
    }
    return *value;
  }

  bool Flag(std::string_view name) {
    const toml::node* node = Find(name);
    if (node == nullptr) return false;
    const auto value = node->value_exact<bool>();
    if (!value) Wrong(*node, name, "true or false");
    return value.value_or(false);
  }

  std::vector<std::string> Texts(std::string_view name) {
    std::vector<std::string> texts;
    const toml::node* node = Find(name);
    if (node == nullptr) return texts;
    if (!node->is_array()) {
      Wrong(*node, name, "an array of strings");
      return texts;
    }
    for (const toml::node& item : *node->as_array()) {
      const auto value = item.value_exact<std::string>();
      if (!value) {
        Wrong(item, name, "an array of strings");
      } else if (!value->empty()) {
        texts.push_back(*value);
      }
    }
    return texts;
  }

  // [name] or [[name]].
  std::vector<const toml::table*> Tables(std::string_view name) {
    std::vector<const toml::table*> tables;
    const toml::node* node = Find(name);
    if (node == nullptr) return tables;
    if (node->is_table()) return {node->as_table()};
    if (!node->is_array()) {
      Wrong(*node, name, "a table");
      return tables;
    }
    for (const toml::node& item : *node->as_array()) {
      if (item.is_table()) {
        tables.push_back(item.as_table());
      } else {
        Wrong(item, name, "tables");
      }
    }
    return tables;
  }

  // The fields that nobody asked for.
  std::vector<ForeignNote> Unknown() const {
    std::vector<ForeignNote> notes;
    for (const auto& [key, node] : *table_) {
      const std::string name(key.str());
      const bool known = std::any_of(
          known_.begin(), known_.end(),
          [&](const std::string& one) { return SameCaseless(one, name); });
      if (known) continue;
      const std::string hint = DidYouMean(name, known_);
      const auto at = key.source().begin;
      notes.push_back({{at.line, at.column},
                       "field '" + name + "' is not known" +
                           (hint.empty() ? "" : "; " + hint)});
    }
    return notes;
  }

 private:
  void Wrong(const toml::node& node, std::string_view name,
             const std::string& wanted) {
    diagnostics_->Add(
        PositionOf(node),
        "field '" + std::string(name) + "' of " + what_ + " must be " + wanted);
  }

  const toml::table* table_;
  std::string what_;
  Diagnostics* diagnostics_;
  std::vector<std::string> known_;
};

class Reader {
 public:
  explicit Reader(Diagnostics* diagnostics) : diagnostics_(diagnostics) {}

  ForeignFile Read(const toml::table& root) {
    ForeignFile file;
    Fields fields(&root, "the file", diagnostics_);
    (void)fields.Text("title");
    (void)fields.Text("description");
    (void)fields.Text("minVersion");
    for (const toml::table* table : fields.Tables("rules")) {
      file.rules.push_back(Rule(*table));
    }
    for (const std::string_view name : {"allowlist", "allowlists"}) {
      for (const toml::table* table : fields.Tables(name)) {
        file.allowlists.push_back(Allowlist(*table, &file.notes));
      }
    }
    for (const toml::table* table : fields.Tables("extend")) {
      Extend(*table, &file.notes);
    }
    Append(fields.Unknown(), &file.notes);
    return file;
  }

 private:
  static void Append(std::vector<ForeignNote> notes,
                     std::vector<ForeignNote>* to) {
    std::move(notes.begin(), notes.end(), std::back_inserter(*to));
  }

  ForeignRule Rule(const toml::table& table) {
    ForeignRule rule;
    Fields fields(&table, "a rule", diagnostics_);
    rule.at = fields.at();
    rule.id = fields.Text("id");
    if (!rule.id.empty()) fields.set_what("rule " + rule.id);
    rule.description = fields.Text("description");
    rule.regex_at = rule.at;
    if (const toml::node* node = fields.Find("regex")) {
      rule.regex_at = PositionOf(*node);
    }
    rule.regex = fields.Text("regex");
    rule.secret_group =
        static_cast<int>(std::min(fields.Number("secretGroup"), 1000.0));
    rule.entropy = fields.Number("entropy");
    rule.path = fields.Text("path");
    rule.keywords = fields.Texts("keywords");
    rule.tags = fields.Texts("tags");
    rule.only_for_others = fields.Flag("skipReport");
    rule.needs_others = !fields.Tables("required").empty();
    for (const std::string_view name : {"allowlist", "allowlists"}) {
      for (const toml::table* one : fields.Tables(name)) {
        rule.allowlists.push_back(Allowlist(*one, &rule.notes));
      }
    }
    Append(fields.Unknown(), &rule.notes);
    return rule;
  }

  ForeignAllowlist Allowlist(const toml::table& table,
                             std::vector<ForeignNote>* notes) {
    ForeignAllowlist list;
    Fields fields(&table, "an allowlist", diagnostics_);
    list.at = fields.at();
    list.description = fields.Text("description");
    list.regexes = fields.Texts("regexes");
    list.stopwords = fields.Texts("stopwords");
    list.paths = fields.Texts("paths");
    list.commits = fields.Texts("commits");
    list.target_rules = fields.Texts("targetRules");
    list.regex_target = fields.Text("regexTarget");
    const std::string condition = fields.Text("condition");
    list.all_must_hold = SameCaseless(condition, "and") || condition == "&&";
    Append(fields.Unknown(), notes);
    return list;
  }

  void Extend(const toml::table& table, std::vector<ForeignNote>* notes) {
    Fields fields(&table, "[extend]", diagnostics_);
    if (fields.Flag("useDefault")) {
      notes->push_back({fields.at(),
                        "extend.useDefault: that program's own rules are no "
                        "part of this file; the built-in ones stay on"});
    }
    for (const char* name : {"path", "url"}) {
      const std::string value = fields.Text(name);
      if (value.empty()) continue;
      notes->push_back({fields.at(), "extend." + std::string(name) + " '" +
                                         value +
                                         "' is not read; import it as well"});
    }
    if (!fields.Texts("disabledRules").empty()) {
      notes->push_back({fields.at(),
                        "extend.disabledRules names rules that are not here; "
                        "--disable leaves out built-in ones"});
    }
    Append(fields.Unknown(), notes);
  }

  Diagnostics* diagnostics_;
};

}  // namespace

Result<ForeignFile> ReadGitleaks(const std::string& name,
                                 std::string_view text) {
  Diagnostics diagnostics(name, text);
  const auto root = ParseToml(name, text, &diagnostics);
  if (!root) return diagnostics.ToError();
  ForeignFile file = Reader(&diagnostics).Read(*root);
  if (!diagnostics.ok()) return diagnostics.ToError();
  return file;
}

}  // namespace logspill
