// logspill.toml: options of [scan], what [trace] knows of messages, the policies
// of [redact], [[allow]] entries and [subjects.NAME] tables.
//
// Errors:    an unknown key or a value of the wrong form is an error at its
// line and
//            column; nothing is ever ignored.
// Paths:     relative ones start at the folder of the file.

#pragma once

#include <string>
#include <vector>

#include "adapters/cli/settings.h"
#include "scanner/base/result.h"
#include "scanner/identity/allowlist.h"
#include "scanner/identity/subjects.h"
#include "scanner/redact/policy.h"

namespace logspill {

struct ConfigFile {
  std::string path;  // empty: there is none
  std::vector<std::pair<const OptionSpec*, Setting>> settings;
  std::vector<AllowEntry> allow;
  std::vector<Subject>
      subjects;  // new ones, or additions to those of the same name
  PolicySettings redact;
  // Of [trace]: what adapters of loggers put in front of messages.
  std::vector<std::string> message_prefixes;
};

// The nearest logspill.toml in `folder` or above it; empty where there is none.
std::string FindConfig(const std::string& folder);

Result<ConfigFile> LoadConfig(const std::string& path);

}  // namespace logspill
