// Whether a call site can have printed a line: place, level, framework, the
// literal text, and for each hole the value that its argument is known to have.
//
// Threads:   pure functions.

#pragma once

#include <string>

#include "scanner/callsite/call_site.h"
#include "tests/e2e/printed_lines.h"

namespace logspill::e2e {

// Whether the site's lines hold the line that was printed.
bool IsPlaceOf(const CallSite& site, const PrintedLine& line);

// Empty where the site fits; else why it does not.
std::string WhyNot(const CallSite& site, const PrintedLine& line,
                   const Values& values);

}  // namespace logspill::e2e
