#include "patterns/rule_reader.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "patterns/anchor_proof.h"
#include "patterns/examples.h"
#include "patterns/suggest.h"
#include "patterns/table_reader.h"
#include "scanner/rule/shape.h"
#include "scanner/verify/validators.h"

namespace logspill {
namespace {

constexpr std::uint32_t kMostBytes = 1U << 20;
constexpr std::uint32_t kMostLines = 10000;
constexpr double kMostEntropy = 8;  // bits a byte

template <typename T>
struct Named {
  std::string_view name;
  T value;
};

constexpr std::array<Named<Shape>, 12> kShapes{{{"uuid", Shape::kUuid},
                                                {"hex32", Shape::kHex32},
                                                {"ipv4", Shape::kIpv4},
                                                {"ipv6", Shape::kIpv6},
                                                {"mac", Shape::kMac},
                                                {"email", Shape::kEmail},
                                                {"card", Shape::kCard},
                                                {"iban", Shape::kIban},
                                                {"ssn", Shape::kSsn},
                                                {"ulid", Shape::kUlid},
                                                {"phone", Shape::kPhone},
                                                {"base58", Shape::kBase58}}};

constexpr std::array<Named<Rank>, 4> kRanks{
    {{"bare-shape", Rank::kBareShape},
     {"named-by-key", Rank::kNamedByKey},
     {"fixed-prefix", Rank::kFixedPrefix},
     {"checksum", Rank::kChecksum}}};

constexpr std::array<Named<Severity>, 5> kSeverities{
    {{"info", Severity::kInfo},
     {"low", Severity::kLow},
     {"medium", Severity::kMedium},
     {"high", Severity::kHigh},
     {"critical", Severity::kCritical}}};

template <typename T, std::size_t N>
T ReadEnum(TableReader* reader, std::string_view key,
           const std::array<Named<T>, N>& names, T otherwise, Need need) {
  const std::string text = reader->String(key, need);
  if (text.empty()) return otherwise;
  std::vector<std::string> known;
  for (const Named<T>& named : names) {
    if (named.name == text) return named.value;
    known.emplace_back(named.name);
  }
  reader->Fail(key, "unknown " + std::string(key) + " '" + text + "'",
               DidYouMean(text, known));
  return otherwise;
}

bool IsIdentifier(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
  });
}

void ReadValidator(TableReader* reader, Rule* rule) {
  rule->validator = reader->String("validate");
  if (rule->validator.empty() || FindValidator(rule->validator) != nullptr) {
    return;
  }
  std::vector<std::string> known;
  for (const Validator& v : AllValidators()) known.emplace_back(v.name);
  reader->Fail("validate", "unknown validator '" + rule->validator + "'",
               DidYouMean(rule->validator, known));
}

void ReadRegion(TableReader* reader, Diagnostics* diagnostics, Rule* rule) {
  const toml::table* table = reader->Table("region");
  if (table == nullptr) return;
  TableReader region(table, "the region of " + reader->what(), diagnostics);
  rule->region.begin = region.String("begin", Need::kRequired);
  rule->region.end = region.String("end", Need::kRequired);
  rule->region.max_lines = region.Number("max_lines", 200, kMostLines);
  region.Finish();
}

// Completes the pattern; false where the rule needs none, or has none.
bool CompletePattern(TableReader* reader, Rule* rule) {
  if (rule->is_region()) {
    if (reader->Has("pattern")) {
      reader->Fail("pattern", "a region has markers and no pattern");
    }
    return false;
  }
  if (rule->pattern.empty()) rule->pattern = ShapePattern(rule->shape);
  if (!rule->pattern.empty()) return true;
  reader->Fail("pattern", "field 'pattern' is missing");
  return false;
}

void CheckPattern(TableReader* reader, Rule* rule) {
  // The highest group that a search asks for.
  constexpr int kMostGroups = 7;
  const RE2 regex(rule->pattern, RuleRegexOptions());
  if (!regex.ok()) {
    reader->Fail("pattern", "bad pattern (" + regex.error() + ")");
    return;
  }
  const auto& groups = regex.NamedCapturingGroups();
  for (const auto& [name, index] : groups) {
    if (name != "value") {
      reader->Fail("pattern", "group '" + name + "' has no meaning",
                   "the only named group is 'value'");
    } else if (index > kMostGroups) {
      reader->Fail("pattern", "more than 6 groups before the group 'value'",
                   "write (?:...) where nothing is captured");
    }
  }
  if (RE2::FullMatch("", regex)) {
    reader->Fail("pattern", "the pattern matches nothing at all",
                 "require at least one byte");
  }
  if (!rule->anchors.empty() &&
      !AnchorsAreRequired(rule->pattern, rule->anchors,
                          rule->anchors_caseless)) {
    reader->Fail("anchors", "the pattern can match without any of the anchors",
                 "each match must hold one of them");
  }
}

