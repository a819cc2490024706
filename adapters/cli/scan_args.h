// The options of a scan as they are meant: typed, checked, complete.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "adapters/cli/call_sites.h"
#include "adapters/cli/low_args.h"
#include "adapters/input/open.h"
#include "adapters/output/colour.h"
#include "patterns/loader.h"
#include "scanner/scanner.h"

namespace logspill {

enum class ScanFormat : std::uint8_t { kText, kJsonl, kSarif };

struct ScanArgs {
  std::vector<std::string> paths;
  SourceArgs source;
  std::vector<std::string> formats;  // of logs, beside the built-in ones
  ScanOptions engine;
  InputOptions input;
  RuleSelection rules;
  std::vector<AllowEntry> allow;
  std::vector<Subject> subjects;  // beside the built-in ones
  std::vector<std::string> classes;
  Severity fail_on = Severity::kMedium;
  ScanFormat format = ScanFormat::kText;
  std::size_t predictions = 0;  // listed at most
  bool list_files = false;
  bool quiet = false;
  bool verbose = false;
  ColourMode colour = ColourMode::kAuto;
  std::string output;          // empty: standard output
  std::string key_file;        // empty: a random key
  std::string baseline;        // empty: none
  std::string write_baseline;  // empty: none
  std::string command;         // what scans the same again, to paste
};

ColourMode ColourOf(const Settings& settings);
InputOptions InputOf(const Settings& settings);
RuleSelection SelectionOf(const Settings& settings);

// Fails where options contradict each other or a path named does not exist.
Result<ScanArgs> MakeScanArgs(const LowArgs& low, InForce in_force);

}  // namespace logspill
