#include "adapters/cli/hardening.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>

namespace logspill {
namespace {

void LimitCores() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_CORE, &limit) != 0) return;
  // One byte and not none: a core that is piped to a collector ignores a limit
  // of zero but is dropped at exactly one, and no core file is that small.
  const rlim_t one = std::min<rlim_t>(1, limit.rlim_max);
  limit.rlim_cur = one;
  limit.rlim_max = one;
  ::setrlimit(RLIMIT_CORE, &limit);
}

}  // namespace

void Harden(bool keep_proc) {
  LimitCores();
  ::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error of write()
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  keep_proc = true;  // the leak check attaches to its own process
#endif
  if (!keep_proc) ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace logspill
