// Planted secrets appear in nothing that the program writes.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "patterns/loader.h"
#include "tests/canary/canaries.h"
#include "tests/canary/child.h"
#include "tests/house/shell.h"

namespace logspill::canary {
namespace {

namespace fs = std::filesystem;
using house::Quoted;
using house::RunShell;
using house::ShellResult;

std::string ReadAll(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string Joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += "\n  " + line;
  return text;
}

class CanaryTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    Result<RuleSet> rules = LoadRules({});
    ASSERT_TRUE(rules.ok()) << rules.error().message;
    rules_ = new RuleSet(std::move(rules.value()));
    canaries_ = new Canaries(*rules_);
  }
  static void TearDownTestSuite() {
    delete canaries_;
    delete rules_;
  }

  void SetUp() override {
    root_ = (fs::temp_directory_path() / "canary.XXXXXX").string();
    ASSERT_NE(::mkdtemp(root_.data()), nullptr);
    for (const char* folder : {"home", "cache", "tmp", "work", "in"}) {
      fs::create_directory(fs::path(root_) / folder);
    }
    std::ofstream(At("in/canary.log"), std::ios::binary) << canaries_->log();
  }
  void TearDown() override { fs::remove_all(root_); }

  std::string At(const std::string& path) const {
    return (fs::path(root_) / path).string();
  }

  Child::Environment Environment() const {
    return {{"HOME", At("home")},
            {"XDG_CACHE_HOME", At("cache")},
            {"XDG_STATE_HOME", At("home/state")},
            {"TMPDIR", At("tmp")},
            {"SPDLOG_LEVEL", "trace"}};
  }

  // Runs the program in work/; everything that it writes lies below root_.
  ShellResult Run(const std::string& arguments) const {
    std::string command = "cd " + Quoted(At("work")) + " &&";
    for (const auto& [name, value] : Environment()) {
      command += " " + name + "=" + Quoted(value);
    }
    return RunShell(command + " " + LOGSPILL_PROGRAM + " " + arguments);
  }

  // Looks through every file below root_ but the planted ones.
  void ExpectNoLeakInFiles() const {
    for (const auto& entry : fs::recursive_directory_iterator(root_)) {
      if (!entry.is_regular_file()) continue;
      const std::string path = entry.path().string();
      if (path.starts_with(At("in/"))) continue;
      const auto leaks = canaries_->LeaksIn(ReadAll(path));
      EXPECT_TRUE(leaks.empty()) << path << Joined(leaks);
    }
  }

  void ExpectNoLeak(const std::string& arguments) const {
    const ShellResult run = Run(arguments);
    EXPECT_EQ(run.status, 1) << arguments << "\n" << run.err;
    const auto out = canaries_->LeaksIn(run.out);
    EXPECT_TRUE(out.empty()) << arguments << ", output" << Joined(out);
    const auto err = canaries_->LeaksIn(run.err);
    EXPECT_TRUE(err.empty()) << arguments << ", errors" << Joined(err);
    ExpectNoLeakInFiles();
  }

  static RuleSet* rules_;
  static Canaries* canaries_;
  std::string root_;
};

RuleSet* CanaryTest::rules_ = nullptr;
Canaries* CanaryTest::canaries_ = nullptr;

TEST_F(CanaryTest, TheSearchSeesAValueInEachForm) {
  ASSERT_GT(canaries_->all().size(), 80u);
  std::size_t long_ones = 0;
  for (const Canary& canary : canaries_->all()) {
    const std::string& value = canary.value;
    if (value.size() < 24 || canaries_->LeaksIn(value).empty()) continue;
    ++long_ones;
    EXPECT_FALSE(canaries_->LeaksIn("x" + Hex(value)).empty()) << canary.rule;
    EXPECT_FALSE(canaries_->LeaksIn(Base64("ab" + value)).empty())
        << canary.rule;
    EXPECT_FALSE(canaries_->LeaksIn(Percent(value)).empty()) << canary.rule;
    const std::string reversed(value.rbegin(), value.rend());
    EXPECT_FALSE(canaries_->LeaksIn(reversed).empty()) << canary.rule;
  }
  EXPECT_GT(long_ones, 30u);
}

TEST_F(CanaryTest, OnlyRevealShowsThem) {
  const ShellResult run =
      Run("scan --format jsonl --min-severity info "
          "--reveal ../in/canary.log");
  EXPECT_EQ(run.status, 1) << run.err;
  EXPECT_FALSE(canaries_->LeaksIn(run.out).empty());
}

