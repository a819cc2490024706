#include "adapters/cli/low_args.h"

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

Result<void> ReadEnvironment(Settings* settings) {
  const char* key_file = std::getenv(kKeyFileVariable);
  if (key_file == nullptr || *key_file == '\0') return {};
  return settings->Set(*FindOption("key-file"),
                       {{key_file}, OriginKind::kEnvironment, {}});
}

}  // namespace

Result<InForce> Resolve(const LowArgs& low) {
  InForce in_force;
  const std::string path = ConfigPath(low);
  if (!path.empty()) {
    auto config = LoadConfig(path);
    if (!config) return config.error();
    in_force.config = std::move(*config);
  }
  for (const auto& [spec, setting] : in_force.config.settings) {
    auto set = in_force.settings.Set(*spec, setting);
    if (!set) return set.error();
  }
  auto environment = ReadEnvironment(&in_force.settings);
  if (!environment) return environment.error();
  for (const auto& [name, values] : low.options) {
    auto set = in_force.settings.Set(*FindOption(name),
                                     {values, OriginKind::kCommandLine, {}});
    if (!set) return set.error();
  }
  return in_force;
}

}  // namespace logspill
