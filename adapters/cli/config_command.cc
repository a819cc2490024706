// `logspill config`: what is in force, and where it was said.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "adapters/cli/commands.h"
#include "adapters/cli/exit_status.h"
#include "adapters/cli/scan_args.h"
#include "adapters/output/colour.h"
#include "adapters/output/text.h"

namespace logspill {
namespace {

void Declare(CLI::App* app, LowArgs* low) { DeclareOptions(app, low, {}); }

std::string ValueText(const Setting& setting) {
  std::string text;
  for (const std::string& value : setting.values) {
    if (!text.empty()) text += ", ";
    text += Printable(value);
  }
  return text.empty() ? "-" : text;
}

std::string SettingLines(const Settings& settings, const Palette& palette) {
  std::string text;
  std::size_t width = 12;
  for (const OptionSpec& spec : AllOptions()) {
    width = std::max(width, DisplayWidth(ValueText(settings.Get(spec.name))));
  }
  width = std::min<std::size_t>(width, 40);
  for (const OptionSpec& spec : AllOptions()) {
    const Setting setting = settings.Get(spec.name);
    const std::string value = ValueText(setting);
    const std::size_t used = std::min(width, DisplayWidth(value));
    const std::string line =
        fmt::format("{:<19}{}{}  {}\n", spec.name, value,
                    std::string(width - used, ' '), setting.origin);
    text +=
        setting.origin == "default"
            ? palette.Dim(std::string_view(line).substr(0, line.size() - 1)) +
                  "\n"
            : line;
  }
  return text;
}

std::string AllowText(const AllowEntry& entry) {
  std::string text;
  auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) text += fmt::format("{} {}, ", name, Printable(value));
  };
  add("rule", entry.rule);
  add("class", entry.class_name);
  add("site", entry.site);
  add("argument", entry.argument);
  add("field", entry.field);
  add("path", entry.path);
  add("pattern", entry.pattern);
  add("fingerprint", entry.fingerprint);
  add("until", entry.until);
  return fmt::format("  {}reason: {}  ({})\n", text, Printable(entry.reason),
                     Printable(entry.origin));
}

std::string PolicyText(const Policy& policy) {
  const std::string name(Name(policy.action));
  return policy.count == 0 ? name : fmt::format("{}:{}", name, policy.count);
}

// Nothing where the file says nothing of redaction.
std::string PolicyLines(const PolicySettings& redact) {
  const PolicySettings fresh;
  std::string text;
  if (redact.otherwise != fresh.otherwise ||
      redact.min_severity != fresh.min_severity) {
    text +=
        fmt::format("  policy {}, from severity {}\n",
                    PolicyText(redact.otherwise), Name(redact.min_severity));
  }
  const auto add = [&](std::string_view what,
                       const std::vector<PolicyEntry>& entries) {
    for (const PolicyEntry& entry : entries) {
      text += fmt::format("  {} {}: {}  ({})\n", what, Printable(entry.name),
                          PolicyText(entry.policy), Printable(entry.origin));
    }
  };
  add("rule", redact.rules);
  add("class", redact.classes);
  add("kind", redact.kinds);
  return text.empty() ? text : "\nredaction\n" + text;
}

int Run(const LowArgs& low) {
  auto in_force = Resolve(low);
  if (!in_force) return Complain(in_force.error(), kExitWrongUse);
  const Settings& settings = in_force->settings;
  auto out = OpenOutput(settings.Text("output"));
  if (!out) return Complain(out.error(), kExitWrongUse);
  const Palette palette(out->WantsColour(ColourOf(settings)));
  const ConfigFile& config = in_force->config;
  out->Write(config.path.empty()
                 ? "no logspill.toml here or above\n\n"
                 : fmt::format("{}\n\n", Printable(config.path)));
  out->Write(SettingLines(settings, palette));
  if (!config.allow.empty()) out->Write("\nallowed\n");
  for (const AllowEntry& entry : config.allow) out->Write(AllowText(entry));
  if (!config.subjects.empty()) out->Write("\nsubjects\n");
  for (const Subject& subject : config.subjects) {
    out->Write(fmt::format(
        "  {}: {}\n", Printable(subject.name),
        Printable(fmt::format("{}", fmt::join(subject.words, ", ")))));
  }
  out->Write(PolicyLines(config.redact));
  return Finish(&*out);
}

}  // namespace

const Command kConfigCommand = {
    "config", "show the options in force, and where each was set", Declare,
    Run};

}  // namespace logspill
