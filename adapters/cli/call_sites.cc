#include "adapters/cli/call_sites.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <cerrno>
#include <chrono>
#include <iterator>
#include <system_error>

#include "adapters/cli/engine_parts.h"
#include "adapters/cli/sites_file.h"
#include "adapters/output/text.h"
#include "patterns/loader.h"
#include "scanner/callsite/source_pass.h"

namespace logspill {
namespace {

using Clock = std::chrono::steady_clock;

Result<void> ReadFolder(const std::string& folder,
                        const std::vector<Language>& languages,
                        const SourceOptions& options,
                        std::vector<CallSite>* sites) {
  const auto start = Clock::now();
  auto pass = ExtractCallSites(folder, languages, options);
  if (!pass) return pass.error();
  const std::chrono::duration<double, std::milli> took = Clock::now() - start;
  spdlog::info("{}: {} log calls in {} files, {:.0f} ms", Printable(folder),
               pass->sites.size(), pass->stats.files, took.count());
  for (const std::string& failed : pass->stats.failed) {
    spdlog::warn("{}", Printable(failed));
  }
  if (pass->sites.empty()) {
    spdlog::warn("{}: no log call was found", Printable(folder));
  }
  std::move(pass->sites.begin(), pass->sites.end(), std::back_inserter(*sites));
  return {};
}

Result<std::vector<CallSite>> ReadFolders(const SourceArgs& args) {
  auto languages = LoadLanguages(args.languages);
  if (!languages) return languages.error();
  SourceOptions options;
  options.threads = args.threads;
  if (args.cache) options.cache_folder = CacheFolder();
  std::vector<CallSite> sites;
  for (const std::string& folder : args.folders) {
    auto read = ReadFolder(folder, *languages, options, &sites);
    if (!read) return read.error();
  }
  return sites;
}

Result<std::vector<CallSite>> ReadFile(const std::string& path) {
  auto sites = LoadSites(path);
  if (sites && sites->empty()) {
    spdlog::warn("{}: no call site is in it", Printable(path));
  }
  return sites;
}

}  // namespace

SourceArgs SourceArgsOf(const InForce& in_force) {
  const Settings& settings = in_force.settings;
  SourceArgs args;
  args.folders = settings.List("source");
  args.sites_file = settings.Text("sites");
  args.languages = settings.List("languages");
  args.cache = !settings.Flag("no-cache");
  args.threads = static_cast<unsigned>(settings.Number("threads"));
  args.correlate.ignore_printed_location =
      settings.Flag("ignore-printed-location");
  args.correlate.message_prefixes = in_force.config.message_prefixes;
  return args;
}

Result<void> CheckSources(const std::vector<std::string>& sources) {
  for (const std::string& path : sources) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) {
      return Error{fmt::format("--source {}: {}", Printable(path),
                               std::generic_category().message(errno))};
    }
    if (!S_ISDIR(info.st_mode)) {
      return Error{fmt::format("--source {}: is no folder", Printable(path))};
    }
  }
  return {};
}

Result<CallSiteIndex> LoadCallSites(const SourceArgs& args) {
  auto sites =
      args.sites_file.empty() ? ReadFolders(args) : ReadFile(args.sites_file);
  if (!sites) return sites.error();
  const auto start = Clock::now();
  const std::size_t count = sites->size();
  auto index = CallSiteIndex::Build(std::move(*sites), args.correlate);
  const std::chrono::duration<double, std::milli> took = Clock::now() - start;
  spdlog::info("index of {} log calls, {:.0f} ms", count, took.count());
  return index;
}

}  // namespace logspill
