#include "scanner/redact/policy.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <utility>

#include "scanner/base/mark.h"

namespace logspill {
namespace {

constexpr std::array<std::string_view, kActionCount> kNames = {
    "keep",      "mask",   "drop",      "drop-record", "keep-first",
    "keep-last", "length", "pseudonym", "mail-domain", "ip-network"};

const PolicyEntry* Find(const std::vector<PolicyEntry>& entries,
                        std::string_view name) {
  for (const PolicyEntry& entry : entries) {
    if (entry.name == name) return &entry;
  }
  return nullptr;
}

// What stands instead of a value already: asterisks, <password>, ${VAR}.
bool IsMasked(std::string_view value) {
  if (value.find_first_not_of("*xX#?._- ") == std::string_view::npos) {
    return true;
  }
  constexpr std::array<std::pair<char, char>, 3> kPairs = {
      {{'<', '>'}, {'{', '}'}, {'[', ']'}}};
  if (value.starts_with('$')) value.remove_prefix(1);
  return value.size() > 1 &&
         std::any_of(kPairs.begin(), kPairs.end(), [&](const auto& pair) {
           return value.front() == pair.first && value.back() == pair.second;
         });
}

Severity SeverityFor(Severity severity, Verdict verdict,
                     std::string_view value) {
  if (verdict == Verdict::kLower) return std::min(severity, Severity::kLow);
  // A published example of a credential may be someone's all the same.
  if (verdict == Verdict::kPlaceholder &&
      (severity < Severity::kHigh || IsMasked(value))) {
    return Severity::kInfo;
  }
  return severity;
}

Result<void> CheckNames(const std::vector<PolicyEntry>& entries,
                        const std::set<std::string, std::less<>>& known,
                        std::string_view what) {
  for (const PolicyEntry& entry : entries) {
    if (known.count(entry.name) != 0) continue;
    return Error{entry.origin + ": no rule in force has the " +
                 std::string(what) + " '" + entry.name + "'"};
  }
  return {};
}

}  // namespace

std::optional<Policy> ParsePolicy(std::string_view text) {
  const std::size_t colon = text.find(':');
  const auto name =
      std::find(kNames.begin(), kNames.end(), text.substr(0, colon));
  if (name == kNames.end()) return std::nullopt;
  Policy policy;
  policy.action = static_cast<Action>(name - kNames.begin());
  const bool counts =
      policy.action == Action::kKeepFirst || policy.action == Action::kKeepLast;
  if (!counts) {
    return colon == std::string_view::npos ? std::optional(policy)
                                           : std::nullopt;
  }
  if (colon == std::string_view::npos) return std::nullopt;
  const char* end = text.data() + text.size();
  const auto parsed =
      std::from_chars(text.data() + colon + 1, end, policy.count);
  if (parsed.ec != std::errc() || parsed.ptr != end || policy.count == 0 ||
      policy.count > kMaxKept) {
    return std::nullopt;
  }
  return policy;
}

std::string_view Name(Action action) {
  return kNames[static_cast<std::size_t>(action)];
}

const std::vector<std::string>& PolicyNames() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> made;
    for (const std::string_view name : kNames) {
      const bool counts = name.starts_with("keep-");
      made.push_back(std::string(name) + (counts ? ":4" : ""));
    }
    return made;
  }();
  return names;
}

Result<PolicyTable> PolicyTable::Create(const PolicySettings& settings,
                                        const RuleSet& rules,
                                        const Classifier& classifier) {
  PolicyTable table;
  table.min_severity_ = settings.min_severity;
  const std::size_t subjects = classifier.subjects().size();
  std::set<std::string, std::less<>> ids;
  std::set<std::string, std::less<>> kinds;
  std::set<std::string, std::less<>> classes;
  for (const Rule& rule : rules.rules) {
    ids.insert(rule.id);
    kinds.insert(rule.kind);
    std::optional<Policy> own;
    if (!rule.redact.empty()) {
      own = ParsePolicy(rule.redact);
      if (!own) {
        return Error{rule.origin + ": rule " + rule.id + ": '" + rule.redact +
                     "' is no policy of redaction"};
      }
    }
    const PolicyEntry* by_rule = Find(settings.rules, rule.id);
    const PolicyEntry* by_kind = Find(settings.kinds, rule.kind);
    const auto cell_of = [&](SubjectId subject) {
      const std::string name = classifier.ClassName(rule, subject);
      const PolicyEntry* by_class = Find(settings.classes, name);
      classes.insert(name);
      Cell cell;
      cell.severity = classifier.SeverityOf(rule, subject);
      for (const PolicyEntry* entry : {by_rule, by_class, by_kind}) {
        if (entry == nullptr || cell.named) continue;
        cell.policy = entry->policy;
        cell.named = true;
      }
      if (!cell.named) cell.policy = own.value_or(settings.otherwise);
      return cell;
    };
    Row row;
    row.otherwise = cell_of(kNoSubject);
    if (Classifier::IsByEvidence(rule)) {
      for (std::size_t id = 0; id < subjects; ++id) {
        row.by_subject.push_back(cell_of(static_cast<SubjectId>(id)));
      }
      // Severities matter where they lie on both sides of the least.
      const auto like_first = [&](const Cell& cell) {
        return cell.policy == row.otherwise.policy &&
               cell.named == row.otherwise.named &&
               (cell.severity >= settings.min_severity) ==
                   (row.otherwise.severity >= settings.min_severity);
      };
      if (std::all_of(row.by_subject.begin(), row.by_subject.end(),
                      like_first)) {
        row.by_subject.clear();
      }
    }
    table.rows_.push_back(std::move(row));
  }
  for (const auto& check : {CheckNames(settings.rules, ids, "id"),
                            CheckNames(settings.classes, classes, "class"),
                            CheckNames(settings.kinds, kinds, "kind")}) {
    if (!check) return check.error();
  }
  return table;
}

Policy PolicyTable::For(const Rule& rule, SubjectId subject, Verdict verdict,
                        std::string_view value) const {
  const Row& row = rows_[rule.index];
  const Cell& cell =
      row.by_subject.empty() ? row.otherwise : row.by_subject[subject];
  if (cell.named) return cell.policy;
  const Severity severity = SeverityFor(cell.severity, verdict, value);
  return severity < min_severity_ ? Policy{Action::kKeep, 0} : cell.policy;
}

}  // namespace logspill
