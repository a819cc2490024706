// What the program's exit status says.

#pragma once

namespace logspill {

inline constexpr int kExitClean = 0;       // complete, nothing to report
inline constexpr int kExitFindings = 1;    // findings at or above --fail-on
inline constexpr int kExitWrongUse = 2;    // nothing was scanned
inline constexpr int kExitIncomplete = 3;  // some bytes could not be scanned

}  // namespace logspill
