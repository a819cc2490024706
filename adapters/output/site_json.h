// A call site as findings and traces name it.
//
// Threads:   pure functions.

#pragma once

#include <string>

#include "scanner/callsite/call_site.h"

namespace logspill {

// Appends the site as a JSON object whose closing brace is missing, so that
// more can be said of it.
void AppendOpenSite(const CallSite& site, std::string* out);

}  // namespace logspill
