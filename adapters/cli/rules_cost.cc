#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "adapters/cli/rules_command.h"
#include "adapters/output/text.h"
#include "scanner/match/matcher.h"

namespace logspill {
namespace {

constexpr std::size_t kBlock = 256 << 10;
constexpr int kRounds = 3;  // the best one counts

struct Measure {
  double seconds = 0;
  std::uint64_t matches = 0;
};

std::vector<std::string_view> Blocks(std::string_view text) {
  std::vector<std::string_view> blocks;
  while (!text.empty()) {
    std::size_t take = text.size();
    if (take > kBlock) {
      const std::size_t end = text.find('\n', kBlock);
      if (end != text.npos) take = end + 1;
    }
    blocks.push_back(text.substr(0, take));
    text.remove_prefix(take);
  }
  return blocks;
}

Result<Measure> MeasureSet(const RuleSet& rules, std::string_view text) {
  auto database = RuleDatabase::Compile(&rules, {});
  if (!database) return database.error();
  Matcher matcher(&*database);
  const std::vector<std::string_view> blocks = Blocks(text);
  std::vector<Match> matches;
  Measure best;
  for (int round = 0; round < kRounds; ++round) {
    std::uint64_t found = 0;
    const auto start = std::chrono::steady_clock::now();
    for (const std::string_view block : blocks) {
      matches.clear();
      matcher.Scan(block, &matches);
      found += matches.size();
    }
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
            .count();
    if (round == 0 || seconds < best.seconds) best = {seconds, found};
  }
  return best;
}

std::string Line(std::string_view name, const Measure& measure,
                 std::size_t bytes, std::string_view more) {
  const double megabytes = static_cast<double>(bytes) / 1e6;
  return fmt::format(
      "{:<34}{:>10.0f}{:>12.1f}{}\n", FitEnd(name, 33),
      megabytes / std::max(measure.seconds, 1e-9),
      static_cast<double>(measure.matches) / std::max(megabytes, 1e-9), more);
}

// Microseconds a megabyte that the whole set needs less without the rule.
Result<double> SavedWithout(const RuleSet& rules, std::size_t index,
                            const std::string& text, const Measure& whole) {
  std::vector<Rule> others = rules.rules;
  others.erase(others.begin() + static_cast<std::ptrdiff_t>(index));
  auto without = MeasureSet(SetOf(std::move(others)), text);
  if (!without) return without.error();
  return (whole.seconds - without->seconds) * 1e12 /
         static_cast<double>(text.size());
}

struct RuleCost {
  std::size_t index = 0;
  Measure alone;
};

Result<std::vector<RuleCost>> MeasureAlone(const RuleSet& rules,
                                           const std::string& text) {
  std::vector<RuleCost> costs;
  for (std::size_t i = 0; i < rules.rules.size(); ++i) {
    auto alone = MeasureSet(SetOf({rules.rules[i]}), text);
    if (!alone) return alone.error();
    costs.push_back({i, *alone});
  }
  std::stable_sort(costs.begin(), costs.end(),
                   [](const RuleCost& a, const RuleCost& b) {
                     return a.alone.seconds > b.alone.seconds;
                   });
  return costs;
}

}  // namespace

Result<void> MeasureRules(const RuleSet& rules, const std::string& text,
                          bool in_pack, OutputStream* out) {
  auto whole = MeasureSet(rules, text);
  if (!whole) return whole.error();
  auto costs = MeasureAlone(rules, text);
  if (!costs) return costs.error();
  out->Write(fmt::format("{}; best of {} rounds, one thread, slowest first\n\n",
                         Bytes(text.size()), kRounds));
  out->Write(fmt::format("{:<34}{:>10}{:>12}{}\n", "RULE", "MB/s alone",
                         "matches/MB", in_pack ? "  us/MB in the set" : ""));
  for (const RuleCost& cost : *costs) {
    std::string more;
    if (in_pack && rules.rules.size() > 1) {
      auto saved = SavedWithout(rules, cost.index, text, *whole);
      if (!saved) return saved.error();
      more = fmt::format("{:>18.1f}", *saved);
    }
    out->Write(Line(rules.rules[cost.index].id, cost.alone, text.size(), more));
    out->Flush();
  }
  const std::string name =
      fmt::format("all {} together", Plural(rules.rules.size(), "rule"));
  out->Write("\n" + Line(name, *whole, text.size(), ""));
  return {};
}

}  // namespace logspill
