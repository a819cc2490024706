// What a file that replaces another takes over from it.
//
// Threads:   safe from any thread.
// Errors:    what cannot be kept is an Error that says so; the new file is not
//            to take the old one's place then.

#pragma once

#include <sys/stat.h>

#include <string>

#include "scanner/base/result.h"

namespace logspill {

// Fails for what a rename would not keep: no regular file, several names.
Result<void> CheckReplaceable(const struct stat& old);

// Gives the file at `fd` owner, mode, extended attributes (access lists among
// them) and times of the one at `path`, whose state is `old`.
Result<void> KeepAttributes(const std::string& path, const struct stat& old,
                            int fd);

// Makes a rename in the folder of `path` last.
void SyncFolder(const std::string& path);

}  // namespace logspill
