// All call sites of an index, and the ways to find one: by literal text, by
// logger, by the place that a record prints.
//
// Lifetime:  owns the call sites; the tables view them.
// Threads:   const after Build().
// Cost:      building is linear in the literal text of all templates.

#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/callsite/call_site.h"
#include "scanner/correlate/anchors.h"
#include "scanner/correlate/shape.h"

namespace logspill {

struct SiteTable {
  // Templates that are equal, conversions included, are one shape.
  using SiteAndShape = std::pair<std::uint32_t, std::uint32_t>;

  std::vector<CallSite> sites;
  std::vector<Shape> shapes;
  std::vector<std::vector<std::uint32_t>> sites_of;  // by shape
  // Shapes with too little text for an anchor: by the last name of the logger
  // that must agree; those that a fixed width can prove; by their first byte
  // those that begin with text, and by their last byte those that only end with
  // text.
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> weak_of;
  std::vector<std::uint32_t> weak_tables;
  std::array<std::vector<std::uint32_t>, 256> weak_begin;
  std::array<std::vector<std::uint32_t>, 256> weak_end;
  // All loggers and the roots that have them, by their last names.
  struct Logger {
    std::string_view name;
    std::string_view root;
  };
  std::unordered_map<std::string_view, std::vector<Logger>> loggers;
  // By the name of the file, without its folders, and by the name of the class.
  std::unordered_map<std::string_view, std::vector<SiteAndShape>> sites_in;
  std::unique_ptr<Anchors> anchors;

  static Result<std::unique_ptr<SiteTable>> Build(std::vector<CallSite> sites);

  // Those that `path`, the name of a file or a class, may mean; nullptr: none.
  const std::vector<SiteAndShape>* SitesAt(std::string_view path) const;

  // Appends those that the printed `logger` may mean.
  void LoggersLike(std::string_view logger, std::vector<Logger>* found) const;

 private:
  void AddShapes();
  void AddWeak();
  void AddFiles();
  void AddLoggers();
};

// Whether a call whose logger is not known may use `logger`: it is of the same
// project, as far as root and package tell.
bool MayUse(const CallSite& site, const SiteTable::Logger& logger);

// What stands behind the last '.', '$', ':' or '/'.
std::string_view LastPart(std::string_view path);

// Whether the printed path, or the printed name of a class, is that of the call
// or of the wrapper that it goes through.
bool IsPlaceOf(std::string_view path, const CallSite& site);

}  // namespace logspill
