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

#include <string_view>
#include <vector>

#include "scanner/callsite/file_facts.h"
#include "scanner/callsite/flatten.h"
#include "scanner/callsite/loggers.h"
#include "scanner/callsite/route.h"

namespace logspill {

// Whether `text` may declare routes: it holds what a rule of the language asks
// for.  Only such a file is parsed for its routes.
bool MayDeclareRoutes(const Language& language, std::string_view text);

// In the order of the source.
std::vector<Route> FindRoutes(const Syntax& syntax, const FileFacts& facts,
                              const FilePlace& place,
                              const Flattener& flattener);

}  // namespace logspill
