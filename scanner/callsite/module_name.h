// What a language calls the module that a file is.
//
// Threads:   pure functions; they look for the files that mark packages.

#pragma once

#include <filesystem>
#include <string>

#include "scanner/callsite/language.h"

namespace logspill {

// The dotted path of a file: its packages below the outermost one, then its
// name.  `file` is relative to the root, `path` is absolute.
std::string ModuleOf(const std::filesystem::path& path, const std::string& file,
                     const Language& language);

}  // namespace logspill
