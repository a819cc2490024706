// The commands, one file each, and what they share.
//
// A command declares its options and operands on a CLI11 subcommand that writes
// into LowArgs; it runs after parsing and returns the exit status.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/cli/low_args.h"
#include "adapters/output/output_stream.h"

namespace CLI {  // NOLINT: as the library calls it
class App;
}

namespace logspill {

struct Command {
  std::string_view name;
  std::string_view help;
  void (*declare)(CLI::App* app, LowArgs* low);
  int (*run)(const LowArgs& low);
};

extern const Command kScanCommand;
extern const Command kRulesCommand;
extern const Command kRedactCommand;
extern const Command kKeyCommand;
extern const Command kConfigCommand;
extern const Command kSitesCommand;
extern const Command kTraceCommand;

// Adds options of the table to a subcommand; no names: all that a scan takes.
void DeclareOptions(CLI::App* app, LowArgs* low,
                    const std::vector<std::string_view>& names);

// CLI11 takes an option's words for operands only from 1 << 25 on.
inline constexpr int kAnyNumber = 1 << 26;

// Adds `PATH...` or the like, kept in LowArgs::operands.
void DeclareOperands(CLI::App* app, LowArgs* low, const std::string& value_name,
                     const std::string& help, int at_least, int at_most);

// Fails where there are more or fewer operands than the command takes.
Result<void> CheckOperands(const LowArgs& low);

// Prints "logspill: message" on standard error and returns `status`.
int Complain(const Error& error, int status);

// Standard output, or the file of --output.
Result<OutputStream> OpenOutput(const std::string& path);

// Ends the output of a command that does not scan.
int Finish(OutputStream* out);

}  // namespace logspill
