#include "adapters/cli/known_names.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <set>
#include <string>
#include <vector>

#include "adapters/output/text.h"
#include "patterns/suggest.h"

namespace logspill {
namespace {

class KnownNames {
 public:
  KnownNames(const ScanArgs& args, const EngineParts& parts)
      : args_(args), classifier_(*parts.classifier) {
    Add(parts.rules);
  }

  bool HasRule(const std::string& id) { return Has(rules_, id); }
  bool HasClass(const std::string& name) { return Has(classes_, name); }
  std::string RuleHint(const std::string& id) const { return Hint(id, rules_); }
  std::string ClassHint(const std::string& name) const {
    return Hint(name, classes_);
  }

 private:
  using Names = std::set<std::string>;

  void Add(const RuleSet& rules);
  bool Has(const Names& names, const std::string& name);
  static std::string Hint(const std::string& name, const Names& names);

  const ScanArgs& args_;
  const Classifier& classifier_;
  Names rules_;
  Names classes_;
  bool all_ = false;  // also of rules that are not enabled
};

void KnownNames::Add(const RuleSet& rules) {
  const std::size_t subjects = classifier_.subjects().size();
  for (const Rule& rule : rules.rules) {
    rules_.insert(rule.id);
    for (std::size_t id = 0; id < subjects; ++id) {
      classes_.insert(classifier_.ClassName(rule, static_cast<SubjectId>(id)));
    }
  }
}

// The name of a rule that is not enabled is no slip.
bool KnownNames::Has(const Names& names, const std::string& name) {
  if (names.count(name) != 0) return true;
  if (all_) return false;
  all_ = true;
  RuleSelection everything = args_.rules;
  everything.enable.clear();
  everything.disable.clear();
  everything.tags.clear();
  if (const auto rules = LoadRules(everything)) Add(*rules);
  return names.count(name) != 0;
}

std::string KnownNames::Hint(const std::string& name, const Names& names) {
  const std::string hint = DidYouMean(name, {names.begin(), names.end()});
  return hint.empty() ? hint : "; " + hint;
}

void WarnOf(const AllowEntry& entry, const std::string& what,
            const std::string& hint) {
  spdlog::warn("{}: this [[allow]] entry allows nothing: {}{}",
               Printable(entry.origin), what, hint);
}

}  // namespace

Result<void> CheckClasses(const ScanArgs& args, const EngineParts& parts) {
  if (args.classes.empty()) return {};
  KnownNames known(args, parts);
  for (const std::string& name : args.classes) {
    if (known.HasClass(name)) continue;
    return Error{fmt::format("--class: no rule or subject gives a class '{}'{}",
                             Printable(name), known.ClassHint(name))};
  }
  return {};
}

void WarnOfUnknownNames(const ScanArgs& args, const EngineParts& parts) {
  if (args.allow.empty()) return;
  KnownNames known(args, parts);
  for (const AllowEntry& entry : args.allow) {
    if (!entry.rule.empty() && !known.HasRule(entry.rule)) {
      WarnOf(entry, fmt::format("there is no rule '{}'", Printable(entry.rule)),
             known.RuleHint(entry.rule));
    }
    if (!entry.class_name.empty() && !known.HasClass(entry.class_name)) {
      WarnOf(entry,
             fmt::format("no rule or subject gives a class '{}'",
                         Printable(entry.class_name)),
             known.ClassHint(entry.class_name));
    }
  }
}

void WarnOfUnknownSites(const ScanArgs& args, const EngineParts& parts) {
  std::set<std::string> known;
  if (parts.call_sites) {
    for (const CallSite& site : parts.call_sites->sites()) {
      known.insert(site.id);
    }
  }
  for (const AllowEntry& entry : args.allow) {
    if (entry.site.empty() || known.count(entry.site) != 0) continue;
    if (!parts.call_sites) {
      WarnOf(entry, "it names a call site, and no source is given",
             "; see --source");
      continue;
    }
    const std::string hint =
        DidYouMean(entry.site, {known.begin(), known.end()});
    WarnOf(entry,
           fmt::format("there is no call site '{}'", Printable(entry.site)),
           hint.empty() ? hint : "; " + hint);
  }
}

}  // namespace logspill
