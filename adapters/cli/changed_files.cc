#include "adapters/cli/changed_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <vector>

#include "adapters/output/text.h"

extern char** environ;

namespace logspill {
namespace {

struct Output {
  int status = -1;
  std::string text;  // standard output, or standard error where it failed
};

std::string ReadAll(int descriptor) {
  std::string text;
  std::array<char, 4096> buffer;
  while (true) {
    const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

// Runs git, without a shell.  Its two outputs share a pipe: it writes to
// standard error only where it fails.
Output RunGit(std::vector<std::string> words) {
  // What the repository configures is not run.
  words.insert(words.begin(), {"git", "-c", "core.fsmonitor=false"});
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return {};
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  pid_t child = -1;
  const int failed = ::posix_spawnp(&child, "git", &actions, nullptr,
                                    arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  Output output;
  if (failed == 0) {
    output.text = ReadAll(ends[0]);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    output.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  ::close(ends[0]);
  return output;
}

void AddNames(std::string_view text, std::set<std::string>* names) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\0'), text.size());
    if (end > 0) names->emplace(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
}

}  // namespace

Result<std::set<std::string>> ChangedFiles(const std::string& folder,
                                           const std::string& revision) {
  std::set<std::string> names;
  const std::vector<std::string> asked[] = {
      {"-C", folder, "diff", "--name-only", "-z", "--relative", "--no-ext-diff",
       "--end-of-options", revision, "--", "."},
      {"-C", folder, "ls-files", "-z", "--others", "--exclude-standard", "--",
       "."}};
  for (const auto& words : asked) {
    const Output output = RunGit(words);
    if (output.status != 0) {
      const std::string why = output.text.substr(0, output.text.find('\n'));
      return Error{
          fmt::format("--changed-since {}: {}", Printable(revision),
                      why.empty() ? "git cannot be run" : Printable(why))};
    }
    AddNames(output.text, &names);
  }
  return names;
}

}  // namespace logspill
