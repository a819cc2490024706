#include "adapters/output/output_stream.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "adapters/output/text.h"

namespace logspill {
namespace {

constexpr std::size_t kFileChunk = 64 << 10;

std::size_t WriteLimit(int fd) {
  struct stat info {};
  if (::fstat(fd, &info) == 0 && S_ISREG(info.st_mode)) return kFileChunk;
  return PIPE_BUF;
}

std::string LastError() { return std::generic_category().message(errno); }

// A device or pipe is written to; a rename would replace it.
bool IsSpecial(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode);
}

// What a symbolic link leads to, so that the rename keeps the link.
std::string Target(const std::string& path) {
  char* resolved = ::realpath(path.c_str(), nullptr);
  if (resolved == nullptr) return path;
  std::string target = resolved;
  std::free(resolved);
  return target;
}

}  // namespace

OutputStream::OutputStream(int fd, std::string name)
    : fd_(fd),
      name_(std::move(name)),
      limit_(WriteLimit(fd)),
      terminal_(::isatty(fd) == 1) {
  buffer_.reserve(kFileChunk * 2);
}

OutputStream::OutputStream(OutputStream&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      name_(std::move(other.name_)),
      temporary_(std::exchange(other.temporary_, {})),
      buffer_(std::move(other.buffer_)),
      limit_(other.limit_),
      terminal_(other.terminal_),
      owned_(other.owned_),
      closed_(other.closed_),
      error_(std::move(other.error_)) {}

OutputStream::~OutputStream() {
  if (owned_ && fd_ >= 0) ::close(fd_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

OutputStream OutputStream::ToDescriptor(int fd, std::string name) {
  return {fd, std::move(name)};
}

Result<OutputStream> OutputStream::ToFile(const std::string& path) {
  if (IsSpecial(path)) return ToSpecial(path);
  std::string target = Target(path);
  std::string temporary = target + ".XXXXXX";
  const int fd = ::mkostemp(temporary.data(), O_CLOEXEC);  // mode 0600
  if (fd < 0) {
    return Error{
        fmt::format("{}: cannot be created: {}", Printable(path), LastError())};
  }
  OutputStream stream(fd, std::move(target));
  stream.temporary_ = std::move(temporary);
  stream.owned_ = true;
  return stream;
}

Result<OutputStream> OutputStream::ToSpecial(const std::string& path) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (fd < 0) {
    return Error{
        fmt::format("{}: cannot be opened: {}", Printable(path), LastError())};
  }
  OutputStream stream(fd, path);
  stream.owned_ = true;
  return stream;
}

bool OutputStream::Write(std::string_view lines) {
  if (closed_ || !error_.empty()) return false;
  if (!buffer_.empty() && buffer_.size() + lines.size() > limit_) {
    if (!Flush()) return false;
  }
  buffer_.append(lines);
  return buffer_.size() < limit_ || Flush();
}

bool OutputStream::Flush() {
  const bool good = closed_ || !error_.empty() ? false : WriteLines();
  buffer_.clear();
  return good;
}

// Writes the buffer in pieces of whole lines that fit the limit; a line that
// alone is longer goes out as it is.
bool OutputStream::WriteLines() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    std::size_t take = rest.size();
    if (take > limit_) {
      std::size_t end = rest.rfind('\n', limit_ - 1);
      if (end == rest.npos) end = rest.find('\n');
      if (end != rest.npos) take = end + 1;
    }
    if (!WriteOut(rest.substr(0, take))) return false;
    rest.remove_prefix(take);
  }
  return true;
}

bool OutputStream::WriteOut(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(fd_, bytes.data(), bytes.size());
    if (wrote >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(wrote));
    } else if (errno == EPIPE) {
      closed_ = true;
      return false;
    } else if (errno == EAGAIN) {
      pollfd ready{fd_, POLLOUT, 0};
      ::poll(&ready, 1, -1);
    } else if (errno != EINTR) {
      Fail("cannot be written");
      return false;
    }
  }
  return true;
}

void OutputStream::Fail(std::string_view doing) {
  error_ = fmt::format("{}: {}: {}", Printable(name_), doing, LastError());
}

Result<void> OutputStream::Commit() {
  Flush();
  if (closed_) return {};
  if (error_.empty() && !temporary_.empty()) {
    if (::fsync(fd_) != 0) {
      Fail("cannot be written");
    } else if (std::rename(temporary_.c_str(), name_.c_str()) != 0) {
      Fail("cannot be replaced");
    } else {
      temporary_.clear();
    }
  }
  if (!error_.empty()) return Error{error_};
  return {};
}

}  // namespace logspill
