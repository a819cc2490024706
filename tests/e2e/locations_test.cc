// Programs that print their own location with every message: each line that one
// of them prints is a call site that is listed, with a template that fits.

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <sstream>

#include "patterns/loader.h"
#include "scanner/callsite/source_pass.h"
#include "tests/house/shell.h"

namespace logspill::e2e {
namespace {

namespace fs = std::filesystem;

constexpr char kPrograms[] = LOGSPILL_SOURCE_DIR "/tests/e2e/programs/";

struct Program {
  const char* name;
  const char* needs;  // a command that succeeds where the toolchain is
  const char* run;    // $1: the file, $2: a folder to build in
  std::size_t lines;  // that it prints at least
};

void PrintTo(const Program& program, std::ostream* out) {
  *out << program.name;
}

// Whether the template can have printed `message`: its literals in order, the
// first and the last at the ends.
bool Fits(const LogTemplate& message, const std::string& text) {
  std::string first = message.literals.front();
  std::size_t at = first.size();
  if (text.compare(0, first.size(), first) != 0) return false;
  for (std::size_t i = 1; i < message.literals.size(); ++i) {
    std::string literal = message.literals[i];
    if (literal.ends_with('\n')) literal.pop_back();
    const bool last = i + 1 == message.literals.size();
    const std::size_t found = last && text.size() >= literal.size()
                                  ? text.size() - literal.size()
                                  : text.find(literal, at);
    if (found == std::string::npos || found < at ||
        text.compare(found, literal.size(), literal) != 0) {
      return false;
    }
    at = found + literal.size();
  }
  return at == text.size();
}

class Locations : public testing::TestWithParam<Program> {
 protected:
  Locations() {
    std::string name =
        (fs::temp_directory_path() / "locations.XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~Locations() override { fs::remove_all(folder_); }

  std::string folder_;
};

TEST_P(Locations, EachPrintedLineIsACallSiteThatFits) {
  const Program& program = GetParam();
  if (house::RunShell(program.needs).status != 0) {
    GTEST_SKIP() << "no toolchain: " << program.needs;
  }
  const std::string file = kPrograms + std::string(program.name);
  const house::ShellResult run =
      house::RunShell("set -e; set -- " + house::Quoted(file) + " " +
                      house::Quoted(folder_) + "; " + program.run);
  ASSERT_EQ(run.status, 0) << run.err;
  const auto languages = LoadLanguages({});
  ASSERT_TRUE(languages.ok()) << languages.error().message;
  const auto pass = ExtractCallSites(file, *languages, {});
  ASSERT_TRUE(pass.ok()) << pass.error().message;
  std::istringstream lines(run.out);
  std::size_t printed = 0;
  for (std::string line; std::getline(lines, line); ++printed) {
    const std::size_t blank = line.find(' ');
    ASSERT_NE(blank, std::string::npos) << line;
    const auto number = static_cast<std::uint32_t>(std::stoul(line));
    const std::string text = line.substr(blank + 1);
    bool listed = false;
    std::string there;
    for (const CallSite& site : pass->sites) {
      if (site.line > number || number > site.end_line) continue;
      there += " '" + site.message.Text() + "'";
      LogTemplate message = site.message;
      // A macro may print the line itself.
      if (!message.holes.empty() && message.holes[0].argument == "__LINE__") {
        message.holes.erase(message.holes.begin());
        message.literals.erase(message.literals.begin());
        message.literals[0].erase(0, 1);
      }
      listed |= Fits(message, text);
    }
    EXPECT_TRUE(listed) << line << "\nlisted there:" << there;
  }
  EXPECT_GE(printed, program.lines) << run.out;
}

INSTANTIATE_TEST_SUITE_P(
    Programs, Locations,
    testing::Values(
        Program{"main.py", "python3 -c 'import logging'", "python3 $1", 16},
        Program{"main.go", "go version",
                "cp $1 $2; cd $2; export GOFLAGS=-mod=mod GOTOOLCHAIN=local; "
                "go mod init main >/dev/null 2>&1; "
                "go run main.go 2>/dev/null",
                9},
        Program{"Main.java", "javac -version",
                "javac -d $2 $1; java -cp $2 Main", 11},
        Program{"main.cpp",
                "echo '#include <spdlog/spdlog.h>' | c++ -E -x c++ - ",
                "c++ -std=c++17 -O0 $1 -o $2/main -lspdlog -lfmt "
                "-DSPDLOG_FMT_EXTERNAL -DSPDLOG_COMPILED_LIB; $2/main",
                6},
        Program{"main.js", "node --version", "node $1", 9}),
    [](const auto& instance) {
      std::string name = instance.param.name;
      return name.substr(name.find('.') + 1);
    });

}  // namespace
}  // namespace logspill::e2e
