// logspill: finds identifiers in logs, and the log calls that printed them.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

#include "adapters/cli/commands.h"
#include "adapters/cli/exit_status.h"
#include "adapters/cli/hardening.h"
#include "adapters/output/text.h"
#include "patterns/suggest.h"

namespace logspill {
namespace {

constexpr std::array kCommands = {
    &kScanCommand,  &kRedactCommand, &kSitesCommand, &kTraceCommand,
    &kRulesCommand, &kKeyCommand,    &kConfigCommand};

constexpr std::string_view kFooter =
    "Exit status: 0 complete and clean, 1 findings, 2 wrong use (nothing was "
    "scanned),\n3 incomplete (some bytes could not be scanned).";

// A process that cannot be dumped cannot open its own descriptors by path.
bool NeedsProc(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word.find("/dev/fd/") != word.npos ||
        word.find("/dev/std") != word.npos ||
        word.find("/proc/") != word.npos) {
      return true;
    }
  }
  return false;
}

// The option or command that an unknown word was meant to be.
std::string WayOut(const CLI::App& app, std::string_view word) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      names.push_back("--" + name);
    }
  }
  for (const CLI::App* command : app.get_subcommands({})) {
    names.push_back(command->get_name());
  }
  const std::string hint = DidYouMean(word, names);
  return hint.empty() ? fmt::format("see {} --help", app.get_name()) : hint;
}

const CLI::App& Innermost(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : Innermost(*chosen.back());
}

int WrongUse(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& at = Innermost(app);
  const std::vector<std::string> left = app.remaining(true);
  std::string what = error.what();
  if (!left.empty()) {
    const std::string word = left.front().substr(0, left.front().find('='));
    const std::string_view kind = word.starts_with('-') ? "option" : "word";
    what = fmt::format("unknown {} '{}'; {}", kind, Printable(word),
                       WayOut(at, word));
  } else {
    what = fmt::format("{}; see {} --help", Printable(what), at.get_name());
  }
  return Complain(Error{what}, kExitWrongUse);
}

int PrintHelp(const CLI::App& app) {
  OutputStream out = OutputStream::ToDescriptor(1, "standard output");
  out.Write(app.help());
  return Finish(&out);
}

int RunChosen(const CLI::App& app, const LowArgs& low) {
  auto checked = CheckOperands(low);
  if (!checked) {
    return Complain(
        Error{fmt::format("{}; see {} --help", checked.error().message,
                          Innermost(app).get_name())},
        kExitWrongUse);
  }
  for (const Command* command : kCommands) {
    if (app.got_subcommand(std::string(command->name))) {
      return command->run(low);
    }
  }
  return PrintHelp(app);
}

void Declare(CLI::App* app, LowArgs* low) {
  app->set_version_flag("--version", "logspill " LOGSPILL_VERSION);
  app->require_subcommand(1);
  app->footer(std::string(kFooter));
  for (const Command* command : kCommands) {
    CLI::App* sub = app->add_subcommand(std::string(command->name),
                                        std::string(command->help));
    command->declare(sub, low);
  }
}

int Main(int argc, char** argv) {
  Harden(NeedsProc(argc, argv));
  LowArgs low;
  low.program = argc > 0 ? argv[0] : "logspill";
  // What stands behind "--" is no option; CLI11 would not give it to a command.
  char** const end = argv + argc;
  char** const dashes = std::find_if(
      argv, end, [](const char* word) { return std::strcmp(word, "--") == 0; });
  CLI::App app(
      "Finds identifiers in logs, and the log calls that printed them.",
      "logspill");
  try {
    Declare(&app, &low);
    app.parse(static_cast<int>(dashes - argv), argv);
    if (dashes != end) low.operands.insert(low.operands.end(), dashes + 1, end);
    return RunChosen(app, low);
  } catch (const CLI::CallForHelp&) {
    return PrintHelp(Innermost(app));
  } catch (const CLI::CallForVersion& version) {
    OutputStream out = OutputStream::ToDescriptor(1, "standard output");
    out.Write(std::string(version.what()) + "\n");
    return Finish(&out);
  } catch (const CLI::ParseError& error) {
    return WrongUse(app, error);
  } catch (const std::exception& error) {
    return Complain(Error{fmt::format("internal error: {}", error.what())},
                    kExitIncomplete);
  }
}

}  // namespace
}  // namespace logspill

// What even reporting an error throws ends the program.
// NOLINTNEXTLINE(bugprone-exception-escape)
int main(int argc, char** argv) { return logspill::Main(argc, argv); }
