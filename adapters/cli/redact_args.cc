#include "adapters/cli/redact_args.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>

#include "adapters/output/text.h"
#include "patterns/suggest.h"

namespace logspill {
namespace {

bool IsFolder(const std::string& path) {
  struct stat info {};
  return path.ends_with('/') ||
         (::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode));
}

Result<void> ReadPolicies(const Settings& settings, RedactArgs* args) {
  if (const std::string text = settings.Text("policy"); !text.empty()) {
    const auto policy = ParsePolicy(text);
    if (!policy) {
      std::string hint = DidYouMean(text, PolicyNames());
      if (hint.empty()) {
        hint = fmt::format("one of {}", fmt::join(PolicyNames(), ", "));
      }
      return Error{fmt::format("--policy: unknown policy '{}'; {}",
                               Printable(text), hint)};
    }
    args->policies.otherwise = *policy;
  }
  // What [scan] says of findings that are printed is another matter.
  const Setting severity = settings.Get("min-severity");
  if (severity.origin == "command line") {
    args->policies.min_severity = *ParseSeverity(severity.values.back());
  }
  return {};
}

Result<void> CheckTogether(const RedactArgs& args) {
  const auto& paths = args.scan.paths;
  const bool from_pipe =
      std::find(paths.begin(), paths.end(), "-") != paths.end();
  if (args.in_place && !args.scan.output.empty()) {
    return Error{"--in-place and --output contradict each other"};
  }
  if (args.in_place && from_pipe) {
    return Error{"--in-place needs files: standard input has no place"};
  }
  if (!args.output_folder.empty() && from_pipe) {
    return Error{
        "--output names a folder, and standard input has no name in it; give "
        "a file"};
  }
  return {};
}

}  // namespace

Result<RedactArgs> MakeRedactArgs(const LowArgs& low, InForce in_force) {
  RedactArgs args;
  args.policies = in_force.config.redact;
  const Settings settings = in_force.settings;
  LowArgs filled = low;
  const bool in_place = settings.Flag("in-place");
  if (filled.operands.empty() && in_place) {
    return Error{"redact: which files? --in-place needs PATHs"};
  }
  if (filled.operands.empty()) filled.operands.emplace_back("-");
  auto scan = MakeScanArgs(filled, std::move(in_force));
  if (!scan) return scan.error();
  args.scan = std::move(*scan);
  auto read = ReadPolicies(settings, &args);
  if (!read) return read.error();
  // No call sites, no baseline: redaction looks at the log alone.
  args.scan.source = {};
  args.scan.baseline.clear();
  args.scan.allow.clear();
  args.scan.classes.clear();
  args.scan.input.exact_text = true;
  args.old_key_files = settings.List("old-key-file");
  args.report = settings.Text("report");
  args.in_place = in_place;
  args.verify = settings.Flag("verify");
  args.flush_lines = settings.Text("flush") == "line";
  if (IsFolder(args.scan.output)) args.output_folder = args.scan.output;
  auto checked = CheckTogether(args);
  if (!checked) return checked.error();
  return args;
}

}  // namespace logspill
