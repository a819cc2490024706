#include "scanner/collector.h"

#include <algorithm>
#include <cstdlib>

#include "scanner/finding/excerpt.h"

namespace logspill {
namespace {

constexpr std::size_t kMaxAmendable =
    1 << 20;  // values remembered under --stream

std::string SpoolFolder(const ScanOptions& options) {
  if (!options.spool_folder.empty()) return options.spool_folder;
  const char* folder = std::getenv("TMPDIR");
  return folder != nullptr && *folder != '\0' ? folder : "/tmp";
}

}  // namespace

TotalsInput ScanContext::totals() const {
  TotalsInput input;
  input.rules = &rules.rules();
  input.classifier = &classifier;
  input.groups = &groups;
  input.values = &values;
  if (options.call_sites != nullptr) input.sites = &options.call_sites->sites();
  input.allowlist = options.allowlist;
  input.baseline = options.baseline;
  input.predictor = options.predictor;
  input.min_severity = options.min_severity;
  return input;
}

Collector::Collector(ScanContext* context, Sink* sink)
    : context_(context),
      sink_(sink),
      spool_(SpoolFolder(context->options), context->options.spool_bytes) {}

bool Collector::Commit(const InputNames& names, std::uint64_t lines_before,
                       BlockFindings* findings) {
  for (ExampleOffer& offer : findings->examples) {
    offer.example.line += lines_before;
    context_->groups.Offer(offer.group, offer.example);
  }
  if (findings->drafts.empty()) return true;
  const std::lock_guard lock(mutex_);
  if (!open_) return false;
  std::string waiting;
  std::string_view rest = findings->drafts;
  for (;;) {
    const char* bytes = rest.data();
    if (!open_ || !TakeDraft(&rest, &draft_)) break;
    draft_.line += lines_before;
    const Group& group = context_->groups.at(draft_.group);
    if (Waits(group.key)) {
      const std::size_t at = waiting.size();
      waiting.append(bytes, rest.data());
      SetDraftLine(draft_.line, waiting.data() + at);
    } else {
      open_ = Send(draft_, context_->values.IdentityOf(group.key), names);
    }
  }
  if (open_ && !spool_.Append(names.number, waiting)) {
    // The spool is full: what is known now must do.
    std::string_view late = waiting;
    while (open_ && TakeDraft(&late, &draft_)) {
      const GroupKey& key = context_->groups.at(draft_.group).key;
      open_ = Send(draft_, context_->values.IdentityOf(key), names);
    }
  }
  Wipe(&findings->drafts);
  Wipe(&waiting);
  return open_;
}

Result<void> Collector::Finish(const std::vector<InputNames>& inputs) {
  const std::lock_guard lock(mutex_);
  Result<void> replayed =
      spool_.Replay([&](std::uint64_t number, std::string_view drafts) {
        while (open_ && TakeDraft(&drafts, &draft_)) {
          open_ = Send(draft_, IdentityOf(draft_.group, draft_.hash),
                       inputs[number]);
        }
        return open_;
      });
  if (!replayed) return replayed;
  if (open_ && context_->options.stream) open_ = SendAmendments();
  return {};
}

// What the whole run must have seen.
bool Collector::Waits(const GroupKey& key) const {
  if (context_->options.stream) return false;
  return context_->rules.rules().rules[key.rule].joinable ||
         key.code.roots != 0;
}

// What all occurrences of a value prove, and the group's own.
Identity Collector::IdentityOf(GroupId id, std::uint64_t hash) const {
  const GroupKey& key = context_->groups.at(id).key;
  const Identity local = context_->values.IdentityOf(key);
  const Rule& rule = context_->rules.rules().rules[key.rule];
  return rule.joinable ? context_->values.Joined(hash, local) : local;
}

std::size_t Collector::RulingHash::operator()(const RulingKey& key) const {
  const Identity& identity = key.identity;
  const std::uint64_t bits =
      std::uint64_t{key.group} << 32 | std::uint64_t{identity.subject} << 16 |
      static_cast<std::uint64_t>(identity.strength) << 12 |
      static_cast<std::uint64_t>(identity.source) << 8 |
      static_cast<std::uint64_t>(identity.relation);
  const auto site = static_cast<std::uint32_t>(identity.site);
  return std::hash<std::uint64_t>()(bits ^ std::uint64_t{site} << 40 ^
                                    std::uint64_t{identity.route} << 24);
}

const Collector::Ruling& Collector::RulingOf(GroupId id,
                                             const Identity& identity) {
  const auto [at, is_new] = rulings_.try_emplace({id, identity});
  if (!is_new) return at->second;
  Ruling& ruling = at->second;
  const Group& group = context_->groups.at(id);
  const Rule& rule = context_->rules.rules().rules[group.key.rule];
  const Classifier& classifier = context_->classifier;
  ruling.class_name = classifier.ClassName(rule, identity.subject);
  ruling.severity = SeverityWith(group.key.verdict,
                                 classifier.SeverityOf(rule, identity.subject));
  ruling.confidence = classifier.ConfidenceOf(rule, identity);
  // An identity that differs from the group's own came from elsewhere.
  const Identity local = context_->values.IdentityOf(group.key);
  ruling.reasons = ReasonsHere(context_->totals(), group.key);
  if (identity.subject != local.subject) {
    ruling.reasons.push_back(ReasonElsewhere(context_->totals(), identity));
  }
  if (!group.note.empty()) ruling.reasons.emplace_back(group.note);
  ruling.allowed = IsAllowed(context_->totals(), group, ruling.class_name);
  return ruling;
}

bool Collector::Send(const Draft& draft, const Identity& identity,
                     const InputNames& names) {
  const Ruling& ruling = RulingOf(draft.group, identity);
  if (ruling.allowed || ruling.severity < context_->options.min_severity)
    return true;
  const Group& group = context_->groups.at(draft.group);
  finding_.rule = &context_->rules.rules().rules[group.key.rule];
  finding_.class_name = ruling.class_name;
  finding_.severity = ruling.severity;
  finding_.confidence = ruling.confidence;
  finding_.reasons = ruling.reasons;
  finding_.input = names.input;
  const auto member = names.members.find(draft.member);
  if (member == names.members.end() || member->second.empty()) {
    finding_.member.reset();
  } else {
    finding_.member = member->second;
  }
  finding_.line = draft.line;
  finding_.end_line = draft.line + draft.more_lines;
  finding_.offset = draft.offset;
  finding_.span_begin = draft.span_begin;
  finding_.span_end = draft.span_end;
  finding_.field = draft.field;
  finding_.time_ms.reset();
  if (draft.has_time) finding_.time_ms = draft.time_ms;
  finding_.fingerprint = draft.fingerprint;
  PutClass(draft.excerpt, ruling.class_name, &finding_.excerpt);
  finding_.shape = draft.shape;
  finding_.revealed = draft.revealed;
  finding_.window_context = draft.window_context;
  finding_.attribution.reset();
  finding_.sites.clear();
  if (draft.attributed) {
    finding_.attribution = draft.attribution;
    for (const DraftSite& site : draft.sites) {
      finding_.sites.push_back(
          {&context_->options.call_sites
                ->sites()[static_cast<std::size_t>(site.site)],
           site.hole});
    }
  }
  const bool may_change = finding_.rule->joinable || group.key.code.roots != 0;
  if (context_->options.stream && may_change &&
      printed_values_.size() < kMaxAmendable) {
    const auto [at, is_new] = printed_values_.try_emplace(
        draft.hash,
        Printed{finding_.fingerprint, ruling.class_name, draft.group});
    if (!is_new && at->second.class_name != ruling.class_name) {
      at->second.mixed = true;
    }
  }
  ++printed_;
  return sink_->OnFinding(finding_);
}

bool Collector::SendAmendments() {
  std::vector<Amendment> amendments;
  for (const auto& [hash, printed] : printed_values_) {
    const Ruling& ruling =
        RulingOf(printed.group, IdentityOf(printed.group, hash));
    if (ruling.class_name == printed.class_name && !printed.mixed) continue;
    amendments.push_back({printed.fingerprint, ruling.class_name,
                          ruling.severity,
                          ruling.reasons.empty() ? "" : ruling.reasons.back()});
  }
  std::sort(amendments.begin(), amendments.end(),
            [](const Amendment& a, const Amendment& b) {
              return a.fingerprint < b.fingerprint;
            });
  return std::all_of(amendments.begin(), amendments.end(),
                     [this](const auto& a) { return sink_->OnAmendment(a); });
}

}  // namespace logspill
