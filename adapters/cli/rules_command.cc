#include "adapters/cli/rules_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "adapters/cli/commands.h"
#include "adapters/cli/exit_status.h"
#include "adapters/cli/sample_text.h"
#include "adapters/cli/scan_args.h"
#include "adapters/output/colour.h"
#include "adapters/output/text.h"
#include "patterns/loader.h"
#include "patterns/suggest.h"
#include "scanner/verify/validators.h"

namespace logspill {
namespace {

const std::vector<std::string_view> kOptions = {
    "rules", "enable", "disable", "tag", "config", "output", "color"};

CLI::App* AddAction(CLI::App* app, LowArgs* low, const std::string& name,
                    const std::string& help) {
  CLI::App* action = app->add_subcommand(name, help);
  action->callback([low, name] { low->action += name; });
  DeclareOptions(action, low, kOptions);
  return action;
}

void Declare(CLI::App* app, LowArgs* low) {
  app->require_subcommand(1);
  CLI::App* list = AddAction(app, low, "list", "all rules, one a line");
  DeclareOptions(list, low, {"format"});
  list->add_flag_callback(
      "--unverified", [low] { low->action = "unverified "; },
      "only rules whose format could not be looked up");
  AddAction(app, low, "test", "run the examples of each rule");
  DeclareOperands(AddAction(app, low, "explain", "everything about a rule"),
                  low, "ID", "the rule's id", 1, kAnyNumber);
  CLI::App* cost = AddAction(app, low, "cost", "measure each rule's speed");
  DeclareOperands(cost, low, "PATH", "logs to measure on; without: a sample", 0,
                  kAnyNumber);
  cost->add_flag_callback(
      "--in-pack", [low] { low->action = "in-pack "; },
      "also what the whole set of rules saves without each rule (slow)");
  DeclareNew(app, low);
  DeclareImport(app, low);
}

std::string HowFound(const Rule& rule) {
  if (rule.is_region()) return "region";
  return rule.shape != Shape::kNone ? "shape" : "anchors";
}

std::string CountText(const RuleSet& rules) {
  const auto unverified =
      std::count_if(rules.rules.begin(), rules.rules.end(),
                    [](const Rule& rule) { return !rule.verified; });
  std::string text = Plural(rules.rules.size(), "rule");
  if (unverified != 0) {
    text += fmt::format(
        "; the format of {} could not be looked up (--unverified)", unverified);
  }
  return text;
}

void PrintList(const RuleSet& rules, const Palette& palette,
               std::size_t columns, OutputStream* out) {
  std::size_t id_width = 4;
  for (const Rule& rule : rules.rules) {
    id_width = std::max(id_width, DisplayWidth(rule.id));
  }
  id_width = std::min<std::size_t>(id_width, 32);
  const std::size_t used = id_width + 2 + 10 + 9 + 18;
  const std::size_t title_width = columns > used + 12 ? columns - used : 12;
  out->Write(
      palette.Dim(fmt::format("{:<{}}  {:<10}{:<9}{:<18}{}", "RULE", id_width,
                              "SEVERITY", "FOUND BY", "CHECKED BY", "TITLE")) +
      "\n");
  for (const Rule& rule : rules.rules) {
    const std::string check = rule.validator.empty() ? "-" : rule.validator;
    out->Write(fmt::format(
        "{:<{}}  {}{:<9}{:<18}{}\n", FitEnd(rule.id, id_width), id_width,
        palette.Of(rule.severity, fmt::format("{:<10}", Name(rule.severity))),
        HowFound(rule), FitEnd(check, 17), FitEnd(rule.title, title_width)));
  }
  out->Write("\n" + palette.Dim(CountText(rules)) + "\n");
}

// For programs: what a rule claims, without how it finds it.
void PrintJson(const RuleSet& rules, OutputStream* out) {
  for (const Rule& rule : rules.rules) {
    std::string line = R"({"type":"rule","schema":"logspill/1","id":)";
    AppendJsonString(rule.id, &line);
    line += R"(,"title":)";
    AppendJsonString(rule.title, &line);
    line += R"(,"kind":)";
    AppendJsonString(rule.kind, &line);
    line += fmt::format(R"(,"severity":"{}","verified":{},"tags":)",
                        Name(rule.severity), rule.verified);
    AppendJsonStrings(rule.tags, &line);
    line += R"(,"source":)";
    AppendJsonString(rule.source, &line);
    out->Write(line + "}\n");
  }
}

std::string Joined(const std::vector<std::string>& words) {
  return Printable(fmt::format("{}", fmt::join(words, ", ")));
}

std::string_view RankText(Rank rank) {
  switch (rank) {
    case Rank::kBareShape:
      return "bare shape: loses against everything that says more";
    case Rank::kNamedByKey:
      return "named by a key or word beside it";
    case Rank::kFixedPrefix:
      return "begins as only this kind does";
    case Rank::kChecksum:
      break;
  }
  return "proves itself by a checksum";
}

void PrintRule(const Rule& rule, const Palette& palette, OutputStream* out) {
  auto line = [&](std::string_view name, const std::string& text) {
    if (text.empty()) return;
    out->Write(fmt::format("  {}{}\n", palette.Dim(fmt::format("{:<11}", name)),
                           text));
  };
  out->Write(
      fmt::format("{}  {}\n", palette.Bold(rule.id), Printable(rule.title)));
  line("kind", rule.kind);
  line("severity", std::string(Name(rule.severity)));
  line("class", rule.class_name.empty() ? "by what stands around the value"
                                        : rule.class_name);
  line("pattern", Printable(rule.pattern));
  line("anchors", Joined(rule.anchors));
  if (rule.shape != Shape::kNone) {
    line("found by", "its shape, in one pass without a regex");
  }
  if (rule.is_region()) {
    line("region",
         fmt::format("{} to {}, at most {} lines", Printable(rule.region.begin),
                     Printable(rule.region.end), rule.region.max_lines));
  }
  const Validator* validator = FindValidator(rule.validator);
  if (validator != nullptr) {
    line("validator", fmt::format("{}: {}", validator->name, validator->title));
  }
  if (rule.min_entropy > 0) {
    line("entropy", fmt::format("at least {:g} bits a byte", rule.min_entropy));
  }
  line(rule.near_required ? "needs near" : "likes near", Joined(rule.near));
  line("rank", std::string(RankText(rule.rank)));
  line("at most", Plural(rule.max_bytes, "byte"));
  line("values", rule.joinable ? "unique: evidence at one place counts at all"
                               : "not unique: each place stands for itself");
  line("redact", rule.redact);
  line("tags", Joined(rule.tags));
  line("source", Printable(rule.source) +
                     (rule.verified ? "" : " (could not be looked up)"));
  line("written in", Printable(rule.origin));
  for (const std::string& text : rule.match) line("match", Printable(text));
  for (const std::string& text : rule.no_match) {
    line("no match", Printable(text));
  }
}

int Explain(const RuleSet& rules, const std::vector<std::string>& ids,
            const Palette& palette, OutputStream* out) {
  std::vector<std::string> known;
  for (const Rule& rule : rules.rules) known.push_back(rule.id);
  std::string gap;
  for (const std::string& id : ids) {
    const Rule* rule = rules.Find(id);
    if (rule == nullptr) {
      const std::string hint = DidYouMean(id, known);
      return Complain(
          Error{fmt::format("unknown rule '{}'; {}", Printable(id),
                            hint.empty() ? "see logspill rules list" : hint)},
          kExitWrongUse);
    }
    out->Write(gap);
    PrintRule(*rule, palette, out);
    gap = "\n";
  }
  return Finish(out);
}

int Test(const RuleSet& rules, OutputStream* out) {
  auto failed = TestRules(rules, out);
  if (!failed) return Complain(failed.error(), kExitWrongUse);
  const int status = Finish(out);
  return *failed != 0 ? kExitWrongUse : status;
}

int Cost(const LowArgs& low, const RuleSet& rules, OutputStream* out) {
  auto text = SampleText(low.operands);
  if (!text) return Complain(text.error(), kExitWrongUse);
  const bool in_pack = low.action.starts_with("in-pack");
  auto measured = MeasureRules(rules, *text, in_pack, out);
  if (!measured) return Complain(measured.error(), kExitWrongUse);
  return Finish(out);
}

int Run(const LowArgs& low) {
  auto in_force = Resolve(low);
  if (!in_force) return Complain(in_force.error(), kExitWrongUse);
  const Settings& settings = in_force->settings;
  if (low.action == "import") return ImportRulesFrom(low, settings);
  if (low.action == "new") return WriteNewRule(low, settings);
  auto rules = LoadRules(SelectionOf(settings));
  if (!rules) return Complain(rules.error(), kExitWrongUse);
  auto out = OpenOutput(settings.Text("output"));
  if (!out) return Complain(out.error(), kExitWrongUse);
  const Palette palette(out->WantsColour(ColourOf(settings)));
  if (low.action == "explain") {
    return Explain(*rules, low.operands, palette, &*out);
  }
  if (low.action == "test") return Test(*rules, &*out);
  if (low.action.ends_with("list")) {
    if (low.action.starts_with("unverified")) {
      std::erase_if(rules->rules, [](const Rule& r) { return r.verified; });
    }
    if (settings.Text("format") == "sarif") {
      return Complain(
          Error{"rules list: --format is text or jsonl; sarif is for scan"},
          kExitWrongUse);
    }
    if (settings.Text("format") == "jsonl") {
      PrintJson(*rules, &*out);
    } else {
      PrintList(*rules, palette, out->Width(), &*out);
    }
    return Finish(&*out);
  }
  return Cost(low, *rules, &*out);
}

}  // namespace

const Command kRulesCommand = {
    "rules", "list, test, explain, measure, import and begin rules", Declare,
    Run};

}  // namespace logspill
