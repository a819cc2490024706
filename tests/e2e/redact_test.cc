// A service's log through the filter, as a person would type it.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "tests/e2e/scan_result.h"
#include "tests/house/shell.h"

namespace logspill::e2e {
namespace {

namespace fs = std::filesystem;

class Redacted : public testing::Test {
 protected:
  void SetUp() override {
    if (Corpus().empty()) GTEST_SKIP() << "no corpus; set LOGSPILL_CORPUS";
    std::string name = fs::temp_directory_path() / "logspill-redacted-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override {
    if (!folder_.empty()) fs::remove_all(folder_);
  }

  house::ShellResult Run(const std::string& command) const {
    return house::RunShell(
        "cd " + house::Quoted(folder_.string()) + " && logspill() { " +
        house::Quoted(LOGSPILL_PROGRAM) + " \"$@\"; }; " + command);
  }

  fs::path folder_;
};

TEST_F(Redacted, PseudonymsOfAServicesLogLeaveNoValueAndEveryRecord) {
  const fs::path log = Corpus() / "placement/placement.log.gz";
  const house::ShellResult run =
      Run("logspill key new k && zcat " + house::Quoted(log.string()) +
          " | logspill redact --policy pseudonym --key-file k --verify "
          ">out.log");
  ASSERT_EQ(run.status, 0) << run.err;
  const std::string before = Contents(log);
  const std::string after = Contents(folder_ / "out.log");
  EXPECT_EQ(std::count(before.begin(), before.end(), '\n'),
            std::count(after.begin(), after.end(), '\n'));
  std::set<std::string> values;
  for (const SeenFinding& finding : Scan(log, "").findings) {
    if (finding.severity != "info") values.insert(finding.value);
  }
  ASSERT_GT(values.size(), 50u);
  for (const std::string& value : values) {
    EXPECT_EQ(after.find(value), std::string::npos) << value;
  }
  for (const SeenFinding& finding : Scan(folder_ / "out.log", "").findings) {
    EXPECT_EQ(finding.severity, "info")
        << finding.rule << " in line " << finding.line;
  }
}

TEST_F(Redacted, TheSameKeyGivesTheSameLogFromFileFilterAndInPlace) {
  const fs::path log = Corpus() / "placement/placement.log.gz";
  const std::string policy = "--policy pseudonym --key-file k";
  const house::ShellResult run =
      Run("logspill key new k && zcat " + house::Quoted(log.string()) +
          " >app.log && logspill redact " + policy +
          " <app.log >filter.log && logspill redact " + policy +
          " --threads 2 app.log >file.log && cmp filter.log file.log && "
          "logspill redact " +
          policy +
          " --in-place app.log && cmp filter.log app.log && gzip -k "
          "filter.log && logspill redact " +
          policy +
          " filter.log.gz --output again.log.gz && zcat again.log.gz "
          "| cmp - filter.log");
  EXPECT_EQ(run.status, 0) << run.out << run.err;
}

}  // namespace
}  // namespace logspill::e2e
