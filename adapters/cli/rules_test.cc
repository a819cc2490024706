#include <fmt/format.h>

#include <optional>

#include "adapters/cli/rules_command.h"
#include "adapters/output/text.h"
#include "scanner/match/matcher.h"
#include "scanner/verify/validators.h"

namespace logspill {
namespace {

// Where a rule alone finds its first value in an example; nullopt: nowhere.
Result<std::optional<Span>> FirstMatch(const Rule& rule,
                                       const std::string& example) {
  const RuleSet alone = SetOf({rule});
  auto database = RuleDatabase::Compile(&alone, {});
  if (!database) return database.error();
  Matcher matcher(&*database);
  std::vector<Match> matches;
  matcher.Scan(example, &matches);
  if (matches.empty()) return std::optional<Span>();
  return std::optional<Span>(matches.front().value);
}

// What kept a rule from its own example: the part without which it would match.
struct Reason {
  std::string text;
  Span at;
};

Result<Reason> WhyNot(const Rule& rule, const std::string& example) {
  Rule weaker = rule;
  weaker.near_required = false;
  auto found = FirstMatch(weaker, example);
  if (!found) return found.error();
  if (*found) return Reason{"none of its near words stands here", **found};
  weaker.min_entropy = 0;
  found = FirstMatch(weaker, example);
  if (!found) return found.error();
  if (*found) {
    return Reason{
        fmt::format("entropy {:.2f}, less than {:g}",
                    EntropyOf((*found)->Of(example)), rule.min_entropy),
        **found};
  }
  weaker.validator.clear();
  found = FirstMatch(weaker, example);
  if (!found) return found.error();
  if (*found) {
    return Reason{fmt::format("validator {} refuses this", rule.validator),
                  **found};
  }
  return Reason{"the pattern matches nowhere", {}};
}

// Newlines of a region's example are escaped like all else, so the caret counts
// columns of the escaped text.
std::string Shown(const std::string& example, Span at, std::string_view text) {
  const std::size_t begin =
      DisplayWidth(Printable(example.substr(0, at.begin)));
  const std::size_t width =
      DisplayWidth(Printable(example.substr(at.begin, at.size())));
  return fmt::format("  | {}\n  | {}{} {}\n", Printable(example),
                     std::string(begin, ' '),
                     std::string(width == 0 ? 1 : width, '^'), text);
}

Result<bool> TestExample(const Rule& rule, const std::string& example,
                         bool should_match, OutputStream* out) {
  auto found = FirstMatch(rule, example);
  if (!found) return found.error();
  if (found->has_value() == should_match) return true;
  const std::string where = Printable(rule.origin.empty() ? "?" : rule.origin);
  if (!should_match) {
    out->Write(fmt::format("{}: rule {} matches its no_match example\n{}",
                           where, rule.id,
                           Shown(example, **found, "found here")));
    return false;
  }
  auto why = WhyNot(rule, example);
  if (!why) return why.error();
  out->Write(fmt::format("{}: rule {} misses its match example\n{}", where,
                         rule.id, Shown(example, why->at, why->text)));
  return false;
}

}  // namespace

RuleSet SetOf(std::vector<Rule> rules) {
  RuleSet set;
  set.rules = std::move(rules);
  for (std::size_t i = 0; i < set.rules.size(); ++i) {
    set.rules[i].index = static_cast<std::uint32_t>(i);
    set.digest += set.rules[i].id + " ";
  }
  return set;
}

Result<std::size_t> TestRules(const RuleSet& rules, OutputStream* out) {
  std::size_t examples = 0;
  std::size_t failed = 0;
  for (const Rule& rule : rules.rules) {
    for (const bool should_match : {true, false}) {
      for (const std::string& example :
           should_match ? rule.match : rule.no_match) {
        auto passed = TestExample(rule, example, should_match, out);
        if (!passed) return passed.error();
        ++examples;
        failed += *passed ? 0 : 1;
      }
    }
  }
  out->Write(fmt::format("{}, {}: {}\n", Plural(rules.rules.size(), "rule"),
                         Plural(examples, "example"),
                         failed == 0 ? "all as they should be"
                                     : fmt::format("{} failed", failed)));
  return failed;
}

}  // namespace logspill
