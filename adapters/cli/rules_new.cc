// `logspill rules new`: a rule to begin with, which loads and passes its test.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "adapters/cli/commands.h"
#include "adapters/cli/exit_status.h"
#include "adapters/cli/rules_command.h"
#include "adapters/output/text.h"
#include "patterns/loader.h"

namespace logspill {
namespace {

constexpr std::string_view kTemplate = "templates/rule.toml";
constexpr std::string_view kTemplateId = "my.order";

bool IsRuleId(std::string_view id) {
  return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
  });
}

std::string TemplateFor(const std::string& id) {
  std::string text(BuiltInData(kTemplate).front().text);
  for (std::size_t at = 0; (at = text.find(kTemplateId, at)) != text.npos;) {
    text.replace(at, kTemplateId.size(), id);
    at += id.size();
  }
  return text;
}

}  // namespace

void DeclareNew(CLI::App* rules, LowArgs* low) {
  CLI::App* action =
      rules->add_subcommand("new", "print a rule to begin with, explained");
  action->callback([low] { low->action = "new"; });
  DeclareOptions(action, low, {"output", "config"});
  DeclareOperands(action, low, "ID", "the rule's id", 0, 1);
  action->add_flag_callback(
      "--force", [low] { low->own["force"] = "true"; },
      "overwrite the file of --output");
}

int WriteNewRule(const LowArgs& low, const Settings& settings) {
  const std::string id =
      low.operands.empty() ? std::string(kTemplateId) : low.operands.front();
  if (!IsRuleId(id)) {
    return Complain(
        Error{fmt::format("'{}' is no id: it has only a-z, 0-9, '.', '-' "
                          "and '_'",
                          Printable(id))},
        kExitWrongUse);
  }
  auto out = OpenNew(settings.Text("output"), low.own.count("force") != 0);
  if (!out) return Complain(out.error(), kExitWrongUse);
  out->Write(TemplateFor(id));
  return Finish(&*out);
}

}  // namespace logspill
