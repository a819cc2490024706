#include "tests/canary/child.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

namespace logspill::canary {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void Become(const std::vector<std::string>& command,
                         const std::string& folder, const std::string& output,
                         const Child::Environment& environment, int input) {
  const int out = ::open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  ::dup2(input, 0);
  ::dup2(out, 1);
  ::dup2(out, 2);
  rlimit core = {};
  ::getrlimit(RLIMIT_CORE, &core);
  core.rlim_cur = core.rlim_max;
  ::setrlimit(RLIMIT_CORE, &core);
  for (const auto& [name, value] : environment) {
    ::setenv(name.c_str(), value.c_str(), 1);
  }
  std::vector<char*> arguments;
  for (const std::string& word : command) {
    arguments.push_back(const_cast<char*>(word.c_str()));
  }
  arguments.push_back(nullptr);
  if (::chdir(folder.c_str()) == 0) ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

}  // namespace

Child::Child(const std::vector<std::string>& command, const std::string& folder,
             const std::string& output, const Environment& environment) {
  ::signal(SIGPIPE, SIG_IGN);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return;
  pid_ = ::fork();
  if (pid_ == 0) Become(command, folder, output, environment, ends[0]);
  ::close(ends[0]);
  pipe_ = ends[1];
}

Child::~Child() {
  if (pid_ > 0) End(SIGKILL);
}

bool Child::Feed(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(pipe_, bytes.data(), bytes.size());
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  for (int waiting = 1; waiting != 0;) {
    if (::ioctl(pipe_, FIONREAD, &waiting) != 0) return false;
    siginfo_t ended = {};
    ::waitid(P_PID, static_cast<id_t>(pid_), &ended,
             WEXITED | WNOHANG | WNOWAIT);
    if (ended.si_pid != 0) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

int Child::End(int signal) {
  ::kill(pid_, signal);
  ::close(pipe_);
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return status;
}

std::vector<std::pair<std::string, std::string>> OpenFiles(pid_t pid) {
  std::vector<std::pair<std::string, std::string>> files;
  const fs::path folder = "/proc/" + std::to_string(pid) + "/fd";
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (!fs::is_regular_file(entry.path(), error)) continue;
    const fs::path target = fs::read_symlink(entry.path(), error);
    std::ifstream file(entry.path(), std::ios::binary);
    files.emplace_back(
        entry.path().filename().string() + " -> " + target.string(),
        std::string(std::istreambuf_iterator<char>(file), {}));
  }
  return files;
}

}  // namespace logspill::canary