TEST_F(CanaryTest, NoFormatShowsThem) {
  for (const char* severity : {"info", "medium"}) {
    ExpectNoLeak(std::string("scan ../in --format sarif --min-severity ") +
                 severity);
  }
  for (const char* format : {"text", "jsonl"}) {
    for (const char* severity : {"info", "medium"}) {
      for (const char* more :
           {"", "--verbose", "--stream", "--no-excerpt", "--color always",
            "--threads 2", "--output report"}) {
        ExpectNoLeak(std::string("scan ../in --format ") + format +
                     " --min-severity " + severity + " " + more);
      }
    }
  }
}

TEST_F(CanaryTest, NoBaselineHoldsThem) {
  Run("scan ../in --write-baseline base.toml --min-severity info");
  EXPECT_TRUE(fs::exists(At("work/base.toml")));
  ExpectNoLeakInFiles();
}

TEST_F(CanaryTest, NeitherReportNorErrorsOfARedactionShowThem) {
  const ShellResult run =
      Run("redact ../in/canary.log --min-severity info --verify --verbose "
          "--report report.json > /dev/null");
  EXPECT_EQ(run.status, 0) << run.err;
  const auto err = canaries_->LeaksIn(run.err);
  EXPECT_TRUE(err.empty()) << Joined(err);
  EXPECT_TRUE(fs::exists(At("work/report.json")));
  ExpectNoLeakInFiles();
}

TEST_F(CanaryTest, CallSitesDoNotShowThem) {
  std::ofstream(At("work/app.py"))
      << "import logging\nLOG = logging.getLogger(__name__)\n"
         "def f(a, user_id):\n    LOG.info('canary %s', a)\n"
         "    LOG.info('never printed %s', user_id)\n";
  for (const char* format : {"text", "jsonl", "sarif"}) {
    ExpectNoLeak(std::string("scan ../in --source . --min-severity info "
                             "--predictions all --format ") +
                 format);
  }
  Run("sites . --format jsonl --output sites.jsonl");
  ExpectNoLeak("scan ../in --sites sites.jsonl --min-severity info");
}

TEST_F(CanaryTest, ErrorsDoNotQuoteThem) {
  RunShell("gzip -c " + Quoted(At("in/canary.log")) + " | head -c 900 >" +
           Quoted(At("in/cut.log.gz")));
  const ShellResult run = Run("scan ../in/cut.log.gz --verbose --format jsonl");
  EXPECT_EQ(run.status, 3) << run.err;
  EXPECT_TRUE(canaries_->LeaksIn(run.out + run.err).empty());
}

// The program in the middle of a long run, looked at from outside.
class CanaryInside : public CanaryTest {
 protected:
  void SetUp() override {
    CanaryTest::SetUp();
    child_ = std::make_unique<Child>(
        std::vector<std::string>{LOGSPILL_PROGRAM, "scan", "--format", "jsonl",
                                 "--min-severity", "info", "--verbose", "-"},
        At("work"), At("work/output"), Environment());
    // Enough for findings to be waiting in the spool and in every buffer.
    for (int i = 0; i < 40; ++i) ASSERT_TRUE(child_->Feed(canaries_->log()));
  }

  void ExpectNothingLeftBy(int signal) {
    const int status = child_->End(signal);
    EXPECT_FALSE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    EXPECT_FALSE(WIFSIGNALED(status) && WCOREDUMP(status)) << "a core dump";
    ExpectNoLeakInFiles();
  }

  std::unique_ptr<Child> child_;
};

TEST_F(CanaryInside, NoFileOfTheRunHoldsThem) {
  const auto files = OpenFiles(child_->pid());
  for (const auto& [name, text] : files) {
    const auto leaks = canaries_->LeaksIn(text);
    EXPECT_TRUE(leaks.empty()) << name << Joined(leaks);
  }
  ExpectNoLeakInFiles();
}

TEST_F(CanaryInside, CoreDumpsAreOff) {
  const std::string limits =
      ReadAll("/proc/" + std::to_string(child_->pid()) + "/limits");
  const auto at = limits.find("Max core file size");
  ASSERT_NE(at, std::string::npos);
  // One byte: with none a kernel that pipes its dumps would still make one.
  EXPECT_LE(std::stoull(limits.substr(at + 26)), 1u) << limits.substr(at, 60);
}

TEST_F(CanaryInside, AnAbortLeavesNothing) { ExpectNothingLeftBy(SIGABRT); }
TEST_F(CanaryInside, ASegmentationFaultLeavesNothing) {
  ExpectNothingLeftBy(SIGSEGV);
}
TEST_F(CanaryInside, AKillLeavesNothing) { ExpectNothingLeftBy(SIGKILL); }
TEST_F(CanaryInside, AnInterruptLeavesNothing) { ExpectNothingLeftBy(SIGINT); }

}  // namespace
}  // namespace logspill::canary
