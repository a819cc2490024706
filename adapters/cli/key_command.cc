#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "adapters/cli/commands.h"
#include "adapters/cli/exit_status.h"
#include "adapters/output/text.h"
#include "scanner/base/key.h"

namespace logspill {
namespace {

void Declare(CLI::App* app, LowArgs* low) {
  app->require_subcommand(1);
  CLI::App* make = app->add_subcommand("new", "make a key file (mode 0600)");
  DeclareOperands(make, low, "FILE", "where; must not exist", 1, 1);
  make->callback([low] { low->action = "new"; });
}

int Run(const LowArgs& low) {
  const std::string& path = low.operands.front();
  auto made = Key::Create(path);
  if (!made) return Complain(made.error(), kExitWrongUse);
  auto key = Key::FromFile(path);
  if (!key) return Complain(key.error(), kExitWrongUse);
  OutputStream out = OutputStream::ToDescriptor(1, "standard output");
  out.Write(fmt::format("{}: new key {}, for --key-file\n", Printable(path),
                        key->id()));
  return Finish(&out);
}

}  // namespace

const Command kKeyCommand = {
    "key", "make a key that keeps fingerprints comparable between runs",
    Declare, Run};

}  // namespace logspill
