// Where a command's results go: standard output, or a file that appears only
// when it is complete.
//
// A line is written whole or not at all: every write ends at a line end, and
// into a pipe no write is larger than the kernel takes at once (PIPE_BUF),
// unless a single line is.
//
// Lifetime:  a file that was not committed is removed by the destructor.
// Threads:   not thread-safe; a Sink's calls are serialised.
// Errors:    a closed pipe is no error: closed() becomes true and writes do
// nothing.
//            Any other failure is kept in error().

#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "adapters/output/colour.h"
#include "scanner/base/result.h"

namespace logspill {

class OutputStream {
 public:
  // Writes to an open descriptor, which stays open; `name` is for messages.
  static OutputStream ToDescriptor(int fd, std::string name);

  // Writes to a temporary file beside `path`, mode 0600, that Commit() renames;
  // a device or pipe at `path` is written to directly.
  static Result<OutputStream> ToFile(const std::string& path);

  OutputStream(OutputStream&& other) noexcept;
  OutputStream& operator=(OutputStream&&) = delete;
  ~OutputStream();

  // Takes whole lines, each with its newline.  False once nothing more can be
  // written.
  bool Write(std::string_view lines);

  // Brings what is buffered to the descriptor.
  bool Flush();

  // Flushes; a file gets its name.
  Result<void> Commit();

  // True where a person is watching.
  bool is_terminal() const { return terminal_; }
  bool WantsColour(ColourMode mode) const {
    return logspill::WantsColour(mode, fd_);
  }
  std::size_t Width() const { return TerminalWidth(fd_); }  // columns

  int fd() const { return fd_; }
  const std::string& name() const { return name_; }  // a file's: its path
  // The path of what has no name yet; empty where there is nothing of ours.
  const std::string& temporary() const { return temporary_; }

  bool closed() const { return closed_; }
  const std::string& error() const { return error_; }

 private:
  OutputStream(int fd, std::string name);
  static Result<OutputStream> ToSpecial(const std::string& path);
  bool WriteOut(std::string_view bytes);
  bool WriteLines();
  void Fail(std::string_view doing);

  int fd_ = -1;
  std::string name_;
  std::string temporary_;  // empty: not a file of ours
  std::string buffer_;     // whole lines that were not yet written
  std::size_t limit_ = 0;  // bytes of one write
  bool terminal_ = false;
  bool owned_ = false;  // fd_ is closed by the destructor
  bool closed_ = false;
  std::string error_;
};

}  // namespace logspill
