// Text to measure rules on.

#pragma once

#include <string>
#include <vector>

#include "scanner/base/result.h"

namespace logspill {

// The first 64 MB of these files and folders, whole records; without paths 16
// MB of made-up log lines, the same at every call.
Result<std::string> SampleText(const std::vector<std::string>& paths);

}  // namespace logspill
