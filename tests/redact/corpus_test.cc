// Real logs and labelled examples: no byte of a value comes out, JSON stays
// JSON, and what is redacted once is done.

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "scanner/record/json_check.h"
#include "tests/redact/redact_fixture.h"

namespace logspill {
namespace {

namespace fs = std::filesystem;

fs::path Corpus() {
  const char* given = std::getenv("LOGSPILL_CORPUS");
  const fs::path corpus =
      given != nullptr ? fs::path(given)
                       : fs::path(LOGSPILL_SOURCE_DIR) / "../shared/corpus";
  return fs::is_directory(corpus) ? corpus : fs::path();
}

std::string OutputOf(const std::string& command) {
  std::string text;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return text;
  std::vector<char> buffer(1 << 16);
  for (std::size_t got = 0;
       (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    text.append(buffer.data(), got);
  }
  ::pclose(pipe);
  return text;
}

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void ExpectRedacted(const std::string& log, const std::string& name) {
  SCOPED_TRACE(name);
  RedactEngineForTests& engine = BuiltIn();
  const std::string out = engine.Redact(log, {256 << 10, 2});
  EXPECT_EQ(engine.totals.withheld, 0U);
  EXPECT_TRUE(engine.LeftIn(out).empty());
  EXPECT_EQ(engine.Redact(out), out);
  const auto was = Lines(log);
  const auto is = Lines(out);
  ASSERT_EQ(was.size(), is.size());
  JsonCheck check;
  std::size_t values = 0;
  for (const auto& [line, value] : engine.LeftIn(log)) {
    // A word, or a part of a longer number, may stand there by itself.
    constexpr std::string_view kDigits = "0123456789";
    if (value.size() < 6 || value.find_first_of(kDigits) == value.npos ||
        value.find_first_not_of(kDigits) == value.npos) {
      continue;
    }
    ++values;
    EXPECT_EQ(is[line].find(value), std::string::npos) << line + 1;
  }
  EXPECT_EQ(values == 0, out == log);
  for (std::size_t i = 0; i < was.size(); ++i) {
    if (!check.IsValid(was[i])) continue;
    EXPECT_TRUE(check.IsValid(is[i])) << is[i];
  }
}

TEST(RedactedCorpus, Loghub) {
  if (Corpus().empty()) GTEST_SKIP() << "no corpus; set LOGSPILL_CORPUS";
  std::size_t logs = 0;
  for (const auto& entry :
       fs::recursive_directory_iterator(Corpus() / "loghub")) {
    if (!entry.path().string().ends_with("_2k.log")) continue;
    ++logs;
    ExpectRedacted(ReadFile(entry), entry.path().filename());
  }
  EXPECT_EQ(logs, 8U);
}

TEST(RedactedCorpus, Placement) {
  if (Corpus().empty()) GTEST_SKIP() << "no corpus; set LOGSPILL_CORPUS";
  const std::string log = OutputOf(
      "zcat '" + (Corpus() / "placement/placement.log.gz").string() + "'");
  ASSERT_GT(log.size(), 1'000'000U);
  ExpectRedacted(log, "placement");
  // The truth: whom the service's own database calls a consumer.
  const std::string ids =
      OutputOf("d=$(mktemp -d); zcat '" +
               (Corpus() / "placement/placement.db.gz").string() +
               "' > $d/db && python3 -c \"import sqlite3,sys;"
               "[print(r[0]) for r in sqlite3.connect(sys.argv[1]).execute("
               "'select uuid from consumers')]\" $d/db; rm -rf $d");
  const std::string out = BuiltIn().Redact(log);
  std::size_t consumers = 0;
  for (const std::string& id : Lines(ids)) {
    if (id.empty()) continue;
    ++consumers;
    EXPECT_EQ(out.find(id), std::string::npos);
  }
  EXPECT_GT(consumers, 100U);
}

TEST(RedactedCorpus, DetectInEachCarrier) {
  if (Corpus().empty()) GTEST_SKIP() << "no corpus; set LOGSPILL_CORPUS";
  std::string folder = (fs::temp_directory_path() / "carriers.XXXXXX").string();
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  const fs::path detect = Corpus() / "detect";
  OutputOf("python3 '" + (detect / "carriers.py").string() + "' '" +
           (detect / "dev.ndjson.gz").string() + "' " + folder);
  std::size_t logs = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".log") continue;
    ++logs;
    ExpectRedacted(ReadFile(entry), entry.path().filename());
  }
  EXPECT_EQ(logs, 7U);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace logspill
