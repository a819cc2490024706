#include "adapters/cli/low_args.h"

#include <fmt/format.h>

#include <cstdlib>
#include <string_view>

namespace logspill {
namespace {

constexpr const char* kKeyFileVariable = "LOGSPILL_KEY_FILE";

std::string ConfigPath(const LowArgs& low) {
  const auto given = low.options.find("config");
  if (given == low.options.end() || given->second.empty()) {
    return FindConfig(".");
  }
  return given->second.back();
}

void ReadEnvironment(Settings* settings) {
  const char* key_file = std::getenv(kKeyFileVariable);
  if (key_file == nullptr || *key_file == '\0') return;
  settings->Set(*FindOption("key-file"), {{key_file}, kKeyFileVariable});
}

Result<void> ReadCommandLine(const LowArgs& low, Settings* settings) {
  for (const auto& [name, values] : low.options) {
    const OptionSpec& spec = *FindOption(name);
    for (const std::string& value : values) {
      const Fault fault = CheckValue(spec, value);
      if (fault.what.empty()) continue;
      return Error{fmt::format("--{}: {}{}{}", name, fault.what,
                               fault.hint.empty() ? "" : "; ", fault.hint)};
    }
    settings->Set(spec, {values, "command line"});
  }
  return {};
}

}  // namespace

Result<InForce> Resolve(const LowArgs& low) {
  InForce in_force;
  const std::string path = ConfigPath(low);
  if (!path.empty()) {
    auto config = LoadConfig(path);
    if (!config) return config.error();
    in_force.config = std::move(*config);
    const auto given = low.options.find("config");
    in_force.config_found = given == low.options.end() || given->second.empty();
  }
  for (const auto& [spec, setting] : in_force.config.settings) {
    in_force.settings.Set(*spec, setting);
  }
  ReadEnvironment(&in_force.settings);
  auto read = ReadCommandLine(low, &in_force.settings);
  if (!read) return read.error();
  return in_force;
}

}  // namespace logspill
