// The table of all options.

#include "adapters/cli/settings.h"

namespace logspill {
namespace {

constexpr std::string_view kWhat = "What is scanned";
constexpr std::string_view kRules = "What is looked for";
constexpr std::string_view kResults = "Results";
constexpr std::string_view kRunning = "Running";

const std::vector<std::string> kSeverities = {"info", "low", "medium", "high",
                                              "critical"};

std::vector<OptionSpec> InputOptions() {
  using K = OptionKind;
  return {
      {"source",
       K::kPathList,
       "DIR",
       "",
       "source code that printed the logs; findings then name the log call",
       kWhat,
       true,
       {}},
      {"languages",
       K::kPathList,
       "PATH",
       "",
       "a language of source code, or a folder of them, beside the built-in "
       "ones",
       kWhat,
       true,
       {}},
      {"changed-since",
       K::kText,
       "REVISION",
       "",
       "only calls in files that git says have changed since",
       kWhat,
       false,
       {},
       1,
       false},
      {"include",
       K::kList,
       "GLOB",
       "",
       "only files whose path matches",
       kWhat,
       true,
       {}},
      {"exclude",
       K::kList,
       "GLOB",
       "",
       "no files whose path matches",
       kWhat,
       true,
       {}},
      {"list-files",
       K::kFlag,
       "",
       "false",
       "print the files that would be scanned, and scan nothing",
       kWhat,
       false,
       {}},
      {"archive-depth",
       K::kNumber,
       "N",
       "3",
       "open archives inside archives down to this depth",
       kWhat,
       true,
       {},
       64},
      {"max-expanded",
       K::kSize,
       "SIZE",
       "1T",
       "decompress at most this much of one input",
       kWhat,
       true,
       {}},
      {"bomb-size",
       K::kSize,
       "SIZE",
       "4G",
       "beyond this, data that grows too much is left",
       kWhat,
       true,
       {}},
      {"bomb-ratio",
       K::kNumber,
       "N",
       "200",
       "what is too much: expanded bytes for each byte read",
       kWhat,
       true,
       {}},
      {"max-decoder-memory",
       K::kSize,
       "SIZE",
       "128M",
       "what one decompressor may ask for",
       kWhat,
       true,
       {}},
  };
}

std::vector<OptionSpec> RuleOptions() {
  using K = OptionKind;
  return {
      {"rules",
       K::kPathList,
       "PATH",
       "",
       "a rule pack, or a folder of them, beside the built-in rules",
       kRules,
       true,
       {}},
      {"enable",
       K::kList,
       "ID",
       "",
       "only these rules (id or glob)",
       kRules,
       true,
       {}},
      {"disable",
       K::kList,
       "ID",
       "",
       "not these rules (id or glob)",
       kRules,
       true,
       {}},
      {"class",
       K::kList,
       "NAME",
       "",
       "print only findings of this identity class",
       kRules,
       false,
       {}},
      {"baseline",
       K::kPath,
       "FILE",
       "",
       "leave out what this file lists",
       kRules,
       true,
       {}},
      {"write-baseline",
       K::kPath,
       "FILE",
       "",
       "list what was found in this file, for --baseline",
       kRules,
       false,
       {}},
  };
}

std::vector<OptionSpec> ResultOptions() {
  using K = OptionKind;
  return {
      {"format",
       K::kChoice,
       "FORMAT",
       "text",
       "text or jsonl",
       kResults,
       true,
       {"text", "jsonl"}},
      {"min-severity", K::kChoice, "SEVERITY", "medium",
       "print findings from here on; those below are counted", kResults, true,
       kSeverities},
      {"fail-on", K::kChoice, "SEVERITY", "medium",
       "exit with status 1 for findings from here on", kResults, true,
       kSeverities},
      {"output",
       K::kPath,
       "FILE",
       "",
       "write results to FILE (mode 0600), which appears when complete",
       kResults,
       false,
       {}},
      {"stream",
       K::kFlag,
       "",
       "false",
       "print each finding at once, and amend its class later",
       kResults,
       true,
       {}},
      {"no-excerpt",
       K::kFlag,
       "",
       "false",
       "print no masked text",
       kResults,
       true,
       {}},
      {"reveal",
       K::kFlag,
       "",
       "false",
       "print the values themselves",
       kResults,
       false,
       {}},
      {"key-file",
       K::kPath,
       "FILE",
       "",
       "key of the fingerprints (also LOGSPILL_KEY_FILE)",
       kResults,
       true,
       {}},
      {"color",
       K::kChoice,
       "WHEN",
       "auto",
       "auto, always or never",
       kResults,
       true,
       {"auto", "always", "never"}},
  };
}

std::vector<OptionSpec> RunningOptions() {
  using K = OptionKind;
  return {
      {"config",
       K::kPath,
       "FILE",
       "",
       "configuration, instead of the logspill.toml found upwards from here",
       kRunning,
       false,
       {}},
      {"threads",
       K::kNumber,
       "N",
       "",
       "workers; without: one a core",
       kRunning,
       true,
       {},
       1024},
      {"no-cache",
       K::kFlag,
       "",
       "false",
       "read all source anew, and keep nothing of it",
       kRunning,
       true,
       {}},
      {"quiet",
       K::kFlag,
       "",
       "false",
       "nothing on standard error but what is wrong",
       kRunning,
       true,
       {}},
      {"verbose",
       K::kFlag,
       "",
       "false",
       "the whole report, and what is done on standard error",
       kRunning,
       true,
       {}},
  };
}

std::vector<OptionSpec> MakeTable() {
  std::vector<OptionSpec> table;
  for (auto& part :
       {InputOptions(), RuleOptions(), ResultOptions(), RunningOptions()}) {
    table.insert(table.end(), part.begin(), part.end());
  }
  return table;
}

}  // namespace

std::span<const OptionSpec> AllOptions() {
  static const std::vector<OptionSpec> table = MakeTable();
  return table;
}

const OptionSpec* FindOption(std::string_view name) {
  for (const OptionSpec& spec : AllOptions()) {
    if (spec.name == name) return &spec;
  }
  return nullptr;
}

}  // namespace logspill
