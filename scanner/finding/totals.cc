#include "scanner/finding/totals.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

#include "scanner/finding/excerpt.h"
#include "scanner/finding/named_sites.h"

namespace logspill {
namespace {

void Widen(std::optional<std::int64_t>* first,
           std::optional<std::int64_t>* last, std::int64_t from,
           std::int64_t to) {
  if (from > to) return;  // no time was printed
  *first = first->has_value() ? std::min(**first, from) : from;
  *last = last->has_value() ? std::max(**last, to) : to;
}

// What a row of the report tells apart.
using RowKey = std::tuple<std::string, std::uint32_t, std::int32_t,
                          std::int32_t, std::uint64_t, Severity, NoSite>;

// A call site's hole is one place, whatever the text that filled it names.
bool IsOfHole(const Group& group) {
  return group.key.code.site != kNoSite && group.key.code.hole >= 0;
}

class Summing {
 public:
  Summing(const TotalsInput& input, Summary* summary)
      : input_(input), summary_(summary) {}

  void Run() {
    // Pairs of one value are neighbours in one shard; distinct ones are counted from
    // a list that is sorted each time it has grown.
    input_.values->ForEach([this](const Pair& pair) { AddPair(pair); });
    CountDistinct();
    for (GroupId id = 0; id < input_.groups->size(); ++id) AddSpilled(id);
    Finish();
  }

 private:
  struct Place {
    std::size_t row;
    std::size_t cls;
    bool allowed;
  };

  // Where the findings of a group go whose values have this subject.
  const Place& PlaceOf(GroupId id, SubjectId subject) {
    const std::uint64_t key = std::uint64_t{id} << 16 | subject;
    const auto [at, is_new] = places_.try_emplace(key);
    if (is_new) at->second = MakePlace(input_.groups->at(id), subject);
    return at->second;
  }

  Place MakePlace(const Group& group, SubjectId subject) {
    const Rule& rule = input_.rules->rules[group.key.rule];
    const std::string name = input_.classifier->ClassName(rule, subject);
    if (IsAllowed(input_, group, name)) return {0, 0, true};
    const Severity severity = SeverityWith(
        group.key.verdict, input_.classifier->SeverityOf(rule, subject));
    const RowKey key{name,
                     group.key.rule,
                     group.key.code.site,
                     group.key.code.hole,
                     IsOfHole(group) ? 0 : group.key.field,
                     severity,
                     group.key.code.cause};
    const auto [row, new_row] = rows_.try_emplace(key, summary_->rows.size());
    if (new_row) summary_->rows.push_back(MakeRow(group, rule, name, severity));
    OfferExample(group, subject, name, &summary_->rows[row->second],
                 row->second);
    const auto [cls, new_class] =
        classes_.try_emplace(name, summary_->classes.size());
    if (new_class) summary_->classes.emplace_back().class_name = name;
    ClassSummary& held = summary_->classes[cls->second];
    held.severity = std::max(held.severity, severity);
    return {row->second, cls->second, false};
  }

  RowSummary MakeRow(const Group& group, const Rule& rule,
                     const std::string& name, Severity severity) const {
    RowSummary row;
    row.class_name = name;
    row.rule = rule.id;
    row.kind = rule.kind;
    row.tags = rule.tags;
    row.severity = severity;
    if (!IsOfHole(group)) row.field = group.field;
    row.hole = group.key.code.hole;
    row.cause = group.key.code.cause;
    NameSites(input_, group.key.code, &row);
    return row;
  }

  // The example is the first in input order; the reason the strongest.
  void OfferExample(const Group& group, SubjectId subject,
                    const std::string& name, RowSummary* row,
                    std::size_t index) {
    if (index >= best_.size()) best_.resize(index + 1);
    Best& best = best_[index];
    const GroupExample& example = group.example;
    const auto place =
        std::tuple(example.input, example.member, example.offset);
    if (best.group == nullptr || place < best.place) {
      best.group = &group;
      best.place = place;
      row->example = WithClass(example.excerpt, name);
      row->input = example.input_name;
      row->member = example.member_name;
      row->line = example.line;
    }
    row->in_part = row->in_part || group.key.code.in_part;
    // Whatever order the groups come in.
    const Identity identity = input_.values->IdentityOf(group.key);
    const auto reason =
        std::tuple(-static_cast<int>(identity.strength), identity.source,
                   identity.relation, subject, std::string(group.note));
    std::string text = ReasonOf(group, subject);
    if (!text.empty() && (row->reason.empty() || reason < best.reason)) {
      best.reason = reason;
      row->reason = std::move(text);
    }
  }

