// Call sites as JSON lines or as a table, and what there is of them in all.
//
// The JSON fields are an interface that only grows (schema "logspill/1"); the
// summary is the last line.
//
// Threads:   pure functions.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "adapters/output/colour.h"
#include "scanner/callsite/call_site.h"
#include "scanner/callsite/source_pass.h"

namespace logspill {

// What each hole of a site may print, then each field; empty: nothing said.
using Sensitivities = std::vector<std::string>;

struct SitesSummary {
  std::vector<std::string> roots;
  SourceStats stats;  // of all roots; names with their root before them
  std::uint64_t sites = 0;
  std::uint64_t unresolved = 0;  // of them
  std::map<std::string, std::uint64_t> by_language;
  std::map<std::string, std::uint64_t> by_framework;
  std::map<std::string, std::uint64_t> by_level;  // "": not known
  std::map<std::string, std::uint64_t> by_sensitivity;
  double seconds = 0;

  void Count(const CallSite& site, const Sensitivities& sensitivities);
};

void AppendSiteJson(const CallSite& site, const Sensitivities& sensitivities,
                    std::string* out);
void AppendSitesSummaryJson(const SitesSummary& summary, std::string* out);

struct SitesTableLook {
  std::size_t width = 80;  // columns
  std::size_t place = 24;  // of file:line
  Palette palette{false};
};

// One or two lines: the call, and what its arguments may print.
std::string SiteRow(const CallSite& site, const Sensitivities& sensitivities,
                    const SitesTableLook& look);
std::string SitesTableHead(const SitesTableLook& look);
std::string SitesSummaryText(const SitesSummary& summary,
                             const Palette& palette);

}  // namespace logspill
