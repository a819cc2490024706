// Reads call sites back from the JSON lines that `logspill sites` wrote, so that
// logs are joined to source that is not at hand.
//
// Threads:   pure functions.
// Errors:    "sites.jsonl:12: what is wrong with the line"; nothing is read in
//            part.  Lines of other types (the summary) are passed over; a file
//            without a line is no such file.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/callsite/call_site.h"
#include "scanner/callsite/route.h"

namespace logspill {

struct SitesFile {
  std::vector<CallSite> sites;
  std::vector<Route> routes;
};

Result<SitesFile> LoadSites(const std::string& path);

// `name` is that of the file, for errors.
Result<SitesFile> ParseSites(std::string_view name, std::string_view text);

}  // namespace logspill
