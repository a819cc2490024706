#include "adapters/cli/call_sites.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
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

struct LoadedSource {
  std::vector<CallSite> sites;
  std::vector<Route> routes;
};

Result<void> ReadFolder(const std::string& folder,
                        const std::vector<Language>& languages,
                        const SourceOptions& options, LoadedSource* loaded) {
  const auto start = Clock::now();
  auto pass = ExtractCallSites(folder, languages, options);
  if (!pass) return pass.error();
  std::error_code unknown;
  if (pass->stats.files == 0 && pass->sites.empty() && pass->routes.empty() &&
      std::filesystem::is_regular_file(folder, unknown)) {
    return Error{fmt::format(
        "--source {}: is of no language that is known; see --languages",
        Printable(folder))};
  }
  const std::chrono::duration<double, std::milli> took = Clock::now() - start;
  spdlog::info("{}: {} log calls in {} files, {:.0f} ms", Printable(folder),
               pass->sites.size(), pass->stats.files, took.count());
  for (const std::string& failed : pass->stats.failed) {
    spdlog::warn("{}", Printable(failed));
  }
  for (const std::string& skipped : pass->stats.skipped) {
    spdlog::info("{}: left out", Printable(skipped));
  }
  if (!pass->stats.not_kept.empty()) {
    spdlog::info("{}: {}", Printable(folder), pass->stats.not_kept);
  }
  if (pass->sites.empty()) {
    spdlog::warn("{}: no log call was found", Printable(folder));
  }
  std::move(pass->sites.begin(), pass->sites.end(),
            std::back_inserter(loaded->sites));
  std::move(pass->routes.begin(), pass->routes.end(),
            std::back_inserter(loaded->routes));
  return {};
}

Result<LoadedSource> ReadFolders(const SourceArgs& args,
                                 const std::vector<AccessFormatRule>& formats) {
  auto languages = LoadLanguagesOf(args);
  if (!languages) return languages.error();
  SourceOptions options;
  options.access_formats = &formats;
  options.threads = args.threads;
  if (args.cache) options.cache_folder = CacheFolder();
  LoadedSource loaded;
  for (const std::string& folder : args.folders) {
    auto read = ReadFolder(folder, *languages, options, &loaded);
    if (!read) return read.error();
  }
  return loaded;
}

Result<LoadedSource> ReadFile(const std::string& path) {
  auto file = LoadSites(path);
  if (!file) return file.error();
  // They are put beside whatever the call sites come from.
  std::erase_if(file->sites,
                [](const CallSite& site) { return site.Has("built-in"); });
  if (file->sites.empty()) {
    spdlog::warn("{}: no call site is in it", Printable(path));
  }
  return LoadedSource{std::move(file->sites), std::move(file->routes)};
}

}  // namespace

Result<std::vector<Language>> LoadLanguagesOf(const SourceArgs& args) {
  return LoadLanguages(args.languages, args.trusted ? GrammarTrust::kAll
                                                    : GrammarTrust::kBuiltIn);
}

SourceArgs SourceArgsOf(const InForce& in_force) {
  const Settings& settings = in_force.settings;
  SourceArgs args;
  args.folders = settings.List("source");
  args.sites_file = settings.Text("sites");
  args.languages = settings.List("languages");
  args.rules = settings.List("rules");
  args.trusted = !in_force.config_found ||
                 settings.Get("languages").origin == "command line";
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
    if (!S_ISDIR(info.st_mode) && !S_ISREG(info.st_mode)) {
      return Error{fmt::format("--source {}: is neither a folder nor a file",
                               Printable(path))};
    }
  }
  return {};
}

Result<std::unique_ptr<MaskRules>> MaskRules::Load(const SourceArgs& args) {
  auto loaded = std::make_unique<MaskRules>();
  RuleSelection selection;
  selection.paths = args.rules;
  auto rules = LoadRules(selection);
  if (!rules) return rules.error();
  loaded->rules_ = std::move(*rules);
  auto database = RuleDatabase::Compile(&loaded->rules_, {CacheFolder()});
  if (!database) return database.error();
  loaded->database_.emplace(std::move(*database));
  return loaded;
}

Result<CallSiteIndex> LoadCallSites(const SourceArgs& args,
                                    std::vector<Route>* routes) {
  auto formats = LoadAccessFormats();
  if (!formats) return formats.error();
  auto loaded = args.sites_file.empty() ? ReadFolders(args, formats->rules)
                                        : ReadFile(args.sites_file);
  if (!loaded) return loaded.error();
  if (routes != nullptr) *routes = std::move(loaded->routes);
  const auto start = Clock::now();
  const std::size_t count = loaded->sites.size();
  std::move(formats->built_in.begin(), formats->built_in.end(),
            std::back_inserter(loaded->sites));
  auto index = CallSiteIndex::Build(std::move(loaded->sites), args.correlate);
  if (!index) return index;
  auto rules = MaskRules::Load(args);
  if (!rules) return rules.error();
  index->ChangeShown([&rules](std::vector<CallSite>* sites) {
    (*rules)->NewMask().Mask(sites);
  });
  const std::chrono::duration<double, std::milli> took = Clock::now() - start;
  spdlog::info("index of {} log calls, {:.0f} ms", count, took.count());
  return index;
}

}  // namespace logspill
