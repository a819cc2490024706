#include "adapters/cli/own_files.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/output/text.h"

namespace logspill {

std::vector<OwnFile> OwnFilesOf(const OutputStream& out) {
  std::vector<OwnFile> own;
  struct stat status {};
  const bool temporary = !out.temporary().empty();
  if (::fstat(out.fd(), &status) == 0 && S_ISREG(status.st_mode)) {
    own.push_back({status.st_dev, status.st_ino, temporary});
  }
  if (temporary && ::stat(out.name().c_str(), &status) == 0 &&
      S_ISREG(status.st_mode)) {
    own.push_back({status.st_dev, status.st_ino, false});
  }
  return own;
}

Result<void> CheckNotOwn(const std::vector<std::string>& paths,
                         const std::vector<OwnFile>& own) {
  for (const std::string& path : paths) {
    struct stat status {};
    const int failed = path == "-" ? ::fstat(STDIN_FILENO, &status)
                                   : ::stat(path.c_str(), &status);
    if (failed != 0) continue;
    for (const OwnFile& file : own) {
      if (file.device != status.st_dev || file.inode != status.st_ino) continue;
      return Error{fmt::format(
          "{}: is also the output of this scan; nothing was scanned",
          path == "-" ? "standard input" : Printable(path))};
    }
  }
  return {};
}

}  // namespace logspill
