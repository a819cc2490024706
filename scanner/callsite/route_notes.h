// Finds the routes that one file declares, by the rules of its language.
//
// A path is put together from what stands around its declaration: the class
// that holds it, the block or the call it is nested in, the router it is
// declared on, and where that router is mounted, as far as the same file says.
// A prefix that another file gives is not known; RouteTable allows for one.
//
// Threads:   pure function.
// Cost:      linear in the syntax tree; at most kMaxDepth levels of it.

#pragma once

#include <string>
#include <vector>

#include "scanner/callsite/file_facts.h"
#include "scanner/callsite/flatten.h"
#include "scanner/callsite/loggers.h"
#include "scanner/callsite/notes.h"
#include "scanner/callsite/route.h"

namespace logspill {

// Texts, one of which a file holds that declares routes; only such a file is
// parsed for them.
std::vector<std::string> RouteTokens(const Language& language);

// In the order of the source.
std::vector<Route> FindRoutes(const Syntax& syntax, const FileFacts& facts,
                              const FilePlace& place,
                              const Flattener& flattener);
// The same, with the constants of other files that `request` knows.
std::vector<Route> RoutesOf(const Syntax& syntax, const FileFacts& facts,
                            const FilePlace& place,
                            const NotesRequest& request);

}  // namespace logspill
