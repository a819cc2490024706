// What a pipeline lets through: its configuration is generated from findings,
// the real thing is run with it on the log, and what comes out is scanned.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "tests/e2e/scan_result.h"
#include "tests/house/shell.h"

namespace logspill::e2e {
namespace {

namespace fs = std::filesystem;

constexpr char kRuns[] = LOGSPILL_SOURCE_DIR "/tests/e2e/pipelines/";
constexpr int kAbsent = 77;  // exit status: the real thing is not here
constexpr std::ptrdiff_t kLines = 2500;

std::string CacheFolder() {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  const fs::path base = cache && *cache
                            ? fs::path(cache)
                            : fs::path(home ? home : "/tmp") / ".cache";
  return (base / "logspill-e2e/java").string();
}

class Pipelines : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (Corpus().empty()) GTEST_SKIP() << "no corpus; set LOGSPILL_CORPUS";
    std::string name = fs::temp_directory_path() / "logspill-pipelines-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override {
    if (!folder_.empty()) fs::remove_all(folder_);
  }

  // Some of what may be found in a log, and lines of a service's.
  fs::path WriteLog() const {
    const std::string all = Contents(Corpus() / "placement/placement.log.gz");
    auto end = all.begin();
    for (std::ptrdiff_t i = 0; i < kLines && end != all.end(); ++i) {
      end = std::find(end, all.end(), '\n');
      if (end != all.end()) ++end;
    }
    std::ofstream log(folder_ / "app.log", std::ios::binary);
    // The first line is logged again as the message of an exception.
    log << "mail to jane.roe@acme-shop.dev, joe@acme-shop.dev and "
           "x@acme-shop.io\n"
           "login password=hunter2secret from 8.8.4.4, user {\"a\": 'b'}\n"
           "card 4532015112830366 refused, iban GB82WEST12345698765432\n"
           "refund to DE89370400440532013000; token "
           "ghp_0123456789abcdefghijklmnopqrstuvwxyz and $1 \\ %m ]\n"
        << std::string(all.begin(), end);
    return folder_ / "app.log";
  }

  std::string Folder(const char* name) const {
    return house::Quoted((folder_ / name).string());
  }

  fs::path folder_;
};

std::set<std::string> RulesOf(const ScanResult& scan, bool low) {
  std::set<std::string> rules;
  for (const SeenFinding& finding : scan.findings) {
    if (low && finding.severity == "info") continue;
    rules.insert(finding.rule);
  }
  return rules;
}

TEST_P(Pipelines, LetNoValueThroughThatWasFound) {
  const fs::path log = WriteLog();
  const std::string program = house::Quoted(LOGSPILL_PROGRAM);
  const house::ShellResult made = house::RunShell(
      program + " scan --format jsonl --min-severity low --output " +
      Folder("f.jsonl") + " " + house::Quoted(log.string()) + "; " + program +
      " pipeline --findings " + Folder("f.jsonl") + " --for " + GetParam() +
      " --output " + Folder(GetParam() == "python" ? "conf.py" : "conf.xml"));
  ASSERT_EQ(made.status, 0) << made.err;
  const house::ShellResult run = house::RunShell(
      house::Quoted(kRuns + GetParam()) + " " + house::Quoted(CacheFolder()) +
          " " + Folder(GetParam() == "python" ? "conf.py" : "conf.xml") + " >" +
          Folder("out.log"),
      Contents(log));
  if (run.status == kAbsent) GTEST_SKIP() << run.err;
  ASSERT_EQ(run.status, 0) << run.err;

  const std::set<std::string> found = RulesOf(Scan(log, ""), true);
  ASSERT_GE(found.size(), 6u);
  const ScanResult after = Scan(folder_ / "out.log", "");
  for (const SeenFinding& finding : after.findings) {
    EXPECT_FALSE(found.contains(finding.rule))
        << finding.rule << " in line " << finding.line << ": " << finding.value;
  }
  // It says as much as before, and where something was.
  const std::string text = Contents(folder_ / "out.log");
  EXPECT_GE(std::count(text.begin(), text.end(), '\n'), kLines + 4);
  EXPECT_EQ(text.find("[record withheld]"), std::string::npos);
  for (const char* word :
       {"[uuid]", "mail to [email], [email] and [email]", "refund to [iban]",
        "and $1 \\ %m ]", "user {\"a\": 'b'}"}) {
    EXPECT_NE(text.find(word), std::string::npos) << word;
  }
}

INSTANTIATE_TEST_SUITE_P(EachOne, Pipelines,
                         testing::Values("logback", "log4j2", "python",
                                         "rsyslog"),
                         [](const auto& instance) { return instance.param; });

}  // namespace
}  // namespace logspill::e2e
