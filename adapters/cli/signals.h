// SIGINT and SIGTERM: the first one ends the scan early, with a summary of what
// was done; the second one ends the process at once.
//
// Threads:   one StopOnSignal at a time; the flag is read from any thread.

#pragma once

#include <atomic>

namespace logspill {

class Scanner;

class StopOnSignal {
 public:
  StopOnSignal();
  ~StopOnSignal();
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;

  // The scanner that is told; nullptr: none any more.
  void Watch(Scanner* scanner);

  const std::atomic<bool>* flag() const;
  bool stopped() const { return flag()->load(); }
};

}  // namespace logspill
