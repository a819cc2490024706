// A line on standard error that says how far a scan has come: share, bytes,
// rate, time left.
//
// Lifetime:  the function it asks outlives it; the destructor clears the line.
// Threads:   draws from a thread of its own, ten times a second.
// Cost:      nothing where it is not started.

#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace logspill {

struct ProgressState {
  std::uint64_t bytes_read = 0;     // of total_bytes
  std::uint64_t total_bytes = 0;    // 0: unknown
  std::uint64_t bytes_scanned = 0;  // decompressed
  std::uint64_t findings = 0;
};

// The line as it is drawn, in at most `width` columns.
std::string ProgressLine(const ProgressState& state, double seconds,
                         std::size_t width);

class Progress {
 public:
  // Starts to draw on `fd`, a terminal.
  Progress(int fd, std::function<ProgressState()> ask);
  ~Progress() { Stop(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // Clears the line; nothing is drawn afterwards.
  void Stop();

 private:
  void Run();
  void Draw(double seconds);

  int fd_;
  std::function<ProgressState()> ask_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace logspill
