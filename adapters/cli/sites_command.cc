// `logspill sites`: every log call of source folders.

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <optional>

#include "adapters/cli/call_sites.h"
#include "adapters/cli/changed_files.h"
#include "adapters/cli/commands.h"
#include "adapters/cli/engine_parts.h"
#include "adapters/cli/exit_status.h"
#include "adapters/cli/scan_args.h"
#include "adapters/output/sites_report.h"
#include "adapters/output/text.h"
#include "patterns/loader.h"
#include "scanner/callsite/source_pass.h"
#include "scanner/identity/prediction.h"
#include "scanner/identity/route_table.h"

namespace logspill {
namespace {

using Clock = std::chrono::steady_clock;

const std::vector<std::string_view> kOptions = {
    "changed-since", "languages", "format",  "output",
    "color",         "config",    "threads", "quiet",
    "verbose",       "no-cache",  "routes",  "access-formats"};

void Declare(CLI::App* app, LowArgs* low) {
  DeclareOptions(app, low, kOptions);
  DeclareOperands(app, low, "DIR", "source folders, or single files", 0,
                  kAnyNumber);
}

Result<void> CheckFolders(const std::vector<std::string>& folders) {
  for (const std::string& folder : folders) {
    struct stat info {};
    if (::stat(folder.c_str(), &info) == 0) continue;
    return Error{fmt::format("{}: {}", Printable(folder),
                             std::generic_category().message(errno))};
  }
  return {};
}

// What names are relative to: the folder, or that of a single file.
std::filesystem::path RootOf(const std::string& folder) {
  std::error_code unknown;
  const std::filesystem::path path(folder);
  return std::filesystem::is_directory(path, unknown) ? path
                                                      : path.parent_path();
}

class SitesRun {
 public:
  SitesRun(const InForce& in_force, const LowArgs& low, OutputStream* out)
      : settings_(in_force.settings),
        in_force_(in_force),
        folders_(low.operands),
        out_(out),
        jsonl_(settings_.Text("format") == "jsonl"),
        palette_(out->WantsColour(ColourOf(settings_))) {}

  // Fails where nothing was listed yet.
  Result<int> Run();

 private:
  Result<void> Prepare();
  Result<void> ReadFolder(const std::string& folder);
  void Merge(const std::string& folder, const SourceStats& stats);
  void AddBuiltIn();
  Result<void> MaskAll();
  Sensitivities Predict(const CallSite& site) const;
  bool IsWanted(const std::set<std::string>& changed,
                const CallSite& site) const;
  bool Print();
  bool PrintRoutes();

