#include "scanner/finding/named_sites.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace logspill {
namespace {

using Argument = std::pair<std::int32_t, int>;  // call site and hole

const CallSite& SiteAt(const TotalsInput& input, std::int32_t site) {
  return (*input.sites)[static_cast<std::size_t>(site)];
}

// The one call site of the evidence, or all that are tied.
std::vector<std::int32_t> SitesOf(const TotalsInput& input,
                                  const CodeEvidence& code) {
  if (input.sites == nullptr || code.site == kNoSite) return {};
  if (code.is_tie()) return input.groups->Tied(code.site);
  return {code.site};
}

// "argument 'consumer.uuid' of handlers/util.py:227"
std::string ReasonOfSites(const TotalsInput& input,
                          const std::vector<std::int32_t>& sites, int hole) {
  constexpr std::size_t kMost = 3;
  std::string text;
  for (std::size_t i = 0; i < sites.size() && i < kMost; ++i) {
    const CallSite& site = SiteAt(input, sites[i]);
    const Hole* filled = site.HoleAt(hole);
    if (i == 0 && filled != nullptr) {
      const bool named = !filled->key.empty();
      text = named ? "key '" + filled->key : "argument '" + filled->argument;
      text += "' of ";
    } else if (i > 0) {
      text += " or ";
    }
    text += site.file + ":" + std::to_string(site.line);
  }
  if (sites.size() > kMost) text += " or others";
  return text;
}

std::set<Argument> ArgumentsSeen(const TotalsInput& input) {
  std::set<Argument> seen;
  for (GroupId id = 0; id < input.groups->size(); ++id) {
    const CodeEvidence& code = input.groups->at(id).key.code;
    for (const std::int32_t site : SitesOf(input, code)) {
      seen.emplace(site, code.hole);
    }
  }
  return seen;
}

auto OrderOf(const Prediction& prediction) {
  const SiteName& site = prediction.site;
  return std::tie(site.root, site.file, site.line, site.id, site.hole);
}

}  // namespace

SiteName NameOf(const CallSite& site, int hole) {
  SiteName name;
  name.id = site.id;
  name.root = site.root;
  name.file = site.file;
  name.line = site.line;
  name.end_line = site.end_line;
  name.function = site.function;
  name.level = site.level;
  name.message = site.message.Text();
  name.argument = site.ArgumentOf(hole);
  name.hole = hole;
  name.built_in = site.Has("built-in");
  return name;
}

void NameSites(const TotalsInput& input, const CodeEvidence& code,
               RowSummary* row) {
  const std::vector<std::int32_t> sites = SitesOf(input, code);
  if (sites.size() > 1) {
    for (const std::int32_t site : sites) {
      row->tied.push_back(NameOf(SiteAt(input, site), code.hole));
    }
  } else if (sites.size() == 1) {
    SiteName name = NameOf(SiteAt(input, sites[0]), code.hole);
    row->site_id = std::move(name.id);
    row->root = std::move(name.root);
    row->file = std::move(name.file);
    row->site_line = name.line;
    row->site_end_line = name.end_line;
    row->function = std::move(name.function);
    row->level = std::move(name.level);
    row->message = std::move(name.message);
    row->argument = std::move(name.argument);
    row->built_in = name.built_in;
  }
}

std::vector<std::string> ReasonsHere(const TotalsInput& input,
                                     const GroupKey& key) {
  const Rule& rule = input.rules->rules[key.rule];
  std::vector<std::string> reasons;
  if (key.identity.subject != kNoSubject) {
    reasons.push_back(input.classifier->Reason(key.identity));
  }
  const Identity& by_code = key.code.identity;
  if (by_code.subject != kNoSubject && input.values->Trusts(key.code)) {
    std::string reason =
        ReasonOfSites(input, SitesOf(input, key.code), by_code.hole);
    // The one that decides stands last.
    const bool decides = input.values->IdentityOf(key) == by_code;
    reasons.insert(decides ? reasons.end() : reasons.begin(),
                   std::move(reason));
  }
  if (!reasons.empty()) return reasons;
  if (!Classifier::IsByEvidence(rule)) return {"form: " + rule.title};
  return {input.classifier->Reason({})};
}

std::string ReasonElsewhere(const TotalsInput& input,
                            const Identity& identity) {
  const bool by_code = identity.site >= 0 && input.sites != nullptr;
  return "elsewhere in these logs: " +
         (by_code ? ReasonOfSites(input, {identity.site}, identity.hole)
                  : input.classifier->Reason(identity));
}

std::vector<Prediction> FindPredictions(const TotalsInput& input) {
  const std::set<Argument> seen = ArgumentsSeen(input);
  std::vector<Prediction> found;
  for (std::size_t i = 0; i < input.sites->size(); ++i) {
    const CallSite& site = (*input.sites)[i];
    if (site.Has("built-in")) continue;  // of a server that may not be there
    const std::size_t holes = site.message.holes.size() + site.fields.size();
    for (int hole = 0; hole < static_cast<int>(holes); ++hole) {
      if (seen.contains({static_cast<std::int32_t>(i), hole})) continue;
      const Hole& filled = *site.HoleAt(hole);
      Predicted predicted = input.predictor->Predict(
          {filled.argument, filled.key, filled.origin, filled.type});
      if (predicted.class_name.empty() ||
          predicted.severity < input.min_severity) {
        continue;
      }
      found.push_back({NameOf(site, hole), site.language,
                       std::move(predicted.class_name), predicted.severity});
    }
  }
  std::sort(found.begin(), found.end(),
            [](const Prediction& a, const Prediction& b) {
              if (a.severity != b.severity) return a.severity > b.severity;
              return OrderOf(a) < OrderOf(b);
            });
  return found;
}

}  // namespace logspill
