// The options of a redaction as they are meant.

#pragma once

#include <string>
#include <vector>

#include "adapters/cli/low_args.h"
#include "adapters/cli/scan_args.h"
#include "scanner/redact/policy.h"

namespace logspill {

struct RedactArgs {
  ScanArgs scan;  // paths, inputs, rules, subjects, key
  PolicySettings policies;
  std::vector<std::string> old_key_files;
  std::string report;         // empty: none
  std::string output_folder;  // empty: scan.output, or standard output
  bool in_place = false;
  bool verify = false;
  bool flush_lines = false;
};

// Fails where options contradict each other or a path does not exist.
Result<RedactArgs> MakeRedactArgs(const LowArgs& low, InForce in_force);

}  // namespace logspill
