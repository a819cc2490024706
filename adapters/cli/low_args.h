// The command line as it was typed, and what is in force after it: the command
// line wins over the environment, that over logspill.toml, that over the
// defaults.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "adapters/cli/config_file.h"
#include "adapters/cli/settings.h"
#include "scanner/base/result.h"

namespace logspill {

// Nothing of it is judged yet.
struct LowArgs {
  std::string program;  // as it was called
  std::string action;   // "list" of `rules list`; or empty
  std::map<std::string, std::vector<std::string>> options;  // by name
  // Options that this command alone has, by name.
  std::map<std::string, std::string> own;
  std::vector<std::string> operands;
  std::string operand_name;  // "PATH"; empty: the command takes none
  int least = 0;             // operands that the command takes
  int most = 0;
};

struct InForce {
  Settings settings;
  ConfigFile config;
  // The configuration was found beside the files, and not named: it may bring
  // data, but no code along.
  bool config_found = false;
};

Result<InForce> Resolve(const LowArgs& low);

}  // namespace logspill
