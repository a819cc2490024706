#include "patterns/import.h"

#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "patterns/anchor_proof.h"
#include "patterns/examples.h"
#include "patterns/import_allow.h"
#include "patterns/pattern_sample.h"
#include "scanner/rule/pattern_tree.h"

namespace logspill {
namespace {

using NoteKind = ImportNote::Kind;

constexpr std::uint32_t kBounded = 4096;  // the most that a rule may span
constexpr std::uint32_t kUnbounded = 1024;
constexpr std::uint32_t kOverLines = 8192;  // a key, say, with escaped ends
constexpr std::size_t kShortest = 3;        // bytes of a useful anchor
constexpr std::uint32_t kTries = 400;

std::string Identifier(std::string_view text) {
  std::string id;
  for (const char c : text) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    const bool good = (lower >= 'a' && lower <= 'z') ||
                      (lower >= '0' && lower <= '9') || lower == '.' ||
                      lower == '_';
    id += good ? lower : '-';
  }
  return id;
}

bool IsPlainText(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= ' ' && c < 0x7f) || c == '\t';
  });
}

// True where the pattern repeats a class that takes nearly every byte, line
// ends too.
bool CanSpanLines(const PatternNode& node) {
  if (node.kind == PatternNode::Kind::kRepeat) {
    const PatternNode& child = node.children.front();
    if (child.kind == PatternNode::Kind::kByte && child.bytes['\n'] &&
        child.bytes.count() > 128) {
      return true;
    }
  }
  return std::any_of(node.children.begin(), node.children.end(), CanSpanLines);
}

class Importer {
 public:
  Importer(const std::string& name, const ForeignFile& file)
      : name_(name), file_(file) {}

  Imported Run() {
    out_.seen = file_.rules.size();
    for (const ForeignNote& note : file_.notes) {
      out_.notes.push_back({NoteKind::kLeftOut, note.at, "", note.what});
    }
    for (const ForeignRule& rule : file_.rules) Take(rule);
    for (const ForeignAllowlist& list : file_.allowlists) TakeGlobal(list);
    std::stable_sort(out_.notes.begin(), out_.notes.end(),
                     [](const ImportNote& a, const ImportNote& b) {
                       return a.at.line < b.at.line;
                     });
    return std::move(out_);
  }

 private:
  void Take(const ForeignRule& foreign) {
    foreign_ = &foreign;
    const std::size_t before = out_.notes.size();
    if (std::optional<Rule> rule = Convert()) {
      for (const ForeignNote& note : foreign.notes) {
        out_.notes.push_back(
            {NoteKind::kChanged, note.at, foreign.id, note.what});
      }
      ids_[foreign.id] = rule->id;
      for (const ForeignAllowlist& list : foreign.allowlists) {
        AddAllow(list, {rule->id});
      }
      out_.rules.push_back(std::move(*rule));
      return;
    }
    // A rule that is left out has one reason; what else was odd is moot.
    const auto from = out_.notes.begin() + static_cast<std::ptrdiff_t>(before);
    out_.notes.erase(std::remove_if(from, out_.notes.end(),
                                    [](const ImportNote& note) {
                                      return note.kind != NoteKind::kRefused;
                                    }),
                     out_.notes.end());
  }

  std::nullopt_t Refuse(const std::string& why) {
    out_.notes.push_back(
        {NoteKind::kRefused, foreign_->regex_at, foreign_->id, why});
    return std::nullopt;
  }
  void Change(const std::string& what) {
    out_.notes.push_back(
        {NoteKind::kChanged, foreign_->at, foreign_->id, what});
  }

