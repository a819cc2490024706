#include "adapters/cli/changed_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
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

std::string FirstLine(const std::string& text) {
  return Printable(text.substr(0, text.find('\n')));
}

std::string FolderOf(const std::string& path) {
  std::error_code unknown;
  if (std::filesystem::is_directory(path, unknown)) return path;
  const std::string parent = std::filesystem::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

// Why git cannot say what has changed, or empty.
std::string WhatIsWrong(const std::string& folder,
                        const std::string& revision) {
  const Output inside =
      RunGit({"-C", folder, "rev-parse", "--is-inside-work-tree"});
  if (inside.status < 0 || inside.status == 127) {
    return "git cannot be run; is it installed?";
  }
  if (inside.status != 0 || !inside.text.starts_with("true")) {
    const bool plain =
        inside.text.find("not a git repository") != std::string::npos ||
        inside.status == 0;
    return plain ? fmt::format("{} is in no git work tree", Printable(folder))
                 : FirstLine(inside.text);  // of another owner, say
  }
  const Output known = RunGit({"-C", folder, "rev-parse", "--verify", "--quiet",
                               "--end-of-options", revision + "^{commit}"});
  if (known.status == 0) return {};
  return fmt::format("git knows no such revision in {}", Printable(folder));
}

}  // namespace

Result<std::set<std::string>> ChangedFiles(const std::string& path,
                                           const std::string& revision) {
  const std::string folder = FolderOf(path);
  const auto fail = [&](const std::string& why) {
    return Error{
        fmt::format("--changed-since {}: {}", Printable(revision), why)};
  };
  const std::string wrong = WhatIsWrong(folder, revision);
  if (!wrong.empty()) return fail(wrong);
  std::set<std::string> names;
  const std::vector<std::string> asked[] = {
      {"-C", folder, "diff", "--name-only", "-z", "--relative", "--no-ext-diff",
       "--end-of-options", revision, "--", "."},
      {"-C", folder, "ls-files", "-z", "--others", "--exclude-standard", "--",
       "."}};
  for (const auto& words : asked) {
    const Output output = RunGit(words);
    if (output.status != 0) return fail(FirstLine(output.text));
    AddNames(output.text, &names);
  }
  return names;
}

}  // namespace logspill
