#include "adapters/output/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "adapters/output/colour.h"
#include "adapters/output/text.h"

namespace logspill {
namespace {

constexpr std::chrono::milliseconds kInterval{100};
constexpr double kQuietSeconds = 0.5;  // a short scan draws nothing
constexpr std::string_view kClear = "\r\033[K";

std::string Bar(double share, std::size_t width) {
  const auto full =
      static_cast<std::size_t>(share * static_cast<double>(width));
  std::string bar;
  for (std::size_t i = 0; i < width; ++i) bar += i < full ? "━" : "╌";
  return bar;
}

void WriteAll(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t wrote = ::write(fd, text.data(), text.size());
    if (wrote <= 0) return;  // a progress line is not worth an error
    text.remove_prefix(static_cast<std::size_t>(wrote));
  }
}

}  // namespace

std::string ProgressLine(const ProgressState& state, double seconds,
                         std::size_t width) {
  const double elapsed = std::max(seconds, 1e-3);
  const double rate = static_cast<double>(state.bytes_scanned) / elapsed;
  std::string text = fmt::format("{}  {}/s  {}", Bytes(state.bytes_scanned),
                                 Bytes(static_cast<std::uint64_t>(rate)),
                                 Plural(state.findings, "finding"));
  if (state.total_bytes == 0) return FitEnd(text, width);
  const double share =
      std::min(1.0, static_cast<double>(state.bytes_read) /
                        static_cast<double>(state.total_bytes));
  if (share > 0.01) {
    text += "  " + Duration(elapsed / share - elapsed) + " left";
  }
  const std::string head = fmt::format("{:3.0f} %  ", share * 100);
  return FitEnd(head + Bar(share, width >= 100 ? 30 : 16) + "  " + text, width);
}

Progress::Progress(int fd, std::function<ProgressState()> ask)
    : fd_(fd), ask_(std::move(ask)), thread_([this] { Run(); }) {}

void Progress::Stop() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Progress::Run() {
  const auto start = std::chrono::steady_clock::now();
  bool drawn = false;
  std::unique_lock<std::mutex> lock(mutex_);
  while (!wake_.wait_for(lock, kInterval, [this] { return stop_; })) {
    const std::chrono::duration<double> passed =
        std::chrono::steady_clock::now() - start;
    if (passed.count() < kQuietSeconds) continue;
    Draw(passed.count());
    drawn = true;
  }
  if (drawn) WriteAll(fd_, kClear);
}

void Progress::Draw(double seconds) {
  const std::size_t width = TerminalWidth(fd_) - 1;
  WriteAll(fd_, std::string(kClear) + ProgressLine(ask_(), seconds, width));
}

}  // namespace logspill
