// The README's commands run as written.
//
// Every line of its `sh` blocks is run, in a tree that is this one but for
// scripts/: there scripts/run is the program under test, and the other scripts,
// which would build and test again, are only checked to exist.

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/house/shell.h"

namespace logspill::house {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = LOGSPILL_SOURCE_DIR;

std::vector<std::string> Commands() {
  std::ifstream readme(kRoot / "README.md");
  std::vector<std::string> commands;
  bool inside = false;
  for (std::string line; std::getline(readme, line);) {
    if (line.starts_with("```")) {
      inside = line == "```sh";
    } else if (inside && !line.empty() && !line.starts_with("#")) {
      commands.push_back(line);
    }
  }
  return commands;
}

class Readme : public testing::Test {
 protected:
  void SetUp() override {
    root_ = (fs::temp_directory_path() / "readme.XXXXXX").string();
    ASSERT_NE(::mkdtemp(root_.data()), nullptr);
    for (const auto& entry : fs::directory_iterator(kRoot)) {
      const std::string name = entry.path().filename().string();
      if (name == "scripts" || name == "build") continue;
      fs::create_symlink(entry.path(), fs::path(root_) / name);
    }
    fs::create_directory(fs::path(root_) / "scripts");
    for (const auto& entry : fs::directory_iterator(kRoot / "scripts")) {
      Stand(entry.path());
    }
  }
  void TearDown() override { fs::remove_all(root_); }

  // What stands in the place of a script.
  void Stand(const fs::path& script) {
    const fs::path stand = fs::path(root_) / "scripts" / script.filename();
    const bool is_run = script.filename() == "run";
    fs::create_symlink(is_run ? LOGSPILL_PROGRAM : "/bin/true", stand);
  }

  std::string root_;
};

TEST_F(Readme, EveryCommandRunsAsWritten) {
  const std::vector<std::string> commands = Commands();
  ASSERT_GE(commands.size(), 3u);
  for (const std::string& command : commands) {
    const ShellResult run =
        RunShell("set -o pipefail; cd " + Quoted(root_) + " && " + command);
    // 1 says that there were findings.
    EXPECT_TRUE(run.status == 0 || run.status == 1)
        << command << "\nended with " << run.status << "\n"
        << run.err;
  }
}

TEST_F(Readme, ItsPictureIsWhatTheProgramPrints) {
  std::ifstream readme(kRoot / "README.md");
  std::stringstream text;
  text << readme.rdbuf();
  const ShellResult run =
      RunShell("cd " + Quoted(root_) +
               " && scripts/run scan examples/logs --source examples/service");
  ASSERT_EQ(run.status, 1) << run.err;
  // Speed and the random key differ from run to run; the table does not.
  std::istringstream lines(run.out);
  std::size_t rows = 0;
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    inside = (inside && !line.empty()) || line.find("SEVERITY") != line.npos;
    if (!inside) continue;
    ++rows;
    EXPECT_NE(text.str().find(line + "\n"), std::string::npos) << line;
  }
  EXPECT_GE(rows, 9u);
  // And what the picture shows is what was printed, but for what it leaves out.
  const std::size_t begin = text.str().find("```text\n") + 8;
  std::istringstream picture(
      text.str().substr(begin, text.str().find("```", begin) - begin));
  for (std::string line; std::getline(picture, line);) {
    if (line == "[...]" || line.find(" scanned in ") != line.npos) continue;
    EXPECT_NE(run.out.find(line + "\n"), std::string::npos) << line;
  }
}

TEST(Examples, TheSampleLogsAreWhatTheSampleServicePrints) {
  if (RunShell("python3 -c 'import http.server'").status != 0) {
    GTEST_SKIP() << "no python3";
  }
  std::string folder = (fs::temp_directory_path() / "logs.XXXXXX").string();
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  const ShellResult run =
      RunShell("set -e; cd " + Quoted((kRoot / "examples").string()) +
               "; python3 drive.py " + Quoted(folder) +
               "; for f in logs/*; do cmp <(zcat"
               " -f $f) <(zcat -f " +
               Quoted(folder) + "/${f#logs/}); done");
  EXPECT_EQ(run.status, 0) << run.out << run.err;
  fs::remove_all(folder);
}

}  // namespace
}  // namespace logspill::house
