// Which files of a git work tree changed since a revision, as git itself says.

#pragma once

#include <set>
#include <string>

#include "scanner/base/result.h"

namespace logspill {

// Paths relative to `path`, or to the folder of a single file: changed, added
// and untracked ones.  Fails where there is no git, `path` is in no work tree,
// or there is no such revision.
Result<std::set<std::string>> ChangedFiles(const std::string& path,
                                           const std::string& revision);

}  // namespace logspill
