#include "scanner/correlate/site_table.h"

#include <algorithm>
#include <string>

#include "scanner/correlate/agreement.h"
#include "scanner/correlate/printed_location.h"

namespace logspill {
namespace {

std::string KeyOf(const LogTemplate& message) {
  std::string key = message.Text();
  for (const Hole& hole : message.holes) {
    key += '\0';
    key += hole.conversion;
  }
  return key;
}

}  // namespace

std::string_view LastPart(std::string_view path) {
  return path.substr(path.find_last_of("./$:") + 1);
}

bool IsPlaceOf(std::string_view path, const CallSite& site) {
  if (IsSameFile(path, site.root, site.file)) return true;
  if (!site.via.file.empty() && IsSameFile(path, site.root, site.via.file)) {
    return true;
  }
  // "com.acme.Desk$1"
  if (site.class_name.empty() || path.find('/') != std::string_view::npos) {
    return false;
  }
  const std::string_view outer = path.substr(0, path.find('$'));
  return LastPart(outer) == site.class_name ||
         LastPart(path) == site.class_name;
}

const std::vector<SiteTable::SiteAndShape>* SiteTable::SitesAt(
    std::string_view path) const {
  auto found = sites_in.find(path.substr(path.find_last_of("/\\") + 1));
  if (found == sites_in.end()) {
    found = sites_in.find(LastPart(path.substr(0, path.find('$'))));
  }
  return found == sites_in.end() ? nullptr : &found->second;
}

Result<std::unique_ptr<SiteTable>> SiteTable::Build(
    std::vector<CallSite> sites) {
  auto table = std::make_unique<SiteTable>();
  table->sites = std::move(sites);
  table->AddShapes();
  table->AddWeak();
  table->AddFiles();
  table->AddLoggers();
  auto anchors = Anchors::Build(table->shapes);
  if (!anchors) return anchors.error();
  table->anchors = std::make_unique<Anchors>(std::move(*anchors));
  return table;
}

void SiteTable::AddShapes() {
  std::unordered_map<std::string, std::uint32_t> known;
  for (std::uint32_t i = 0; i < sites.size(); ++i) {
    if (sites[i].Has("format")) continue;  // of the AccessTable
    // print(x) may have printed anything.
    if (sites[i].Has("print") && sites[i].Has("value")) continue;
    const auto [at, added] = known.emplace(
        KeyOf(sites[i].message), static_cast<std::uint32_t>(shapes.size()));
    if (added) {
      shapes.emplace_back(sites[i].message);
      sites_of.emplace_back();
    }
    sites_of[at->second].push_back(i);
  }
}

void SiteTable::AddWeak() {
  for (std::uint32_t i = 0; i < shapes.size(); ++i) {
    if (shapes[i].strong()) continue;
    if (shapes[i].has_width() && shapes[i].weight() != 0) {
      weak_tables.push_back(i);
      continue;
    }
    const std::string_view first = shapes[i].literals().front();
    const std::string_view last = shapes[i].literals().back();
    if (!first.empty()) {
      weak_begin[static_cast<unsigned char>(first[0])].push_back(i);
    } else if (!last.empty()) {
      weak_end[static_cast<unsigned char>(last.back())].push_back(i);
    }
    for (const std::uint32_t site : sites_of[i]) {
      auto& list = weak_of[LastPart(sites[site].logger)];
      if (list.empty() || list.back() != i) list.push_back(i);
    }
  }
}

void SiteTable::AddLoggers() {
  for (const CallSite& site : sites) {
    if (site.logger.empty()) continue;
    auto& list = loggers[LastPart(site.logger)];
    const bool known =
        std::any_of(list.begin(), list.end(), [&](const Logger& each) {
          return each.name == site.logger && each.root == site.root;
        });
    if (!known) list.push_back({site.logger, site.root});
  }
}

void SiteTable::LoggersLike(std::string_view logger,
                            std::vector<Logger>* found) const {
  const auto list = loggers.find(LastPart(BareLogger(logger)));
  if (list == loggers.end()) return;
  for (const Logger& known : list->second) {
    if (CompareLoggers(logger, known.name) == Agreement::kAgree) {
      found->push_back(known);
    }
  }
}

bool MayUse(const CallSite& site, const SiteTable::Logger& logger) {
  if (site.root != logger.root) return false;
  // "org.apache.zookeeper.Learner": the name of a domain says little.
  constexpr std::size_t kDomain = 3;
  const std::size_t dot = logger.name.find('.');
  if (dot == std::string_view::npos || dot > kDomain) return true;
  std::string package;
  std::size_t parts = 0;
  for (const char c : logger.name) {
    if (c == '.' && ++parts == 3) break;
    package += c == '.' ? '/' : c;
  }
  if (parts < 2) return true;
  package.resize(std::min(package.size(), package.find_last_of('/')));
  return site.file.find(package) != std::string::npos;
}

void SiteTable::AddFiles() {
  for (std::uint32_t shape = 0; shape < sites_of.size(); ++shape) {
    for (const std::uint32_t site : sites_of[shape]) {
      const std::string_view file = sites[site].file;
      sites_in[file.substr(file.rfind('/') + 1)].emplace_back(site, shape);
      if (!sites[site].class_name.empty()) {
        sites_in[sites[site].class_name].emplace_back(site, shape);
      }
      // A wrapper's own place may be the one that is printed.
      const std::string_view via = sites[site].via.file;
      const std::string_view name = via.substr(via.rfind('/') + 1);
      if (via.empty() || name == file.substr(file.rfind('/') + 1)) continue;
      sites_in[name].emplace_back(site, shape);
    }
  }
}

}  // namespace logspill
