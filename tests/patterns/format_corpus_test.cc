// Real logs: what formats read of them, and that this is no less than what was
// read without.

#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "patterns/loader.h"
#include "scanner/record/record_header.h"

namespace logspill {
namespace {

std::string Corpus() {
  const char* path = std::getenv("LOGSPILL_CORPUS");
  return path != nullptr ? path : LOGSPILL_SOURCE_DIR "/../shared/corpus";
}

// Plain and compressed files.
std::vector<std::string> ReadLines(const std::string& path) {
  std::string text;
  gzFile file = ::gzopen(path.c_str(), "rb");
  char buffer[1 << 16];
  int got = 0;
  while (file != nullptr && (got = ::gzread(file, buffer, sizeof buffer)) > 0) {
    text.append(buffer, static_cast<std::size_t>(got));
  }
  if (file != nullptr) ::gzclose(file);
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

std::string Sample(const std::vector<std::string>& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size() && i < 200; ++i) {
    text += lines[i] + "\n";
  }
  return text;
}

class LoghubFormat : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    auto formats = LoadFormats({});
    ASSERT_TRUE(formats.ok()) << formats.error().message;
    formats_ = std::move(*formats);
    lines_ = ReadLines(Corpus() + "/loghub/" + GetParam() + "/" + GetParam() +
                       "_2k.log");
    if (lines_.empty()) GTEST_SKIP() << "no corpus at " << Corpus();
  }
  LogFormats formats_;
  std::vector<std::string> lines_;
};

TEST_P(LoghubFormat, GivesTimeAndMessageOfNearlyEveryRecord) {
  HeaderReader reader(2026, &formats_);
  reader.Detect(Sample(lines_));
  std::size_t timed = 0, messages = 0, known = 0;
  for (const std::string& line : lines_) {
    const RecordHeader header = reader.Read(line);
    timed += header.time_ms.has_value() ? 1 : 0;
    messages += header.message_begin > 0 ? 1 : 0;
    known += header.format.empty() ? 0 : 1;
    EXPECT_EQ(header.time_ms, reader.ReadTime(line)) << line;
  }
  std::printf(
      "%s: of %zu records %zu have a time, %zu a message, %zu a format\n",
      GetParam().c_str(), lines_.size(), timed, messages, known);
  EXPECT_GE(timed * 1000, lines_.size() * 999);
  EXPECT_GE(messages * 100, lines_.size() * 99);
}

TEST_P(LoghubFormat, SaysNoLessThanWhatHeadersHaveInCommon) {
  HeaderReader with(2026, &formats_);
  with.Detect(Sample(lines_));
  HeaderReader without(2026);
  for (const std::string& line : lines_) {
    const RecordHeader a = with.Read(line);
    const RecordHeader b = without.Read(line);
    EXPECT_EQ(a.time_ms, b.time_ms) << line;
    EXPECT_EQ(a.level, b.level) << line;
    EXPECT_EQ(a.logger, b.logger) << line;
    EXPECT_EQ(a.message_begin, b.message_begin) << line;
  }
}

INSTANTIATE_TEST_SUITE_P(Samples, LoghubFormat,
                         testing::Values("Android", "Apache", "HDFS", "Linux",
                                         "OpenStack", "Spark", "Windows",
                                         "Zookeeper"),
                         [](const auto& sample) { return sample.param; });

TEST(PlacementFormat, IsReadAsBefore) {
  const auto formats = LoadFormats({});
  ASSERT_TRUE(formats.ok()) << formats.error().message;
  const auto lines = ReadLines(Corpus() + "/placement/placement.log.gz");
  if (lines.empty()) GTEST_SKIP() << "no corpus at " << Corpus();
  HeaderReader with(2026, &*formats);
  with.Detect(Sample(lines));
  HeaderReader without(2026);
  for (const std::string& line : lines) {
    const RecordHeader a = with.Read(line);
    const RecordHeader b = without.Read(line);
    EXPECT_EQ(a.time_ms, b.time_ms) << line;
    if (a.continues) continue;
    EXPECT_EQ(a.logger, b.logger) << line;
    EXPECT_EQ(a.message_begin, b.message_begin) << line;
  }
}

}  // namespace
}  // namespace logspill