  std::optional<Rule> Convert() {
    if (foreign_->id.empty()) return Refuse("it has no id");
    if (ids_.count(foreign_->id) != 0) return Refuse("its id is used above");
    if (foreign_->regex.empty()) {
      return Refuse(foreign_->path.empty()
                        ? "it has no regex"
                        : "it names files (path) and no value");
    }
    if (foreign_->only_for_others) {
      return Refuse("it reports nothing itself (skipReport)");
    }
    PatternFault fault;
    const auto tree = ReadPattern(foreign_->regex, &fault);
    if (!tree) {
      return Refuse(fault.what + ", at byte " + std::to_string(fault.at) +
                    " of its regex");
    }
    const std::optional<int> group = ValueGroup(*tree);
    if (!group) return std::nullopt;
    Rule rule;
    rule.pattern = WithValueGroup(foreign_->regex, *tree, *group);
    Describe(&rule);
    const RE2 regex(rule.pattern, RuleRegexOptions());
    if (!regex.ok()) return Refuse("bad regex (" + regex.error() + ")");
    if (RE2::FullMatch("", regex)) {
      return Refuse("its regex matches nothing at all");
    }
    Measure(*tree, &rule);
    Anchor(*tree, *group, &rule);
    TellRest();
    if (!AddExamples(*tree, *group, &rule)) return std::nullopt;
    return rule;
  }

  // The group that holds the value; 0: none.
  std::optional<int> ValueGroup(const PatternTree& tree) {
    const auto groups = static_cast<int>(tree.groups.size());
    if (foreign_->secret_group > groups) {
      return Refuse("secretGroup " + std::to_string(foreign_->secret_group) +
                    ", and its regex has " + std::to_string(groups));
    }
    if (foreign_->secret_group > 0) return foreign_->secret_group;
    if (groups > 1) {
      Change("of its " + std::to_string(groups) +
             " groups the first is taken for the value (no secretGroup)");
    }
    return groups > 0 ? 1 : 0;
  }

  void Describe(Rule* rule) {
    const std::string id = Identifier(foreign_->id);
    rule->id = "imported." + id;
    while (!used_.insert(rule->id).second) rule->id += "-2";
    if (rule->id != "imported." + foreign_->id) {
      Change("its id is now " + rule->id);
    }
    rule->title =
        foreign_->description.empty() ? foreign_->id : foreign_->description;
    rule->kind = "token." + id;
    rule->severity = Severity::kCritical;
    rule->source = "rule '" + foreign_->id + "' of " + name_;
    rule->verified = false;
    rule->min_entropy = std::min(foreign_->entropy, 8.0);
    for (const std::string& tag : foreign_->tags) {
      rule->tags.push_back(Identifier(tag));
    }
  }

  void Measure(const PatternTree& tree, Rule* rule) {
    const std::uint32_t most = MostBytes(tree.root);
    const bool lines = CanSpanLines(tree.root);
    if (lines) {
      Change(
          "its regex can span lines; here a match stays within its record, "
          "where line ends are escaped");
    }
    if (most <= kBounded) {
      rule->max_bytes = std::max(most, 1U);
    } else {
      rule->max_bytes = lines ? kOverLines : kUnbounded;
      Change("its matches have no bound, or a high one; those of more than " +
             std::to_string(rule->max_bytes) + " bytes are not found");
    }
  }

  void Anchor(const PatternTree& tree, int group, Rule* rule) {
    rule->rank = group == 0 ? Rank::kBareShape : Rank::kNamedByKey;
    const PatternNode* value = FindGroup(tree.root, group);
    if (HasPrefix(value == nullptr ? tree.root : *value)) {
      rule->rank = Rank::kFixedPrefix;
    }
    const auto& keywords = foreign_->keywords;
    if (!keywords.empty() &&
        AnchorsAreRequired(rule->pattern, keywords, true)) {
      rule->anchors = keywords;
      rule->anchors_caseless = true;
      const auto shortest = std::min_element(
          keywords.begin(), keywords.end(),
          [](const auto& a, const auto& b) { return a.size() < b.size(); });
      if (shortest->size() < kShortest) {
        Change("keyword '" + *shortest +
               "' is short: as an anchor it is tried at every place it stands");
      }
      return;
    }
    const bool derived = HasRequiredLiterals(rule->pattern);
    if (!derived) {
      Change(
          "no literal stands in every match, so it has no anchor and costs a "
          "search of its own on every byte (logspill rules cost)");
    }
    if (keywords.empty()) return;
    if (derived) {
      Change(
          "its keywords need not stand in a match and are not asked for; its "
          "anchors come from its regex");
      return;
    }
    rule->near = keywords;
    rule->near_required = true;
    Change(
        "its keywords need not stand in a match: here one must stand within "
        "64 bytes before the value");
  }

