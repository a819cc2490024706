// `logspill pipeline`: configuration that takes values out of a running log
// pipeline, for what a scan found.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <set>

#include "adapters/cli/commands.h"
#include "adapters/cli/exit_status.h"
#include "adapters/cli/low_args.h"
#include "adapters/cli/scan_args.h"
#include "adapters/output/text.h"
#include "patterns/pipelines.h"
#include "patterns/suggest.h"
#include "scanner/record/json_value.h"

namespace logspill {
namespace {

void Declare(CLI::App* app, LowArgs* low) {
  DeclareOptions(app, low, {"rules", "disable", "output", "config"});
  const auto own = [&](const char* flag, const char* name, const char* help) {
    return app->add_option_function<std::string>(
        flag, [low, name](const std::string& v) { low->own[name] = v; }, help);
  };
  own("--findings", "findings",
      "what 'logspill scan --format jsonl' wrote; - for standard input")
      ->type_name("FILE")
      ->required();
  own("--for", "for", "logback, log4j2, python, rsyslog, or one of --template")
      ->type_name("PIPELINE")
      ->required();
  own("--template", "template",
      "a template of a pipeline, or a folder of them, beside the built-in ones")
      ->type_name("PATH");
}

// The ids of rules of which values were found.
Result<std::set<std::string>> FoundRules(std::istream* in,
                                         const std::string& name) {
  std::set<std::string> found;
  JsonReader reader;
  std::size_t number = 0;
  for (std::string line; std::getline(*in, line);) {
    ++number;
    if (line.empty()) continue;
    const auto object = reader.Read(line);
    if (!object) {
      return Error{
          fmt::format("{}:{}: {}", name, number, object.error().message)};
    }
    const JsonValue* type = object->Find("type");
    const JsonValue* rule = object->Find("rule");
    if (type == nullptr || type->text != "finding") continue;
    if (rule == nullptr || !rule->is(JsonValue::Kind::kText)) {
      return Error{
          fmt::format("{}:{}: a finding without its rule", name, number)};
    }
    found.insert(rule->text);
  }
  if (found.empty()) {
    return Error{name +
                 ": there is no finding in it; 'logspill scan --format jsonl "
                 "--min-severity low' prints more of them"};
  }
  return found;
}

Result<std::set<std::string>> ReadFindings(const std::string& path) {
  if (path == "-") return FoundRules(&std::cin, "standard input");
  std::ifstream in(path, std::ios::binary);
  if (!in.is_open()) {
    return Error{Printable(path) + ": the file cannot be read"};
  }
  return FoundRules(&in, Printable(path));
}

Result<std::vector<const Rule*>> Chosen(const RuleSet& rules,
                                        const std::set<std::string>& found,
                                        const std::vector<std::string>& left) {
  std::vector<const Rule*> chosen;
  for (const std::string& id : found) {
    if (const Rule* rule = rules.Find(id)) {
      chosen.push_back(rule);
    } else if (left.empty()) {
      return Error{fmt::format(
          "the findings name a rule '{}' that is not in force; name its pack "
          "with --rules, or leave it out with --disable",
          Printable(id))};
    }
  }
  if (chosen.empty()) return Error{"no rule of the findings is left"};
  SortForPipeline(&chosen);
  return chosen;
}

Result<std::string> Written(const LowArgs& low, const InForce& in_force) {
  const auto option = [&](const char* name) {
    const auto at = low.own.find(name);
    return at == low.own.end() ? std::string() : at->second;
  };
  std::vector<std::string> templates;
  if (!option("template").empty()) templates.push_back(option("template"));
  const auto pipelines = LoadPipelines(templates);
  if (!pipelines) return pipelines.error();
  std::vector<std::string> names;
  for (const Pipeline& one : *pipelines) names.push_back(one.name);
  const std::string wanted = option("for");
  const auto at = std::find(names.begin(), names.end(), wanted);
  if (at == names.end()) {
    std::string hint = DidYouMean(wanted, names);
    if (hint.empty()) hint = fmt::format("one of {}", fmt::join(names, ", "));
    return Error{fmt::format("--for: unknown pipeline '{}'; {}",
                             Printable(wanted), hint)};
  }
  const auto found = ReadFindings(option("findings"));
  if (!found) return found.error();
  const RuleSelection selection = SelectionOf(in_force.settings);
  const auto rules = LoadRules(selection);
  if (!rules) return rules.error();
  const auto chosen = Chosen(*rules, *found, selection.disable);
  if (!chosen) return chosen.error();
  return WritePipeline(
      (*pipelines)[static_cast<std::size_t>(at - names.begin())], *chosen);
}

int Run(const LowArgs& low) {
  const auto in_force = Resolve(low);
  if (!in_force) return Complain(in_force.error(), kExitWrongUse);
  const auto text = Written(low, *in_force);
  if (!text) return Complain(text.error(), kExitWrongUse);
  auto out = OpenOutput(in_force->settings.Text("output"));
  if (!out) return Complain(out.error(), kExitWrongUse);
  out->Write(*text);
  return Finish(&*out);
}

}  // namespace

const Command kPipelineCommand = {
    "pipeline",
    "print configuration that takes what was found out of a log pipeline",
    Declare, Run};

}  // namespace logspill
