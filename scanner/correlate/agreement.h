// Whether what a record's header prints agrees with what a call site says.
//
// Cost:      a few comparisons; no allocation.

#pragma once

#include <cstdint>
#include <string_view>

namespace logspill {

enum class Agreement : std::uint8_t { kMismatch, kUnknown, kAgree };

// The logger alone of "app.Desk:12" and "app.Desk.open", as patterns print it
// with its line or method.
std::string_view BareLogger(std::string_view printed);

// "o.a.z.Learner", "Learner" and "org.apache.zookeeper.Learner" agree.
Agreement CompareLoggers(std::string_view printed, std::string_view site);

// "WARN" and "warning" agree, whatever the case.
Agreement CompareLevels(std::string_view printed, std::string_view site);

}  // namespace logspill
