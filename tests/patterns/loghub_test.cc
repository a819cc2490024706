// Real logs without planted secrets: the packs must stay quiet on them.

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "patterns/examples.h"
#include "patterns/loader.h"

namespace logspill {
namespace {

namespace fs = std::filesystem;

fs::path Corpus() {
  const char* given = getenv("LOGSPILL_CORPUS");
  if (given != nullptr) return given;
  return fs::path(LOGSPILL_SOURCE_DIR).parent_path() / "shared" / "corpus";
}

std::vector<fs::path> Logs() {
  std::vector<fs::path> logs;
  std::error_code absent;
  for (const auto& entry :
       fs::recursive_directory_iterator(Corpus() / "loghub", absent)) {
    if (entry.path().extension() == ".log") logs.push_back(entry.path());
  }
  return logs;
}

TEST(Packs, FindNothingGraveInLogsWithoutSecretsButMail) {
  const std::vector<fs::path> logs = Logs();
  if (logs.empty()) GTEST_SKIP() << "no loghub below " << Corpus();
  const auto set = LoadRules({});
  ASSERT_TRUE(set.ok()) << set.error().message;
  std::vector<std::unique_ptr<PlainRule>> rules;
  for (const Rule& rule : set->rules) {
    if (rule.severity < Severity::kMedium || rule.is_region()) continue;
    rules.push_back(std::make_unique<PlainRule>(&rule));
  }
  for (const fs::path& log : logs) {
    std::ifstream in(log);
    for (std::string line; std::getline(in, line);) {
      for (const auto& rule : rules) {
        for (const PlainMatch& match : rule->Find(line)) {
          if (match.verdict != Verdict::kAccept) continue;
          EXPECT_EQ(rule->rule().kind, "email")
              << rule->rule().id << " in " << log.filename() << ": " << line;
        }
      }
    }
  }
}

}  // namespace
}  // namespace logspill
