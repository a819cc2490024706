#include "adapters/cli/log_inputs.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>

#include "adapters/cli/commands.h"
#include "adapters/output/text.h"

namespace logspill {

Result<void> CheckPaths(const std::vector<std::string>& paths) {
  if (paths.empty()) {
    return Error{"which files? give PATHs, or - for standard input"};
  }
  for (const std::string& path : paths) {
    struct stat info {};
    if (path == "-" || ::stat(path.c_str(), &info) == 0) continue;
    if (errno == ENOENT || errno == ENOTDIR) {
      return Error{fmt::format(
          "{}: no such file or folder; nothing was scanned", Printable(path))};
    }
  }
  return {};
}

Result<std::unique_ptr<InputQueue>> OpenQueue(
    const std::vector<std::string>& paths, InputOptions options,
    const StopOnSignal& stop) {
  options.stop = stop.flag();
  WalkCounts counts;
  auto queue = OpenInputs(paths, options, &counts);
  if (counts.files + counts.unreadable != 0) return queue;
  if (counts.unmatched != 0) {
    return Error{fmt::format(
        "no file matches; nothing was scanned ({} left out; --list-files "
        "--verbose says why)",
        Plural(counts.unmatched, "name"))};
  }
  Complain(Error{"there is no file; nothing was scanned"}, 0);
  return queue;
}

void WarnOfGaps(const OutputStream& out, const Coverage& coverage, bool seen) {
  if (seen || coverage.complete() || out.closed()) return;
  constexpr int kMost = 10;
  int printed = 0;
  for (const InputEvent& event : coverage.events) {
    if (event.kind != InputEvent::Kind::kIncomplete) continue;
    if (++printed > kMost) break;
    const std::string name =
        event.member.empty() ? event.input : event.input + "!" + event.member;
    Complain(Error{fmt::format(
                 "{}: {}{}; exit status 3", Printable(name), event.reason,
                 event.detail.empty() ? "" : ", " + Printable(event.detail))},
             0);
  }
  if (coverage.interrupted) {
    Complain(Error{"stopped before the end; exit status 3"}, 0);
  }
}

}  // namespace logspill
