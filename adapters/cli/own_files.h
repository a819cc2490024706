// The files that a scan writes, so that it does not read them.
//
// A scan of a folder whose report goes into the same folder would find its own
// report there, or not, as time has it.

#pragma once

#include <string>
#include <vector>

#include "adapters/input/open.h"
#include "adapters/output/output_stream.h"
#include "scanner/base/result.h"

namespace logspill {

// What `out` writes now, and what it will replace.
std::vector<OwnFile> OwnFilesOf(const OutputStream& out);

// Fails where the user named one of them: it cannot be both.
Result<void> CheckNotOwn(const std::vector<std::string>& paths,
                         const std::vector<OwnFile>& own);

}  // namespace logspill
