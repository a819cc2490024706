#include "adapters/cli/engine_parts.h"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "adapters/cli/call_sites.h"
#include "adapters/cli/known_names.h"
#include "adapters/output/text.h"

namespace logspill {
namespace {

using Clock = std::chrono::steady_clock;

double Milliseconds(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start)
      .count();
}

std::string Today() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  return fmt::format("{:04}-{:02}-{:02}", utc.tm_year + 1900, utc.tm_mon + 1,
                     utc.tm_mday);
}

Result<void> MakeRules(const ScanArgs& args, EngineParts* parts) {
  const auto start = Clock::now();
  auto rules = LoadRules(args.rules);
  if (!rules) return rules.error();
  parts->rules = std::move(*rules);
  if (parts->rules.rules.empty()) {
    return Error{"no rule is enabled; see logspill rules list"};
  }
  auto database = RuleDatabase::Compile(&parts->rules, {CacheFolder()});
  if (!database) return database.error();
  parts->database.emplace(std::move(*database));
  spdlog::info("{} rules ready in {:.0f} ms{}", parts->rules.rules.size(),
               Milliseconds(start),
               parts->database->from_cache() ? " (cached)" : "");
  return {};
}

// A subject of a known name gets more words, and what else was said of it.
void AddSubject(const Subject& added, std::vector<Subject>* subjects) {
  for (Subject& subject : *subjects) {
    if (subject.name != added.name) continue;
    subject.words.insert(subject.words.end(), added.words.begin(),
                         added.words.end());
    if (!added.class_name.empty()) subject.class_name = added.class_name;
    return;
  }
  subjects->push_back(added);
}

Result<void> MakeSubjects(const ScanArgs& args, EngineParts* parts) {
  auto subjects = SubjectsInForce(args.subjects);
  if (!subjects) return subjects.error();
  parts->subjects = std::move(*subjects);
  parts->classifier.emplace(&parts->subjects);
  return {};
}

Result<void> MakeKey(const ScanArgs& args, EngineParts* parts) {
  if (args.key_file.empty()) {
    parts->key.emplace(Key::Random());
    return {};
  }
  auto key = Key::FromFile(args.key_file);
  if (!key) return key.error();
  parts->key.emplace(std::move(*key));
  return {};
}

Result<void> MakeAllowlist(const ScanArgs& args, EngineParts* parts) {
  auto allowlist = Allowlist::Create(args.allow, Today());
  if (!allowlist) return allowlist.error();
  parts->allowlist = std::move(*allowlist);
  for (const std::string& origin : parts->allowlist.expired()) {
    spdlog::warn("{}: this [[allow]] entry has expired", Printable(origin));
  }
  if (parts->allowlist.needs_fingerprint() && args.key_file.empty()) {
    return Error{
        "an [[allow]] entry names a fingerprint, and these compare only with "
        "the key that made them; give --key-file"};
  }
  return {};
}

Result<void> MakeBaseline(const ScanArgs& args, EngineParts* parts) {
  if (args.baseline.empty()) return {};
  auto baseline = Baseline::Load(args.baseline);
  if (!baseline) return baseline.error();
  parts->baseline.emplace(std::move(*baseline));
  return {};
}

Result<void> MakeFormats(const ScanArgs& args, EngineParts* parts) {
  auto formats = LoadFormats(args.formats);
  if (!formats) return formats.error();
  parts->formats = std::move(*formats);
  return {};
}

Result<void> MakeCallSites(const ScanArgs& args, EngineParts* parts) {
  if (!args.source.any()) return {};
  std::vector<Route> routes;
  auto index = LoadCallSites(args.source, &routes);
  if (!index) return index.error();
  parts->call_sites.emplace(std::move(*index));
  parts->routes.emplace(std::move(routes), parts->subjects);
  parts->classifier->set_routes(&*parts->routes);
  auto words = LoadPredictions();
  if (!words) return words.error();
  parts->predictor.emplace(&parts->subjects, std::move(*words));
  return {};
}

Result<void> CheckNames(const ScanArgs& args, EngineParts* parts) {
  auto checked = CheckClasses(args, *parts);
  if (checked) WarnOfUnknownNames(args, *parts);
  return checked;
}

Result<void> CheckSiteNames(const ScanArgs& args, EngineParts* parts) {
  WarnOfUnknownSites(args, *parts);
  return {};
}

}  // namespace

Result<std::unique_ptr<EngineParts>> MakeEngineParts(const ScanArgs& args) {
  auto parts = std::make_unique<EngineParts>();
  for (const auto& make :
       {MakeKey, MakeAllowlist, MakeBaseline, MakeSubjects, MakeFormats,
        MakeRules, CheckNames, MakeCallSites, CheckSiteNames}) {
    auto made = make(args, parts.get());
    if (!made) return made.error();
  }
  return parts;
}

Result<SubjectTable> SubjectsInForce(const std::vector<Subject>& added) {
  auto built_in = LoadSubjects({});
  if (!built_in) return built_in.error();
  std::vector<Subject> subjects;
  for (std::size_t id = 1; id < built_in->size(); ++id) {
    subjects.push_back(built_in->at(static_cast<SubjectId>(id)));
  }
  for (const Subject& subject : added) AddSubject(subject, &subjects);
  return SubjectTable(std::move(subjects));
}

std::string CacheFolder() {
  namespace fs = std::filesystem;
  const char* cache = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  fs::path base;
  if (cache != nullptr && fs::path(cache).is_absolute()) {
    base = cache;
  } else if (home != nullptr && *home != '\0') {
    base = fs::path(home) / ".cache";
  } else {
    return {};
  }
  std::error_code ignored;  // without the folder there is just no cache
  fs::create_directories(base, ignored);
  return (base / "logspill").string();
}

void StartLogging(bool verbose) {
  auto logger = std::make_shared<spdlog::logger>(
      "logspill", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern("logspill: %v");
  logger->set_level(verbose ? spdlog::level::info : spdlog::level::warn);
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace logspill
