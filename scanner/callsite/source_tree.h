// Walks a source folder: which files are of a known language, in a fixed order.
//
// Skipped: hidden folders, what .gitignore names, folders of other people's code
// and of build results.
// A folder or file that is reached again through a link is listed once, under
// its real path where that is below the root.
//
// Errors:    what cannot be read is named in `failed`, and the walk goes on.
// Cost:      one stat a file.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"

namespace logspill {

struct SourceTree {
  std::vector<std::string> files;   // relative to the root, or of a file its
                                    // name; sorted
  std::vector<std::string> failed;  // "path: why"
};

// `root` may also be one file, which is listed whatever its extension.
Result<SourceTree> ListSources(const std::string& root,
                               const std::vector<std::string>& extensions);

// Reads a whole file of at most `most` bytes; an Error says why not.
Result<std::string> ReadSource(const std::string& path, std::size_t most);

}  // namespace logspill
