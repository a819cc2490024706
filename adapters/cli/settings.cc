#include "adapters/cli/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

#include "adapters/output/text.h"
#include "patterns/suggest.h"

namespace logspill {
namespace {

std::optional<std::uint64_t> ParseNumber(std::string_view text) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return number;
}

// "64M": bytes, in powers of 1024.
std::optional<std::uint64_t> ParseSize(std::string_view text) {
  constexpr std::string_view kUnits = "KMGT";
  std::uint32_t shift = 0;
  if (!text.empty()) {
    const std::size_t unit = kUnits.find(text.back());
    if (unit != kUnits.npos) {
      shift = static_cast<std::uint32_t>(unit + 1) * 10;
      text.remove_suffix(1);
    }
  }
  const auto number = ParseNumber(text);
  const auto most = std::numeric_limits<std::uint64_t>::max() >> shift;
  if (!number || *number > most) return std::nullopt;
  return *number << shift;
}

Fault CheckChoice(const OptionSpec& spec, const std::string& value) {
  const auto& choices = spec.choices;
  if (std::find(choices.begin(), choices.end(), value) != choices.end()) {
    return {};
  }
  std::string hint = DidYouMean(value, choices);
  if (hint.empty()) {
    hint = fmt::format("one of {}", fmt::join(choices, ", "));
  }
  return {fmt::format("unknown {} '{}'", spec.name, Printable(value)), hint};
}

}  // namespace

Fault CheckValue(const OptionSpec& spec, const std::string& value) {
  const std::string shown = Printable(value);
  if (spec.kind == OptionKind::kChoice) return CheckChoice(spec, value);
  if (spec.kind == OptionKind::kNumber) {
    const auto number = ParseNumber(value);
    if (number && *number >= 1 && *number <= spec.most) return {};
    return {fmt::format("'{}' is no number for {}", shown, spec.name),
            fmt::format("from 1 to {}", spec.most)};
  }
  if (spec.kind == OptionKind::kSize) {
    const auto size = ParseSize(value);
    if (size && *size != 0) return {};
    return {fmt::format("'{}' is no size for {}", shown, spec.name),
            "a number, with K, M, G or T behind it"};
  }
  if (spec.kind == OptionKind::kFlag) {
    if (value == "true" || value == "false") return {};
    return {fmt::format("'{}' is neither true nor false", shown), {}};
  }
  if (!value.empty()) return {};
  return {fmt::format("{} is empty", spec.name), {}};
}

void Settings::Set(const OptionSpec& spec, Setting setting) {
  settings_.insert_or_assign(std::string(spec.name), std::move(setting));
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
  return ParseSize(Text(name)).value_or(0);
}

std::vector<std::string> Settings::List(std::string_view name) const {
  return Get(name).values;
}

}  // namespace logspill
