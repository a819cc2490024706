// A child process that reads from a pipe which the test holds open, so that it
// can be looked at, and ended, in the middle of its work.
//
// Lifetime:  the destructor kills and reaps what still runs.

#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace logspill::canary {

class Child {
 public:
  using Environment = std::vector<std::pair<std::string, std::string>>;

  // Starts `command` in `folder`; its output goes to `output`, its core dumps
  // are as large as the system lets them be.
  Child(const std::vector<std::string>& command, const std::string& folder,
        const std::string& output, const Environment& environment);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();

  pid_t pid() const { return pid_; }

  // Writes everything and waits until the child has taken it from the pipe;
  // false where it ended before.
  bool Feed(std::string_view bytes);

  // Sends a signal (0: none), closes the pipe and waits for the end; returns
  // the wait status.
  int End(int signal);

 private:
  pid_t pid_ = -1;
  int pipe_ = -1;
};

// The contents of every file that a process holds open, deleted ones too, by
// "fd -> path".  Only regular files.
std::vector<std::pair<std::string, std::string>> OpenFiles(pid_t pid);

}  // namespace logspill::canary
