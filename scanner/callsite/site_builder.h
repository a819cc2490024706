// Makes call sites of the facts of one file: which calls log, to which logger,
// at which level, and what they print.
//
// Cost:      linear in the calls of the file.

#pragma once

#include <string>
#include <vector>

#include "scanner/callsite/call_site.h"
#include "scanner/callsite/file_facts.h"

namespace logspill {

// Where a file stands.
struct FilePlace {
  std::string root;
  std::string file;    // relative to root
  std::string module;  // "placement.handlers.util"
};

// In the order of the source.  A call with several messages (a conditional
// expression) gives a site for each, flagged "variant".
std::vector<CallSite> BuildCallSites(const Syntax& syntax,
                                     const FileFacts& facts,
                                     const FilePlace& place);

}  // namespace logspill
