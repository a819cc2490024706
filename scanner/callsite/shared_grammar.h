// A grammar that is no part of the program: a shared object, as `tree-sitter
// build` makes it, that a user's language names by its path.
//
// It is code: only what the user names on the command line or in the
// configuration is loaded, never what a scanned folder holds.

#pragma once

#include <tree_sitter/api.h>

#include <string>

#include "scanner/base/result.h"

namespace logspill {

// Loads `path`; its symbol is tree_sitter_NAME, of "NAME.so" or
// "libtree-sitter-NAME.so".  The object stays loaded until the program ends.
// Fails where there is no such file or symbol, or its version does not fit.
Result<const TSLanguage*> LoadGrammar(const std::string& path);

}  // namespace logspill
