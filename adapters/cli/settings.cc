#include "adapters/cli/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "adapters/output/text.h"

namespace logspill {
namespace {

Result<std::uint64_t> ParseNumber(std::string_view text) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number);
  if (text.empty() || parsed.ec != std::errc() || parsed.ptr != end) {
    return Error{"is no whole number"};
  }
  return number;
}

// What is wrong with one value, and the way out; an empty `what`: nothing.
struct Fault {
  std::string what;
  std::string hint;
};

Fault Check(const OptionSpec& spec, const std::string& value) {
  switch (spec.kind) {
    case OptionKind::kChoice:
      if (std::find(spec.choices.begin(), spec.choices.end(), value) ==
          spec.choices.end()) {
        return {fmt::format("unknown {} '{}'", spec.name, Printable(value)),
                Suggest(value, spec.choices)};
      }
      return {};
    case OptionKind::kNumber:
      if (ParseNumber(value)) return {};
      return {fmt::format("{} '{}' is no whole number", spec.name,
                          Printable(value)),
              "digits only"};
    case OptionKind::kSize:
      if (ParseSize(value)) return {};
      return {fmt::format("{} '{}' is no size", spec.name, Printable(value)),
              "a number with K, M, G or T behind it"};
    case OptionKind::kFlag:
      if (value == "true" || value == "false") return {};
      return {fmt::format("{} '{}' is neither true nor false", spec.name,
                          Printable(value)),
              {}};
    default:
      if (!value.empty()) return {};
      return {fmt::format("{} is empty", spec.name), {}};
  }
}

Error WrongSetting(std::string_view name, const Setting& setting,
                   std::string_view what, std::string_view hint) {
  if (setting.origin == OriginKind::kFile) {
    return Error{Diagnose(setting.place, what, hint)};
  }
  std::string text = fmt::format("--{}: {}", name, what);
  if (!hint.empty()) text += fmt::format("; {}", hint);
  return Error{text};
}

}  // namespace

std::string Setting::OriginText() const {
  switch (origin) {
    case OriginKind::kFile:
      return fmt::format("{}:{}", Printable(place.file), place.line);
    case OriginKind::kEnvironment:
      return "environment";
    case OriginKind::kCommandLine:
      return "command line";
    case OriginKind::kDefault:
      break;
  }
  return "default";
}

Result<void> Settings::Set(const OptionSpec& spec, Setting setting) {
  for (const std::string& value : setting.values) {
    const Fault fault = Check(spec, value);
    if (!fault.what.empty()) {
      return WrongSetting(spec.name, setting, fault.what, fault.hint);
    }
  }
  settings_.insert_or_assign(std::string(spec.name), std::move(setting));
  return {};
}

bool Settings::IsSet(std::string_view name) const {
  return settings_.find(name) != settings_.end();
}

Setting Settings::Get(std::string_view name) const {
  const auto found = settings_.find(name);
  if (found != settings_.end()) return found->second;
  const OptionSpec& spec = *FindOption(name);
  Setting setting;
  if (!spec.fallback.empty()) setting.values.emplace_back(spec.fallback);
  return setting;
}

bool Settings::Flag(std::string_view name) const {
  return Text(name) == "true";
}

std::string Settings::Text(std::string_view name) const {
  const Setting setting = Get(name);
  return setting.values.empty() ? std::string() : setting.values.back();
}

std::uint64_t Settings::Number(std::string_view name) const {
  const auto size = ParseSize(Text(name));
  return size ? *size : 0;
}

std::vector<std::string> Settings::List(std::string_view name) const {
  return Get(name).values;
}

Error Settings::Wrong(std::string_view name, std::string_view what,
                      std::string_view hint) const {
  return WrongSetting(name, Get(name), what, hint);
}

Result<std::uint64_t> ParseSize(std::string_view text) {
  constexpr std::string_view kUnits = "KMGT";
  std::uint32_t shift = 0;
  if (!text.empty()) {
    const std::size_t unit = kUnits.find(text.back());
    if (unit != kUnits.npos) {
      shift = static_cast<std::uint32_t>(unit + 1) * 10;
      text.remove_suffix(1);
    }
  }
  auto number = ParseNumber(text);
  if (!number) return number;
  if (*number > std::numeric_limits<std::uint64_t>::max() >> shift) {
    return Error{"is too large"};
  }
  return *number << shift;
}

}  // namespace logspill
