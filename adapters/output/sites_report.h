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
#include "scanner/callsite/route.h"
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
  std::uint64_t routes = 0;
  std::map<std::string, std::uint64_t> routes_by_framework;
  double seconds = 0;

  void Count(const CallSite& site, const Sensitivities& sensitivities);
  void Count(const Route& route);
};

// `in_paths`: what the paths of the routes carry (RouteTable), which is what a
// hole that prints a URL may print.
void AppendSiteJson(const CallSite& site, const Sensitivities& sensitivities,
                    const std::vector<std::string>& in_paths, std::string* out);
void AppendRouteJson(const Route& route, std::string* out);
void AppendSitesSummaryJson(const SitesSummary& summary, std::string* out);

struct SitesTableLook {
  std::size_t width = 80;  // columns
  std::size_t place = 24;  // of file:line
  Palette palette{false};
  std::vector<std::string> in_paths{};  // as AppendSiteJson() has it
};

// One or two lines: the call, and what its arguments may print.
std::string SiteRow(const CallSite& site, const Sensitivities& sensitivities,
                    const SitesTableLook& look);
std::string RouteRow(const Route& route, const SitesTableLook& look);
std::string RoutesTableHead(const SitesTableLook& look);
std::string SitesTableHead(const SitesTableLook& look);
std::string SitesSummaryText(const SitesSummary& summary,
                             const Palette& palette);

}  // namespace logspill
