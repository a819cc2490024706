#include "adapters/output/file_attributes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <vector>

namespace logspill {
namespace {

std::string LastError() { return std::generic_category().message(errno); }

Result<void> KeepExtended(const std::string& path, int fd) {
  const ssize_t size = ::listxattr(path.c_str(), nullptr, 0);
  if (size < 0 && errno == ENOTSUP) return {};
  if (size < 0) {
    return Error{"its extended attributes cannot be read: " + LastError()};
  }
  std::vector<char> names(static_cast<std::size_t>(size));
  const ssize_t listed = ::listxattr(path.c_str(), names.data(), names.size());
  for (ssize_t at = 0; at < listed;) {
    const char* name = names.data() + at;
    at += static_cast<ssize_t>(std::strlen(name)) + 1;
    const ssize_t value_size = ::getxattr(path.c_str(), name, nullptr, 0);
    std::vector<char> value(
        static_cast<std::size_t>(value_size < 0 ? 0 : value_size));
    const ssize_t got =
        ::getxattr(path.c_str(), name, value.data(), value.size());
    if (value_size < 0 || got < 0 ||
        ::fsetxattr(fd, name, value.data(), static_cast<std::size_t>(got), 0) !=
            0) {
      return Error{fmt::format("its attribute {} cannot be kept: {}", name,
                               LastError())};
    }
  }
  return {};
}

}  // namespace

Result<void> CheckReplaceable(const struct stat& old) {
  if (!S_ISREG(old.st_mode)) return Error{"is no regular file"};
  if (old.st_nlink > 1) {
    return Error{"has several names (hard links), which would come apart"};
  }
  return {};
}

Result<void> KeepAttributes(const std::string& path, const struct stat& old,
                            int fd) {
  struct stat now {};
  if (::fstat(fd, &now) != 0) return Error{LastError()};
  if ((now.st_uid != old.st_uid || now.st_gid != old.st_gid) &&
      ::fchown(fd, old.st_uid, old.st_gid) != 0) {
    return Error{"its owner cannot be kept: " + LastError()};
  }
  auto kept = KeepExtended(path, fd);
  if (!kept) return kept;
  if (::fchmod(fd, old.st_mode & 07777) != 0) {
    return Error{"its mode cannot be kept: " + LastError()};
  }
  const std::array<timespec, 2> times = {old.st_atim, old.st_mtim};
  if (::futimens(fd, times.data()) != 0) {
    return Error{"its times cannot be kept: " + LastError()};
  }
  return {};
}

void SyncFolder(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string folder =
      slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  ::fsync(fd);
  ::close(fd);
}

}  // namespace logspill
