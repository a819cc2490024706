#include "scanner/identity/classifier.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace logspill {
namespace {

constexpr std::size_t kMaxArgumentBytes = 128;

// What the kind says about its values.
enum class Sort { kId, kEmail, kAddress, kOther };

Sort SortOf(std::string_view kind) {
  static constexpr std::array<std::string_view, 12> kIds = {
      "cuid",     "hex32",     "ksuid", "nanoid", "object-id", "objectid",
      "other-id", "snowflake", "ulid",  "uuid",   "uuid-hex",  "xid"};
  if (std::find(kIds.begin(), kIds.end(), kind) != kIds.end()) return Sort::kId;
  if (kind == "email") return Sort::kEmail;
  if (kind == "ipv4" || kind == "ipv6") return Sort::kAddress;
  return Sort::kOther;
}

// A hexadecimal string of 32 digits is a UUID where something says whose it is.
std::string_view SuffixOf(std::string_view kind) {
  return kind == "uuid" || kind == "hex32" ? "uuid" : "id";
}

// Words behind which another thing begins: "user moved to <value>".
bool TurnsAway(std::string_view word) {
  static constexpr std::array<std::string_view, 21> kWords = {
      "against", "and",  "as", "at",    "by",    "for", "from",
      "in",      "into", "of", "on",    "onto",  "or",  "per",
      "than",    "then", "to", "under", "using", "via", "within"};
  std::array<char, 8> lower{};
  if (word.size() > lower.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    lower[i] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return std::binary_search(kWords.begin(), kWords.end(),
                            std::string_view(lower.data(), word.size()));
}

// Text, labels and paths hold names of hosts and packages, whose "org" is no
// organisation: "www.example.org", "org.apache.spark.Executor".
std::string_view WithoutDomain(std::string_view name) {
  constexpr std::string_view kHost = ".org";
  constexpr std::string_view kPackage = "org.";
  if (name.ends_with(kHost)) name.remove_suffix(kHost.size());
  if (name.starts_with(kPackage) &&
      name.find('.', kPackage.size()) != std::string_view::npos) {
    name.remove_prefix(kPackage.size());
  }
  return name;
}

// How the pieces of evidence are ordered; the greater decides.  Every field
// takes part, so that two that are equal here are the same.
auto RankOf(const Identity& identity, const SubjectTable& subjects) {
  int sort = 0;
  if (identity.subject != kNoSubject) {
    sort = subjects.at(identity.subject).operational ? 1 : 2;
  }
  return std::tuple(
      sort, identity.strength, -int{identity.subject},
      -static_cast<int>(identity.source), -static_cast<int>(identity.relation),
      -std::int64_t{identity.route}, -identity.site, -identity.hole);
}

// "str(consumer.uuid)" -> "str", what stands outside the brackets of calls.
std::string_view BeforeCall(std::string_view expression) {
  const std::size_t open = expression.find('(');
  if (open == std::string_view::npos || open == 0) return {};
  return expression.substr(0, open);
}

std::string_view WordsForRelation(Relation relation) {
  switch (relation) {
    case Relation::kJsonKey:
    case Relation::kKeyValue:
      return "key";
    case Relation::kColon:
      return "label";
    case Relation::kRepr:
      return "field";
    case Relation::kSqlColumn:
      return "column";
    case Relation::kUrlQuery:
      return "URL parameter";
    case Relation::kUrlPath:
      return "path segment";
    case Relation::kHeader:
      return "header";
    case Relation::kNone:
      break;
  }
  return "name";
}

}  // namespace

Identity Identity::Join(const Identity& a, const Identity& b,
                        const SubjectTable& subjects) {
  return RankOf(a, subjects) < RankOf(b, subjects) ? b : a;
}

Identity Classifier::FromContext(
    const NamedBy& named, std::span<const std::string_view> words) const {
  const Identity by_name = FromName(named);
  return by_name.subject != kNoSubject ? by_name : FromWords(words);
}

Identity Classifier::FromName(const NamedBy& named) const {
  if (named.relation == Relation::kNone) return {};
  const bool path = named.relation == Relation::kUrlPath;
  const bool text = path || named.relation == Relation::kColon;
  SubjectId subject =
      subjects_->OfName(text ? WithoutDomain(named.name) : named.name);
  // In a path the segment before is another collection.
  if (subject == kNoSubject && !path) subject = subjects_->OfName(named.parent);
  if (subject == kNoSubject) return {};
  return {.subject = subject,
          .strength = path ? Strength::kSegment : Strength::kKey,
          .source = path ? EvidenceSource::kRoutePath : EvidenceSource::kName,
          .relation = named.relation};
}

Identity Classifier::FromRoute(std::string_view record, Span value) const {
  if (routes_ == nullptr) return {};
  const auto hit = routes_->Find(record, value);
  if (!hit || hit->subject == kNoSubject) return {};
  return {.subject = hit->subject,
          .strength = Strength::kRoute,
          .source = EvidenceSource::kRoute,
          .relation = Relation::kUrlPath,
          .route = hit->route + 1};
}

Identity Classifier::FromWords(std::span<const std::string_view> words) const {
  bool only_id_words = true;
  for (std::size_t i = 0; i < words.size() && i <= kMostBetween; ++i) {
    SubjectId subject = kNoSubject;
    if (i + 1 < words.size()) {
      subject = subjects_->OfPhrase(words[i + 1], words[i]);
    }
    if (subject == kNoSubject) {
      subject = subjects_->OfName(WithoutDomain(words[i]));
    }
    if (subject != kNoSubject) {
      if (subjects_->at(subject).operational && !only_id_words) return {};
      return {.subject = subject,
              .strength = Strength::kWords,
              .source = EvidenceSource::kWord};
    }
    if (TurnsAway(words[i])) return {};
    only_id_words = only_id_words && SubjectTable::IsIdWord(words[i]);
  }
  return {};
}

Identity Classifier::FromArgument(std::string_view expression) const {
  expression = expression.substr(0, kMaxArgumentBytes);
  SubjectId subject = subjects_->OfName(BeforeCall(expression));
  if (subject == kNoSubject) subject = subjects_->OfName(expression);
  if (subject == kNoSubject) return {};
  return {.subject = subject,
          .strength = Strength::kKey,
          .source = EvidenceSource::kArgument};
}

bool Classifier::IsByEvidence(const Rule& rule) {
  const Sort sort = SortOf(rule.kind);
  return rule.class_name.empty() && (sort == Sort::kId || sort == Sort::kEmail);
}

std::string Classifier::ClassName(const Rule& rule, SubjectId subject) const {
  if (!rule.class_name.empty()) return rule.class_name;
  const Subject& whose = subjects_->at(subject);
  switch (SortOf(rule.kind)) {
    case Sort::kId:
      if (subject == kNoSubject) return rule.kind;
      if (!whose.class_name.empty()) return whose.class_name;
      return whose.name + "_" + std::string(SuffixOf(rule.kind));
    case Sort::kEmail:
      if (subject == kNoSubject || whose.operational) return "email";
      return whose.name + "_email";
    case Sort::kAddress:
      return "ip";
    case Sort::kOther:
      break;
  }
  return rule.kind;
}

Severity Classifier::SeverityOf(const Rule& rule, SubjectId subject) const {
  if (subject == kNoSubject || !rule.class_name.empty() ||
      rule.severity >= Severity::kHigh || SortOf(rule.kind) != Sort::kId) {
    return rule.severity;
  }
  return subjects_->at(subject).severity;
}

double Classifier::ConfidenceOf(const Rule& rule,
                                const Identity& identity) const {
  static constexpr std::array<double, 4> kByRank = {0.7, 0.85, 0.95, 0.98};
  static constexpr std::array<double, 6> kByStrength = {0.5,  0.85, 0.9,
                                                        0.95, 0.97, 1.0};
  if (SortOf(rule.kind) != Sort::kId || !rule.class_name.empty()) {
    return kByRank[static_cast<std::size_t>(rule.rank)];
  }
  double confidence = kByStrength[static_cast<std::size_t>(identity.strength)];
  // What another occurrence proved holds for this value, if it is the same
  // thing.
  if (identity.source == EvidenceSource::kElsewhere) confidence -= 0.02;
  return std::round(confidence * 100) / 100;
}

std::string Classifier::Reason(const Identity& identity) const {
  const std::string name = "'" + subjects_->at(identity.subject).name + "'";
  switch (identity.source) {
    case EvidenceSource::kWord:
      return "word " + name + " before the value";
    case EvidenceSource::kName:
      return std::string(WordsForRelation(identity.relation)) + " " + name +
             " holds the value";
    case EvidenceSource::kArgument:
      return "argument " + name + " of the call site";
    case EvidenceSource::kRoutePath:
      return "path segment " + name + " before the value";
    case EvidenceSource::kRoute:
      return routes_->Reason(identity.route - 1);
    case EvidenceSource::kRuleItself:
      return "the rule says what it is";
    case EvidenceSource::kElsewhere:
      return "another occurrence of the same value is a " + name;
    case EvidenceSource::kNothing:
      break;
  }
  if (identity.strength == Strength::kInventory) {
    return "the value is in the inventory of known identifiers";
  }
  return "nothing near says whose it is";
}

}  // namespace logspill
