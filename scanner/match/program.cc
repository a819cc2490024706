#include "scanner/match/program.h"

#include <re2/filtered_re2.h>

#include <algorithm>
#include <map>

#include "scanner/match/leading.h"
#include "scanner/match/shape_span.h"
#include "scanner/rule/shape.h"

namespace logspill {
namespace {

constexpr std::size_t kMinDerivedAnchor =
    3;  // bytes; shorter ones hit everywhere

// What can hide an anchor or a shape from a search of the raw bytes: \u00XX, a
// colour, "://" written with escaped slashes.  %XX is found by the SIMD pass.
constexpr std::string_view kTriggers[] = {"\\u00", "\x1b[", ":\\/\\/"};

// Anchors that RE2 can prove to be required, wherever they stand in a match.
std::vector<std::string> RequiredLiterals(const Rule& rule) {
  re2::RE2::Options options;
  options.set_encoding(re2::RE2::Options::EncodingLatin1);
  options.set_log_errors(false);
  re2::FilteredRE2 filter(static_cast<int>(kMinDerivedAnchor));
  int id = 0;
  std::vector<std::string> atoms;
  if (filter.Add(rule.pattern, options, &id) != re2::RE2::NoError) return {};
  filter.Compile(&atoms);
  std::vector<int> unfiltered;
  filter.AllPotentials({}, &unfiltered);
  if (!unfiltered.empty()) return {};
  return atoms;
}

class Maker {
 public:
  explicit Maker(Program* program) : program_(program) {}

  Result<void> Add(const Rule& rule) {
    Result<CompiledRule> compiled = CompileRule(rule);
    if (!compiled) return compiled.error();
    const auto index = static_cast<std::uint32_t>(program_->rules.size());
    CompiledRule& added = program_->rules.emplace_back(std::move(*compiled));
    Route(rule, index, &added);
    return {};
  }

  void AddTriggers() {
    for (const std::string_view trigger : kTriggers) {
      Use(std::string(trigger), false, AnchorUse::kTrigger);
    }
    program_->hit_kinds |= 1U << static_cast<unsigned>(HitKind::kPercent);
  }

 private:
  void Route(const Rule& rule, std::uint32_t index, CompiledRule* compiled) {
    if (rule.is_region()) {
      compiled->route = Route::kRegion;
      Use(rule.region.begin, false, index);
    } else if (rule.shape != Shape::kNone) {
      RouteShape(rule, index, compiled);
    } else if (!rule.anchors.empty()) {
      RouteAnchors(rule, rule.anchors, rule.anchors_caseless, index, compiled);
    } else {
      RouteDerived(rule, index, compiled);
    }
  }

  void RouteShape(const Rule& rule, std::uint32_t index,
                  CompiledRule* compiled) {
    const std::uint32_t kinds = HitKindsOf(rule.shape);
    program_->hit_kinds |= kinds;
    if (rule.pattern == ShapePattern(rule.shape)) {
      compiled->route = Route::kShape;
      program_->by_shape[static_cast<std::size_t>(rule.shape)].push_back(index);
      return;
    }
    compiled->route = Route::kShapeHint;
    for (std::size_t kind = 0; kind < kHitKinds; ++kind) {
      if ((kinds >> kind & 1) != 0) program_->by_hit[kind].push_back(index);
    }
  }

  void RouteAnchors(const Rule& rule, const std::vector<std::string>& anchors,
                    bool caseless, std::uint32_t index,
                    CompiledRule* compiled) {
    const auto slack =
        AnchorSlack(FindLeading(rule.pattern), anchors, caseless);
    compiled->slack = slack.value_or(0);
    compiled->route = slack ? Route::kLeadingAnchor : Route::kInnerAnchor;
    for (const std::string& anchor : anchors) Use(anchor, caseless, index);
  }

  void RouteDerived(const Rule& rule, std::uint32_t index,
                    CompiledRule* compiled) {
    Leading leading = FindLeading(rule.pattern);
    for (std::string& prefix : leading.prefixes) {
      const std::size_t known = std::min(prefix.find(kAnyByte), prefix.size());
      prefix.resize(std::min<std::size_t>(known, 16));
    }
    const auto is_short = [](const std::string& p) {
      return p.size() < kMinDerivedAnchor;
    };
    if (!leading.prefixes.empty() &&
        std::none_of(leading.prefixes.begin(), leading.prefixes.end(),
                     is_short)) {
      return RouteAnchors(rule, leading.prefixes, leading.caseless, index,
                          compiled);
    }
    const std::vector<std::string> required = RequiredLiterals(rule);
    if (!required.empty()) {
      return RouteAnchors(rule, required, true, index, compiled);
    }
    compiled->route = Route::kWholePattern;
    program_->whole.push_back(index);
  }

  void Use(const std::string& text, bool caseless, std::uint32_t rule) {
    const auto [at, is_new] =
        literals_.try_emplace({text, caseless}, program_->literals.size());
    if (is_new) {
      program_->literals.push_back({text, caseless});
      program_->uses.emplace_back();
    }
    if (rule != AnchorUse::kTrigger) {
      for (const char c : text) {
        program_->anchor_bytes[static_cast<std::uint8_t>(c)] = true;
      }
    }
    std::vector<AnchorUse>& uses = program_->uses[at->second];
    const AnchorUse use{rule, static_cast<std::uint32_t>(text.size())};
    if (uses.empty() || uses.back().rule != rule) uses.push_back(use);
  }

  Program* program_;
  std::map<std::pair<std::string, bool>, std::size_t> literals_;
};

}  // namespace

Result<Program> Program::Make(const RuleSet& set) {
  Program program;
  program.rules.reserve(set.rules.size());
  Maker maker(&program);
  for (const Rule& rule : set.rules) {
    if (Result<void> added = maker.Add(rule); !added) return added.error();
  }
  maker.AddTriggers();
  std::vector<std::string> kinds;
  for (const Rule& rule : set.rules) kinds.push_back(rule.kind);
  program.marks = std::make_unique<const MarkKinds>(std::move(kinds));
  for (CompiledRule& rule : program.rules) rule.marks = program.marks.get();
  return program;
}

}  // namespace logspill
