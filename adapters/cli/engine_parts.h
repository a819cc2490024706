// What an engine is put together from: rules, subjects, key, call sites, allow
// list.
//
// Lifetime:  the parts point to each other and stay where they are.
// Errors:    whatever is wrong with them is found before the first byte is
// read.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/cli/scan_args.h"
#include "scanner/base/result.h"
#include "scanner/finding/baseline.h"
#include "scanner/identity/prediction.h"

namespace logspill {

struct EngineParts {
  RuleSet rules;
  std::optional<RuleDatabase> database;
  SubjectTable subjects;
  std::optional<Classifier> classifier;
  std::optional<Key> key;
  LogFormats formats;
  std::optional<CallSiteIndex> call_sites;  // with --source or --sites
  std::optional<RouteTable> routes;         // likewise
  std::optional<Predictor> predictor;       // likewise
  Allowlist allowlist;
  std::optional<Baseline> baseline;  // only with --baseline
};

Result<std::unique_ptr<EngineParts>> MakeEngineParts(const ScanArgs& args);

// The built-in subjects with those of the configuration on top.
Result<SubjectTable> SubjectsInForce(const std::vector<Subject>& added);

// $XDG_CACHE_HOME/logspill or ~/.cache/logspill; empty where there is no home.
std::string CacheFolder();

// Sends diagnostics (--verbose) to standard error, or nowhere.
void StartLogging(bool verbose);

}  // namespace logspill
