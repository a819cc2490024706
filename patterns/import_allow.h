// A foreign allowlist as [[allow]] entries of logspill.toml.
//
// Threads:   pure functions.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "patterns/gitleaks.h"
#include "scanner/identity/allowlist.h"

namespace logspill {

// Appends entries for each of `rules` ("" stands for any rule); returns what
// could not be said in them.
std::vector<std::string> ToAllowEntries(const ForeignAllowlist& list,
                                        const std::vector<std::string>& rules,
                                        const std::string& file,
                                        std::vector<AllowEntry>* entries);

// The glob that matches the paths in which `regex` is found; empty where no
// glob does.
std::string GlobOf(std::string_view regex);

}  // namespace logspill