  // True where what it matches begins with the same three bytes or more.
  static bool HasPrefix(const PatternNode& node) {
    std::size_t bytes = 0;
    return Prefix(node, &bytes) || bytes >= kShortest;
  }
  // Counts leading bytes that are fixed; true where that is the whole node.
  static bool Prefix(const PatternNode& node, std::size_t* bytes) {
    using Kind = PatternNode::Kind;
    if (node.kind == Kind::kAssertion) return true;
    if (node.kind == Kind::kByte) {
      if (node.bytes.count() != 1) return false;
      ++*bytes;
      return true;
    }
    if (node.kind == Kind::kAlternatives || node.kind == Kind::kRepeat) {
      return false;
    }
    return std::all_of(
        node.children.begin(), node.children.end(),
        [&](const PatternNode& child) { return Prefix(child, bytes); });
  }

  void TellRest() {
    if (!foreign_->path.empty()) {
      Change("its path is not taken over: it looks at every input");
    }
    if (foreign_->needs_others) {
      Change("the rules it requires nearby are not asked for");
    }
  }

  bool AddExamples(const PatternTree& tree, int group, Rule* rule) {
    const PlainRule plain(rule);
    std::vector<std::string> texts;
    std::vector<std::string> values;
    for (std::uint32_t i = 0; i < kTries && texts.size() < 2; ++i) {
      std::string text = SampleOf(tree, group, i);
      if (rule->near_required) text.insert(0, rule->near.front() + " ");
      if (!IsPlainText(text)) continue;
      const auto found = plain.Find(text);
      if (found.empty()) continue;
      if (!texts.empty() && texts.front() == text && i + 1 < kTries / 2) {
        continue;  // a pattern of one text has no other
      }
      values.emplace_back(found.front().value.Of(text));
      texts.push_back(std::move(text));
    }
    if (texts.size() < 2) {
      Refuse("no example could be made of its regex; write the rule by hand");
      return false;
    }
    rule->match = texts;
    rule->no_match = CounterExamples(plain, texts, values);
    if (rule->no_match.size() < 2) {
      Refuse("its regex matches nearly every text");
      return false;
    }
    return true;
  }

  // The examples with half their value, or without it.
  static std::vector<std::string> CounterExamples(
      const PlainRule& plain, const std::vector<std::string>& texts,
      const std::vector<std::string>& values) {
    std::vector<std::string> tried;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      for (const std::size_t keep : {values[i].size() / 2, std::size_t{0}}) {
        std::string text = texts[i];
        const std::size_t at = text.find(values[i]);
        text.erase(at + keep, values[i].size() - keep);
        tried.push_back(text.empty() ? "nothing" : text);
      }
    }
    tried.insert(tried.end(), {"no value here", "-"});
    std::vector<std::string> good;
    for (const std::string& text : tried) {
      const bool is_new =
          std::find(good.begin(), good.end(), text) == good.end();
      if (good.size() < 2 && is_new && plain.Find(text).empty()) {
        good.push_back(text);
      }
    }
    return good;
  }

  void AddAllow(const ForeignAllowlist& list,
                const std::vector<std::string>& rules) {
    const std::string id = foreign_ == nullptr ? "" : foreign_->id;
    for (const std::string& why :
         ToAllowEntries(list, rules, name_, &out_.allow)) {
      out_.notes.push_back({NoteKind::kLeftOut, list.at, id, why});
    }
  }

  void TakeGlobal(const ForeignAllowlist& list) {
    foreign_ = nullptr;
    std::vector<std::string> rules;
    for (const std::string& target : list.target_rules) {
      const auto known = ids_.find(target);
      if (known != ids_.end()) rules.push_back(known->second);
    }
    if (rules.empty() && !list.target_rules.empty()) return;
    if (rules.empty()) rules.emplace_back();  // any rule
    AddAllow(list, rules);
  }

  const std::string& name_;
  const ForeignFile& file_;
  const ForeignRule* foreign_ = nullptr;    // the one at hand
  std::map<std::string, std::string> ids_;  // theirs, ours
  std::set<std::string> used_;
  Imported out_;
};

}  // namespace

Imported ImportRules(const std::string& name, const ForeignFile& file) {
  return Importer(name, file).Run();
}

}  // namespace logspill
