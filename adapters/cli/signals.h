// SIGINT and SIGTERM: the first one ends the scan early, with a summary of what
// was done; a second one ends the process at once.
//
// timeout(1), shells and supervisors signal a process and its group, so that
// one stop comes as two signals.  What follows the first within kOneStopMs is
// the same stop.
//
// Threads:   one StopOnSignal at a time; the flag is read from any thread.

#pragma once

#include <atomic>
#include <string>

namespace logspill {

class Scanner;

class StopOnSignal {
 public:
  static constexpr int kOneStopMs = 500;

  // Until Begin() there is nothing to sum up: a signal ends the process.
  StopOnSignal();
  ~StopOnSignal();
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;

  // A file that a process that ends at once takes with it; empty: none.
  // REQUIRES: called once, before Begin().
  void RemoveAtOnce(const std::string& path);

  // From here on the first signal waits for the summary.
  void Begin();

  // The scanner that is told; nullptr: none any more.
  void Watch(Scanner* scanner);

  const std::atomic<bool>* flag() const;
  bool stopped() const { return flag()->load(); }
};

}  // namespace logspill
