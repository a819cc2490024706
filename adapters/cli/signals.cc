#include "adapters/cli/signals.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdint>
#include <ctime>

#include "scanner/scanner.h"

namespace logspill {
namespace {

// A signal handler can reach nothing but globals.
std::atomic<bool> stop_requested{false};
std::atomic<bool> begun{false};
std::atomic<std::int64_t> first_ms{0};  // when the first signal came; 0: none
std::atomic<Scanner*> watched{nullptr};
std::atomic<bool> has_temporary{false};
std::array<char, PATH_MAX> temporary{};
static_assert(std::atomic<Scanner*>::is_always_lock_free);
static_assert(std::atomic<std::int64_t>::is_always_lock_free);

std::int64_t NowMs() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  // Never 0, which says that there was no signal.
  return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000 + 1;
}

// What is called here is safe in a signal handler.
[[noreturn]] void EndAtOnce(int signal_number) {
  if (has_temporary) ::unlink(temporary.data());
  ::_exit(128 + signal_number);
}

void OnSignal(int signal_number) {
  const int saved_errno = errno;
  if (!begun) EndAtOnce(signal_number);
  std::int64_t first = 0;
  const std::int64_t now = NowMs();
  if (!first_ms.compare_exchange_strong(first, now)) {
    if (now - first >= StopOnSignal::kOneStopMs) EndAtOnce(signal_number);
    errno = saved_errno;
    return;
  }
  stop_requested = true;
  Scanner* scanner = watched.load();
  if (scanner != nullptr) scanner->RequestStop();
  errno = saved_errno;
}

void Install(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  ::sigemptyset(&action.sa_mask);
  action.sa_flags = 0;  // a read that waits is interrupted
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

}  // namespace

StopOnSignal::StopOnSignal() {
  stop_requested = false;
  begun = false;
  first_ms = 0;
  Install(OnSignal);
}

StopOnSignal::~StopOnSignal() {
  Watch(nullptr);
  Install(SIG_DFL);
  has_temporary = false;
}

void StopOnSignal::RemoveAtOnce(const std::string& path) {
  if (path.empty() || path.size() >= temporary.size()) return;
  path.copy(temporary.data(), path.size());
  temporary[path.size()] = '\0';
  has_temporary = true;
}

void StopOnSignal::Begin() { begun = true; }

void StopOnSignal::Watch(Scanner* scanner) {
  watched = scanner;
  // A signal that came before there was a scanner counts as well.
  if (scanner != nullptr && stop_requested) scanner->RequestStop();
}

const std::atomic<bool>* StopOnSignal::flag() const { return &stop_requested; }

}  // namespace logspill