  // Empty where only other places say it.
  std::string ReasonOf(const Group& group, SubjectId subject) const {
    if (!group.note.empty()) return std::string(group.note);
    if (subject != input_.values->IdentityOf(group.key).subject) return {};
    const std::vector<std::string> reasons = ReasonsHere(input_, group.key);
    return reasons.empty() ? std::string() : reasons.back();
  }

  void AddPair(const Pair& pair) {
    const Group& group = input_.groups->at(pair.group);
    const Identity local = input_.values->IdentityOf(group.key);
    const bool joins = input_.rules->rules[group.key.rule].joinable;
    const Identity identity =
        joins ? input_.values->Joined(pair.hash, local) : local;
    const Place& place = PlaceOf(pair.group, identity.subject);
    if (place.allowed) {
      summary_->allowed += pair.findings;
      return;
    }
    if (identity.subject != local.subject) {
      Identity& elsewhere = best_[place.row].elsewhere;
      elsewhere =
          Identity::Join(elsewhere, identity, input_.classifier->subjects());
    }
    RowSummary& row = summary_->rows[place.row];
    ClassSummary& cls = summary_->classes[place.cls];
    row.findings += pair.findings;
    row.lines += pair.lines;
    cls.findings += pair.findings;
    Widen(&row.first_ms, &row.last_ms, pair.first(), pair.last());
    Widen(&cls.first_ms, &cls.last_ms, pair.first(), pair.last());
    if (!seen_.empty() && seen_.back().hash % 64 != pair.hash % 64)
      CountDistinct();
    seen_.push_back({pair.hash, static_cast<std::uint32_t>(place.row),
                     static_cast<std::uint32_t>(place.cls)});
  }

  // Counts each value once in each row and once in each class.
  void CountDistinct() {
    const auto count = [this](auto index, auto add) {
      std::sort(seen_.begin(), seen_.end(), [&](const Seen& a, const Seen& b) {
        return std::tuple(index(a), a.hash) < std::tuple(index(b), b.hash);
      });
      for (std::size_t i = 0; i < seen_.size(); ++i) {
        if (i == 0 || index(seen_[i]) != index(seen_[i - 1]) ||
            seen_[i].hash != seen_[i - 1].hash) {
          add(index(seen_[i]));
        }
      }
    };
    count([](const Seen& s) { return s.row; },
          [this](std::uint32_t row) { ++summary_->rows[row].distinct.values; });
    count([](const Seen& s) { return s.cls; },
          [this](std::uint32_t cls) {
            ++summary_->classes[cls].distinct.values;
          });
    seen_.clear();
  }

  void AddSpilled(GroupId id) {
    const Group& group = input_.groups->at(id);
    if (group.spilled == 0) return;
    const Place& place =
        PlaceOf(id, input_.values->IdentityOf(group.key).subject);
    if (place.allowed) {
      summary_->allowed += group.spilled;
      return;
    }
    const std::uint64_t values = group.spilled_values.Estimate();
    summary_->spilled_values += values;
    RowSummary& row = summary_->rows[place.row];
    ClassSummary& cls = summary_->classes[place.cls];
    row.findings += group.spilled;
    row.lines += group.spilled_lines;
    cls.findings += group.spilled;
    for (ValueCount* count : {&row.distinct, &cls.distinct}) {
      count->values += values;
      count->exact = false;
    }
  }