  const Settings& settings_;
  const InForce& in_force_;
  const std::vector<std::string>& folders_;
  OutputStream* out_;
  bool jsonl_;
  Palette palette_;
  std::vector<Language> languages_;
  AccessFormats formats_;
  SubjectTable subjects_;
  std::optional<Predictor> predictor_;
  std::vector<CallSite> sites_;
  std::vector<Route> routes_;
  SitesSummary summary_;
};

Result<void> SitesRun::Prepare() {
  auto languages = LoadLanguagesOf(SourceArgsOf(in_force_));
  if (!languages) return languages.error();
  languages_ = std::move(*languages);
  auto formats = LoadAccessFormats();
  if (!formats) return formats.error();
  formats_ = std::move(*formats);
  auto subjects = SubjectsInForce(in_force_.config.subjects);
  if (!subjects) return subjects.error();
  subjects_ = std::move(*subjects);
  auto words = LoadPredictions();
  if (!words) return words.error();
  predictor_.emplace(&subjects_, std::move(*words));
  return {};
}

bool SitesRun::IsWanted(const std::set<std::string>& changed,
                        const CallSite& site) const {
  return changed.count(site.file) != 0 ||
         (!site.via.file.empty() && changed.count(site.via.file) != 0);
}

Result<void> SitesRun::ReadFolder(const std::string& folder) {
  const std::string revision = settings_.Text("changed-since");
  std::optional<std::set<std::string>> changed;
  if (!revision.empty()) {
    auto names = ChangedFiles(folder, revision);
    if (!names) return names.error();
    changed = std::move(*names);
  }
  SourceOptions options;
  options.access_formats = &formats_.rules;
  options.threads = static_cast<unsigned>(settings_.Number("threads"));
  if (!settings_.Flag("no-cache")) options.cache_folder = CacheFolder();
  auto pass = ExtractCallSites(folder, languages_, options);
  if (!pass) return pass.error();
  if (!pass->stats.not_kept.empty()) {
    spdlog::info("{}: {}", Printable(folder), pass->stats.not_kept);
  }
  sites_.reserve(sites_.size() + pass->sites.size());
  for (CallSite& site : pass->sites) {
    if (changed && !IsWanted(*changed, site)) continue;
    sites_.push_back(std::move(site));
  }
  for (Route& route : pass->routes) {
    if (changed && changed->count(route.file) == 0) continue;
    summary_.Count(route);
    routes_.push_back(std::move(route));
  }
  Merge(folder, pass->stats);
  return {};
}

void SitesRun::Merge(const std::string& folder, const SourceStats& stats) {
  SourceStats& all = summary_.stats;
  all.files += stats.files;
  all.bytes += stats.bytes;
  all.files_parsed += stats.files_parsed;
  all.files_cached += stats.files_cached;
  all.files_damaged += stats.files_damaged;
  const auto add = [&](std::vector<std::string>* to,
                       const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      to->push_back((RootOf(folder) / name).string());
    }
  };
  add(&all.skipped, stats.skipped);
  add(&all.failed, stats.failed);
}

// The formats that every scan with call sites knows.
void SitesRun::AddBuiltIn() {
  sites_.insert(sites_.end(), formats_.built_in.begin(),
                formats_.built_in.end());
}

// No raw value is shown; what the predictions are made of is masked as well.
Result<void> SitesRun::MaskAll() {
  auto rules = MaskRules::Load(SourceArgsOf(in_force_));
  if (!rules) return rules.error();
  SourceMask mask = (*rules)->NewMask();
  mask.Mask(&sites_);
  mask.Mask(&routes_);
  return {};
}

Sensitivities SitesRun::Predict(const CallSite& site) const {
  Sensitivities result;
  for (const auto* holes : {&site.message.holes, &site.fields}) {
    for (const Hole& hole : *holes) {
      result.push_back(predictor_->ClassOf(
          {hole.argument, hole.key, hole.origin, hole.type}));
    }
  }
  return result;
}

bool SitesRun::PrintRoutes() {
  SitesTableLook look{.width = out_->Width(), .palette = palette_};
  for (const Route& route : routes_) {
    look.place =
        std::max(look.place, DisplayWidth(Printable(route.file)) +
                                 std::to_string(route.line).size() + 1);
  }
  look.place = std::min(look.place, std::max<std::size_t>(24, look.width / 2));
  if (!jsonl_ && !routes_.empty()) out_->Write(RoutesTableHead(look));
  std::string line;
  for (const Route& route : routes_) {
    line.clear();
    if (jsonl_) {
      AppendRouteJson(route, &line);
    } else {
      line = RouteRow(route, look);
    }
    if (!out_->Write(line)) return false;
  }
  return true;
}

bool SitesRun::Print() {
  SitesTableLook look{.width = out_->Width(), .palette = palette_};
  look.in_paths = RouteTable(routes_, subjects_).PersonalClasses(subjects_);
  for (const CallSite& site : sites_) {
    look.place = std::max(look.place, DisplayWidth(Printable(site.file)) +
                                          std::to_string(site.line).size() + 1);
  }
  look.place = std::min(look.place, std::max<std::size_t>(24, look.width / 2));
  const bool only_routes = settings_.Flag("routes");
  if (only_routes && !PrintRoutes()) return false;
  if (!jsonl_ && !only_routes && !sites_.empty()) {
    out_->Write(SitesTableHead(look));
  }
  std::string line;
  for (const CallSite& site : sites_) {
    const Sensitivities sensitivities = Predict(site);
    summary_.Count(site, sensitivities);
    if (only_routes) continue;
    if (!jsonl_) {
      line = SiteRow(site, sensitivities, look);
    } else {
      line.clear();
      AppendSiteJson(site, sensitivities, look.in_paths, &line);
    }
    if (!out_->Write(line)) return false;
  }
  return only_routes || !jsonl_ || PrintRoutes();
}

Result<int> SitesRun::Run() {
  const auto start = Clock::now();
  if (auto prepared = Prepare(); !prepared) return prepared.error();
  for (const std::string& folder : folders_) {
    if (auto read = ReadFolder(folder); !read) return read.error();
    summary_.roots.push_back(folder);
  }
  if (settings_.Flag("access-formats")) AddBuiltIn();
  if (auto masked = MaskAll(); !masked) return masked.error();
  if (Print()) {
    summary_.seconds =
        std::chrono::duration<double>(Clock::now() - start).count();
    std::string text;
    if (jsonl_) {
      AppendSitesSummaryJson(summary_, &text);
    } else {
      text = SitesSummaryText(summary_, palette_);
    }
    out_->Write(text);
  }
  auto done = out_->Commit();
  if (!done) return Complain(done.error(), kExitIncomplete);
  const auto& failed = summary_.stats.failed;
  for (const std::string& name : failed) {
    spdlog::warn("{}", Printable(name));
  }
  return failed.empty() ? kExitClean : kExitIncomplete;
}

int Run(const LowArgs& low) {
  auto in_force = Resolve(low);
  if (!in_force) return Complain(in_force.error(), kExitWrongUse);
  const Settings& settings = in_force->settings;
  if (low.operands.empty() && !settings.Flag("access-formats")) {
    return Complain(Error{"sites: which source code? give a DIR"},
                    kExitWrongUse);
  }
  if (auto checked = CheckFolders(low.operands); !checked) {
    return Complain(checked.error(), kExitWrongUse);
  }
  if (settings.Text("format") == "sarif") {
    return Complain(
        Error{"sites: --format is text or jsonl; sarif is for scan"},
        kExitWrongUse);
  }
  auto out = OpenOutput(settings.Text("output"));
  if (!out) return Complain(out.error(), kExitWrongUse);
  StartLogging(settings.Flag("verbose"));
  auto status = SitesRun(*in_force, low, &*out).Run();
  return status ? *status : Complain(status.error(), kExitWrongUse);
}

}  // namespace

const Command kSitesCommand = {
    "sites", "list every log call of source code, and what it may print",
    Declare, Run};

}  // namespace logspill