void CheckRelations(TableReader* reader, const Rule& rule) {
  if (!rule.id.empty() && !IsIdentifier(rule.id)) {
    reader->Fail("id", "an id has only a-z, 0-9, '.', '-' and '_'");
  }
  if (!rule.kind.empty() && !IsIdentifier(rule.kind)) {
    reader->Fail("kind", "a kind has only a-z, 0-9, '.', '-' and '_'");
  }
  if (rule.near_required && rule.near.empty()) {
    reader->Fail("near_required", "near_required without near");
  }
  if (rule.shape != Shape::kNone && !rule.anchors.empty()) {
    reader->Fail("anchors", "a shape needs no anchors", "drop one of the two");
  }
  if (rule.anchors.empty() && reader->Has("anchors_caseless")) {
    reader->Fail("anchors_caseless", "anchors_caseless without anchors");
  }
  if (reader->Has("match") && rule.match.size() < 2) {
    reader->Fail("match", "fewer than two examples of 'match'");
  }
  if (reader->Has("no_match") && rule.no_match.size() < 2) {
    reader->Fail("no_match", "fewer than two examples of 'no_match'");
  }
}

}  // namespace

std::vector<std::string> ReadTags(TableReader* reader) {
  std::vector<std::string> tags = reader->Strings("tags");
  for (std::size_t i = 0; i < tags.size(); ++i) {
    if (IsIdentifier(tags[i])) continue;
    reader->FailItem("tags", i, "a tag has only a-z, 0-9, '.', '-' and '_'");
  }
  return tags;
}

namespace {

Rule ReadFields(TableReader* reader_of_rule, PatternCheck check,
                Diagnostics* diagnostics) {
  TableReader& reader = *reader_of_rule;
  Rule rule;
  rule.id = reader.String("id", Need::kRequired);
  if (!rule.id.empty()) reader.set_what("rule " + rule.id);
  rule.title = reader.String("title", Need::kRequired);
  rule.kind = reader.String("kind", Need::kRequired);
  rule.pattern = reader.String("pattern");
  rule.shape =
      ReadEnum(&reader, "shape", kShapes, Shape::kNone, Need::kOptional);
  rule.anchors = reader.Strings("anchors");
  rule.anchors_caseless = reader.Bool("anchors_caseless", false);
  ReadValidator(&reader, &rule);
  rule.min_entropy = reader.Real("entropy", kMostEntropy);
  rule.near = reader.Strings("near");
  rule.near_required = reader.Bool("near_required", false);
  rule.severity = ReadEnum(&reader, "severity", kSeverities, Severity::kMedium,
                           Need::kRequired);
  rule.rank =
      ReadEnum(&reader, "rank", kRanks, Rank::kBareShape, Need::kOptional);
  rule.max_bytes = reader.Number("max_bytes", rule.max_bytes, kMostBytes);
  rule.class_name = reader.String("class");
  rule.joinable = reader.Bool("joinable", false);
  ReadRegion(&reader, diagnostics, &rule);
  rule.redact = reader.String("redact");
  rule.source = reader.String("source", Need::kRequired);
  rule.verified = reader.Bool("verified", true);
  rule.tags = ReadTags(&reader);
  rule.match = reader.Strings("match", Need::kRequired);
  rule.no_match = reader.Strings("no_match", Need::kRequired);
  CheckRelations(&reader, rule);
  if (CompletePattern(&reader, &rule) && check == PatternCheck::kFull) {
    CheckPattern(&reader, &rule);
  }
  rule.checked = true;  // where it failed, no rule comes out
  return rule;
}

}  // namespace

std::vector<std::string> RuleFieldNames() {
  const toml::table none;
  Diagnostics ignored("", "");
  TableReader reader(&none, "a rule", &ignored);
  (void)ReadFields(&reader, PatternCheck::kNone, &ignored);
  return reader.known();
}

std::vector<std::string> ShapeNames() {
  std::vector<std::string> names;
  names.reserve(kShapes.size());
  for (const Named<Shape>& shape : kShapes) names.emplace_back(shape.name);
  return names;
}

Rule ReadRule(const toml::table& table, const std::string& file,
              PatternCheck check, Diagnostics* diagnostics) {
  TableReader reader(&table, "a rule", diagnostics);
  Rule rule = ReadFields(&reader, check, diagnostics);
  rule.origin = file + ":" + std::to_string(PositionOf(table).line);
  reader.Finish();
  return rule;
}

}  // namespace logspill
