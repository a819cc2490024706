#include "tests/cli/workshop.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace logspill {
namespace {

namespace fs = std::filesystem;

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// One cache of compiled rules for all tests of the process.
const fs::path& Cache() {
  static const fs::path cache = [] {
    std::string name = (fs::temp_directory_path() / "logspill.XXXXXX").string();
    fs::path path = ::mkdtemp(name.data());
    std::atexit([] { fs::remove_all(Cache()); });
    return path;
  }();
  return cache;
}

}  // namespace

Workshop::Workshop() {
  std::string name = (fs::temp_directory_path() / "logspill.XXXXXX").string();
  path_ = ::mkdtemp(name.data());
  fs::create_directory(path_ / "here");
  std::ofstream(path_ / "logspill")
      << "#!/bin/sh\nexec '" << LOGSPILL_BINARY_DIR << "/logspill' \"$@\"\n";
  fs::permissions(path_ / "logspill", fs::perms::owner_all);
  path_ /= "here";
}

Workshop::~Workshop() { fs::remove_all(path_.parent_path()); }

void Workshop::Write(const std::string& name, const std::string& text) const {
  fs::create_directories((path_ / name).parent_path());
  std::ofstream(path_ / name, std::ios::binary) << text;
}

std::string Workshop::Read(const std::string& name) const {
  return ReadFile(path_ / name);
}

unsigned Workshop::Mode(const std::string& name) const {
  struct stat info {};
  if (::stat((path_ / name).c_str(), &info) != 0) return 0;
  return info.st_mode & 0777;
}

Outcome Workshop::Shell(const std::string& command) const {
  const fs::path base = path_.parent_path();
  std::ofstream(base / "script") << command << "\n";
  const std::string line =
      "cd '" + path_.string() +
      "' && env -u LOGSPILL_KEY_FILE -u NO_COLOR "
      "XDG_CACHE_HOME='" +
      Cache().string() + "' PATH='" + base.string() +
      ":'\"$PATH\" bash ../script >../out 2>../err </dev/null";
  const int raw = std::system(line.c_str());
  Outcome outcome;
  outcome.status = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
  outcome.out = ReadFile(base / "out");
  outcome.err = ReadFile(base / "err");
  return outcome;
}

Outcome Workshop::Run(const std::string& arguments) const {
  return Shell("logspill " + arguments);
}

}  // namespace logspill
