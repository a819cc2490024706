// Ids of call sites, which stay while lines move.
//
// Threads:   pure functions.

#pragma once

#include <string>
#include <vector>

#include "scanner/callsite/call_site.h"
#include "scanner/callsite/language.h"

namespace logspill {

// What the ids of a language begin with: "py".
std::string SitePrefix(const Language& language);

// Gives each site its id: a hash of module, class, function, template and the
// ordinal among equals, so that it stays while lines move.  Sites of one file,
// in order.
void NumberSites(const std::string& module, const std::string& prefix,
                 std::vector<CallSite>* sites);

}  // namespace logspill
