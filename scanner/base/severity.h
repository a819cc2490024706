// How bad a finding is.  What each level means stands in docs/architecture.md.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace logspill {

enum class Severity : std::uint8_t { kInfo, kLow, kMedium, kHigh, kCritical };

inline constexpr std::string_view kSeverityNames[] = {"info", "low", "medium",
                                                      "high", "critical"};

inline std::string_view Name(Severity severity) {
  return kSeverityNames[static_cast<std::size_t>(severity)];
}

inline std::optional<Severity> ParseSeverity(std::string_view name) {
  for (std::size_t i = 0; i < 5; ++i) {
    if (name == kSeverityNames[i]) return static_cast<Severity>(i);
  }
  return std::nullopt;
}

}  // namespace logspill
