// What commands that read logs share: opening them, and saying on standard error
// what could not be read.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "adapters/cli/signals.h"
#include "adapters/input/open.h"
#include "adapters/output/output_stream.h"
#include "scanner/base/result.h"
#include "scanner/finding/summary.h"

namespace logspill {

// Fails where a path named does not exist, or none is named.
Result<void> CheckPaths(const std::vector<std::string>& paths);

// Fails where the user's patterns leave nothing: that is no clean bill.
Result<std::unique_ptr<InputQueue>> OpenQueue(
    const std::vector<std::string>& paths, InputOptions options,
    const StopOnSignal& stop);

// A report that goes elsewhere must not hide that bytes were not scanned.
// `seen`: a person has the report before them.
void WarnOfGaps(const OutputStream& out, const Coverage& coverage, bool seen);

}  // namespace logspill