  // Every field that can tell two rows apart takes part: groups come in any
  // order.
  static auto RowOrder(const RowSummary& a, const RowSummary& b) {
    const auto place = [](const RowSummary& row) {
      const bool tie = !row.tied.empty();
      return std::tie(tie ? row.tied[0].root : row.root,
                      tie ? row.tied[0].file : row.file);
    };
    const auto line = [](const RowSummary& row) {
      return row.tied.empty() ? row.site_line : row.tied[0].line;
    };
    return std::tuple(b.severity, b.lines, b.findings, a.class_name, a.rule,
                      place(a), line(a), a.site_id, a.tied.size(), a.hole,
                      a.argument, a.field, a.cause, a.input, a.line);
  }

  void Finish() {
    for (std::size_t i = 0; i < summary_->rows.size(); ++i) {
      RowSummary& row = summary_->rows[i];
      if (row.reason.empty() && best_[i].elsewhere.subject != kNoSubject) {
        row.reason = ReasonElsewhere(input_, best_[i].elsewhere);
      }
      summary_->findings += row.findings;
      if (row.severity >= input_.min_severity)
        summary_->printed += row.findings;
      if (row.findings != 0 &&
          (!summary_->worst || row.severity > *summary_->worst)) {
        summary_->worst = row.severity;
      }
    }
    std::sort(summary_->rows.begin(), summary_->rows.end(),
              [](const RowSummary& a, const RowSummary& b) {
                return RowOrder(a, b) < RowOrder(b, a);
              });
    std::sort(summary_->classes.begin(), summary_->classes.end(),
              [](const ClassSummary& a, const ClassSummary& b) {
                return std::tuple(b.severity, b.findings, a.class_name) <
                       std::tuple(a.severity, a.findings, b.class_name);
              });
  }

  struct Seen {
    std::uint64_t hash;
    std::uint32_t row;
    std::uint32_t cls;
  };
  struct Best {
    const Group* group = nullptr;
    Identity elsewhere;  // the strongest that other places gave
    std::tuple<std::uint64_t, std::uint32_t, std::uint64_t> place;
    std::tuple<int, EvidenceSource, Relation, SubjectId, std::string> reason;
  };

  const TotalsInput& input_;
  Summary* summary_;
  std::unordered_map<std::uint64_t, Place> places_;
  std::map<RowKey, std::size_t> rows_;
  std::map<std::string, std::size_t> classes_;
  std::vector<Best> best_;  // of each row
  std::vector<Seen> seen_;  // of one shard
};

}  // namespace

Severity SeverityWith(Verdict verdict, Severity severity) {
  switch (verdict) {
    case Verdict::kLower:
      return std::min(severity, Severity::kLow);
    case Verdict::kPlaceholder:
      return Severity::kInfo;
    default:
      return severity;
  }
}

bool IsAllowed(const TotalsInput& input, const Group& group,
               const std::string& class_name) {
  const Rule& rule = input.rules->rules[group.key.rule];
  std::string_view site;
  std::string_view argument;
  if (input.sites != nullptr && group.key.code.site >= 0) {
    const CallSite& call =
        (*input.sites)[static_cast<std::size_t>(group.key.code.site)];
    site = call.id;
    argument = call.ArgumentOf(group.key.code.hole);
  }
  if (input.baseline != nullptr) {
    BaselineEntry entry;
    entry.rule = rule.id;
    entry.class_name = class_name;
    entry.field = group.field;
    if (!site.empty() && group.key.code.hole >= 0) {  // as EntryOf() has it
      entry.site = site;
    } else if (group.field.empty()) {
      entry.shape = group.shape;
    }
    if (input.baseline->Holds(entry)) return true;
  }
  if (input.allowlist == nullptr || input.allowlist->empty()) return false;
  return input.allowlist->Allows(group.key.allowed, class_name,
                                 {.rule = rule.id,
                                  .site = site,
                                  .argument = argument,
                                  .field = group.field,
                                  .path = {},
                                  .value = {},
                                  .fingerprint = {}});
}

void SumUp(const TotalsInput& input, Summary* summary) {
  Summing(input, summary).Run();
  if (input.predictor != nullptr && input.sites != nullptr) {
    summary->predictions = FindPredictions(input);
  }
}

}  // namespace logspill
