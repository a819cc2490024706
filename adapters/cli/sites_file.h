// Reads call sites back from the JSON lines that `logspill sites` wrote, so that
// logs are joined to source that is not at hand.
//
// Threads:   pure functions.
// Errors:    "sites.jsonl:12: what is wrong with the line"; nothing is read in
//            part.  Lines of other types (the summary) are passed over.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/callsite/call_site.h"

namespace logspill {

Result<std::vector<CallSite>> LoadSites(const std::string& path);

// `name` is that of the file, for errors.
Result<std::vector<CallSite>> ParseSites(std::string_view name,
                                         std::string_view text);

}  // namespace logspill
