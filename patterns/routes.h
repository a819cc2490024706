// Reads [[route]] tables: how a framework declares routes.
//
// Errors:    reported with their place.
// Threads:   pure function.

#pragma once

#include <toml++/toml.h>

#include <vector>

#include "patterns/diagnostics.h"
#include "patterns/table_reader.h"
#include "scanner/base/result.h"
#include "scanner/callsite/language.h"

namespace logspill {

// The field "route" of what `reader` reads; it may be absent.
std::vector<RouteRule> ReadRouteRules(TableReader* reader,
                                      Diagnostics* diagnostics);

// Adds what patterns/routes says to the languages that it is for.
Result<void> AddBuiltInRoutes(std::vector<Language>* languages);

}  // namespace logspill
