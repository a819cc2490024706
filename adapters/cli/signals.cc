#include "adapters/cli/signals.h"

#include <unistd.h>

#include <csignal>

#include "scanner/scanner.h"

namespace logspill {
namespace {

// A signal handler can reach nothing but globals.
std::atomic<bool> stop_requested{false};
std::atomic<Scanner*> watched{nullptr};
static_assert(std::atomic<Scanner*>::is_always_lock_free);

void OnSignal(int signal_number) {
  if (stop_requested.exchange(true)) ::_exit(128 + signal_number);
  Scanner* scanner = watched.load();
  if (scanner != nullptr) scanner->RequestStop();
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
  Install(OnSignal);
}

StopOnSignal::~StopOnSignal() {
  Watch(nullptr);
  Install(SIG_DFL);
}

void StopOnSignal::Watch(Scanner* scanner) {
  watched = scanner;
  // A signal that came before there was a scanner counts as well.
  if (scanner != nullptr && stop_requested) scanner->RequestStop();
}

const std::atomic<bool>* StopOnSignal::flag() const { return &stop_requested; }

}  // namespace logspill
