#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "adapters/cli/commands.h"
#include "adapters/cli/exit_status.h"
#include "adapters/output/text.h"

namespace logspill {
namespace {

void DeclareOption(CLI::App* app, LowArgs* low, const OptionSpec& spec) {
  const std::string name(spec.name);
  const std::string flag = "--" + name;
  CLI::callback_t keep = [low, name](const std::vector<std::string>& values) {
    low->options[name] = values;
    return true;
  };
  CLI::Option* option = nullptr;
  if (spec.kind == OptionKind::kFlag) {
    option = app->add_flag(flag)->description(std::string(spec.help));
    option->each([low, name](const std::string& value) {
      low->options[name] = {value};
    });
  } else {
    option = app->add_option(flag, std::move(keep), std::string(spec.help));
    option->type_name(std::string(spec.value_name));
    option->type_size(1)->expected(1, kAnyNumber)->allow_extra_args(false);
    option->multi_option_policy(spec.takes_many()
                                    ? CLI::MultiOptionPolicy::TakeAll
                                    : CLI::MultiOptionPolicy::TakeLast);
    if (!spec.fallback.empty()) {
      option->default_str(std::string(spec.fallback));
    }
  }
  option->group(std::string(spec.group));
}

}  // namespace

void DeclareOptions(CLI::App* app, LowArgs* low,
                    const std::vector<std::string_view>& names) {
  for (const OptionSpec& spec : AllOptions()) {
    const bool wanted = names.empty() ? spec.for_scan
                                      : std::find(names.begin(), names.end(),
                                                  spec.name) != names.end();
    if (wanted) DeclareOption(app, low, spec);
  }
}

void DeclareOperands(CLI::App* app, LowArgs* low, const std::string& value_name,
                     const std::string& help, int at_least, int at_most) {
  // Counted by CheckOperands(): those behind "--" are not seen by CLI11.
  app->add_option(value_name, low->operands, help)
      ->expected(0, kAnyNumber)
      ->type_name(at_most == 1 ? "" : "...");
  app->preparse_callback([low, value_name, at_least, at_most](std::size_t) {
    low->operand_name = value_name;
    low->least = at_least;
    low->most = at_most;
  });
}

Result<void> CheckOperands(const LowArgs& low) {
  const auto count = static_cast<int>(low.operands.size());
  if (count > low.most) {
    const auto first = static_cast<std::size_t>(low.most);
    return Error{
        fmt::format("unexpected word '{}'", Printable(low.operands[first]))};
  }
  if (count < low.least) {
    return Error{fmt::format("{} is missing", low.operand_name)};
  }
  return {};
}

int Complain(const Error& error, int status) {
  const std::string text = fmt::format("logspill: {}\n", error.message);
  [[maybe_unused]] const ssize_t wrote =
      ::write(STDERR_FILENO, text.data(), text.size());
  return status;
}

Result<OutputStream> OpenOutput(const std::string& path) {
  if (path.empty() || path == "-" || path == "/dev/stdout") {
    return OutputStream::ToDescriptor(STDOUT_FILENO, "standard output");
  }
  return OutputStream::ToFile(path);
}

int Finish(OutputStream* out) {
  auto done = out->Commit();
  return done ? kExitClean : Complain(done.error(), kExitIncomplete);
}

}  // namespace logspill
