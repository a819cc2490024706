#include "adapters/input/file_stream.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace logspill {
namespace {

constexpr int kPollMs = 100;      // so often a waiting read looks at stop
constexpr int kWriterPolls = 10;  // a named pipe may get its writer so late

// The open descriptor that a path names.  Opening the path again would make a
// pipe whose writer has come and gone look as if it never had one.
std::optional<int> DescriptorOf(std::string_view path) {
  if (path == "-" || path == "/dev/stdin") return 0;
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    if (!path.starts_with(folder)) continue;
    const std::string_view digits = path.substr(folder.size());
    int fd = -1;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), fd);
    if (error == std::errc() && end == digits.data() + digits.size()) {
      return fd;
    }
  }
  return std::nullopt;
}

std::string Reason(int error) {
  return "unreadable: " + std::generic_category().message(error);
}

}  // namespace

Result<std::unique_ptr<FileStream>> FileStream::Open(const std::string& path,
                                                     InputContext* context) {
  const std::optional<int> given = DescriptorOf(path);
  const int fd =
      given ? fcntl(*given, F_DUPFD_CLOEXEC, 3)
            : open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) {
    if (errno == ENXIO) return Error{"not-a-file: a socket"};
    return Error{Reason(errno)};
  }
  std::unique_ptr<FileStream> stream(new FileStream(fd, !given, context));
  if (Result<void> examined = stream->Examine(); !examined) {
    return examined.error();
  }
  return stream;
}

Result<void> FileStream::Examine() {
  struct stat status;
  if (fstat(fd_, &status) != 0) return Error{Reason(errno)};
  if (S_ISREG(status.st_mode)) {
    size_ = static_cast<std::uint64_t>(status.st_size);
    context_->set_file_bytes(size_);
    modified_ms_ = std::int64_t{status.st_mtim.tv_sec} * 1000 +
                   status.st_mtim.tv_nsec / 1'000'000;
    posix_fadvise(fd_, 0, 0, POSIX_FADV_SEQUENTIAL);
    return {};
  }
  if (S_ISDIR(status.st_mode)) return Error{"unreadable: is a folder"};
  if (S_ISBLK(status.st_mode)) return Error{"not-a-file: a block device"};
  kind_ = Kind::kPipe;
  fifo_ = own_ && S_ISFIFO(status.st_mode);
  if (S_ISCHR(status.st_mode)) {
    // 1:3 is /dev/null on every Linux.  A terminal or /dev/zero is read only
    // where it was given as standard input.
    if (status.st_rdev == makedev(1, 3)) {
      kind_ = Kind::kEmptyDevice;
    } else if (own_) {
      return Error{"not-a-file: a character device"};
    }
  }
  return {};
}

FileStream::~FileStream() { close(fd_); }

std::size_t FileStream::Read(std::span<char> out) {
  if (out.empty()) return 0;
  while (!ended_ && !context_->stopped()) {
    if (kind_ == Kind::kPipe && !WaitReadable()) break;
    const ssize_t got = ::read(fd_, out.data(), out.size());
    if (got > 0) {
      const auto bytes = static_cast<std::size_t>(got);
      offset_ += bytes;
      context_->CountRead(bytes);
      return bytes;
    }
    if (got == 0) return End();
    if (errno == EINTR || errno == EAGAIN) continue;
    ReportError(errno);
  }
  return 0;
}

// Waits for bytes or the end; false when told to stop.  A named pipe that stays
// silent is probed: read() ends at once where there is no writer, and would
// have to wait where there is one.
bool FileStream::WaitReadable() {
  probing_ = false;
  for (int polls = 0; !context_->stopped(); ++polls) {
    pollfd waiting{fd_, POLLIN, 0};
    const int ready = poll(&waiting, 1, kPollMs);
    if (ready > 0 || (ready < 0 && errno != EINTR)) return true;
    if (fifo_ && offset_ == 0 && polls >= kWriterPolls) {
      probing_ = true;
      return true;
    }
  }
  return false;
}

std::size_t FileStream::End() {
  ended_ = true;
  if (probing_) {
    damaged_ = true;
    context_->Report(InputEvent::Kind::kIncomplete, "unreadable",
                     "no program has this named pipe open for writing");
    return 0;
  }
  struct stat now;
  if (kind_ == Kind::kRegular && fstat(fd_, &now) == 0 &&
      static_cast<std::uint64_t>(now.st_size) < size_) {
    damaged_ = true;
    context_->Report(
        InputEvent::Kind::kIncomplete, "shrank",
        fmt::format("was cut from {} to {} bytes while it was read", size_,
                    now.st_size),
        size_ > offset_ ? size_ - offset_ : 0);
  }
  return 0;
}

void FileStream::ReportError(int error) {
  ended_ = damaged_ = true;
  context_->Report(InputEvent::Kind::kIncomplete, "unreadable",
                   fmt::format("{} at byte {}",
                               std::generic_category().message(error), offset_),
                   context_->bytes_left());
}

}  // namespace logspill
