// Real logs without planted secrets: noise is what kills a scanner.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/e2e/scan_result.h"

namespace logspill::e2e {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> Logs() {
  std::vector<fs::path> logs;
  if (Corpus().empty()) return logs;
  for (const auto& entry : fs::recursive_directory_iterator(Corpus())) {
    if (entry.path().string().ends_with("_2k.log")) logs.push_back(entry);
  }
  std::sort(logs.begin(), logs.end());
  return logs;
}

bool IsQuiet(const SeenFinding& finding) {
  return finding.severity == "low" || finding.severity == "info";
}

// What may stand out: mail, and ids that their key names.
bool IsExpected(const SeenFinding& finding) {
  return finding.kind == "email" || finding.class_name.starts_with("user_") ||
         finding.class_name.starts_with("session_");
}

TEST(Loghub, NothingStandsOutButMailAndNamedIds) {
  const auto logs = Logs();
  if (logs.empty()) GTEST_SKIP() << "no corpus; set LOGSPILL_CORPUS";
  std::size_t findings = 0;
  for (const fs::path& log : logs) {
    for (const SeenFinding& finding : Scan(log, "").findings) {
      ++findings;
      EXPECT_TRUE(IsQuiet(finding) || IsExpected(finding))
          << log.filename() << ":" << finding.line << " " << finding.rule << " "
          << finding.class_name << " " << finding.severity;
    }
  }
  EXPECT_GT(findings, 1000u);
}

TEST(Loghub, EverySampleIsScannedWhole) {
  const auto logs = Logs();
  if (logs.empty()) GTEST_SKIP() << "no corpus; set LOGSPILL_CORPUS";
  for (const fs::path& log : logs) EXPECT_TRUE(Scan(log, "").complete) << log;
}

}  // namespace
}  // namespace logspill::e2e
