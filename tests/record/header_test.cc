#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/record/record_header.h"

namespace logspill {
namespace {

std::string TimeOf(std::string_view record) {
  HeaderReader reader(2026);
  const auto time = reader.ReadTime(record);
  return time ? FormatTime(*time) : "none";
}

struct Case {
  std::string_view record;
  std::string_view time;
  std::string_view level;
  std::string_view logger;
  std::string_view message;
};

void Check(std::initializer_list<Case> cases) {
  for (const Case& expected : cases) {
    HeaderReader reader(2026);
    const RecordHeader header = reader.Read(expected.record);
    EXPECT_EQ(header.time_ms ? FormatTime(*header.time_ms) : "", expected.time)
        << expected.record;
    EXPECT_EQ(header.level, expected.level) << expected.record;
    EXPECT_EQ(header.logger, expected.logger) << expected.record;
    EXPECT_EQ(expected.record.substr(header.message_begin), expected.message)
        << expected.record;
  }
}

TEST(FormatTime, IsTheTimeThatWasRead) {
  for (const std::string text :
       {"1970-01-01T00:00:00.000", "2000-02-29T23:59:59.999",
        "2026-11-22T21:00:33.638", "1969-12-31T23:59:59.001"}) {
    EXPECT_EQ(TimeOf(text), text);
  }
}

TEST(HeaderTime, IsReadInEveryLayout) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"2026-11-22 21:00:33,638 x", "2026-11-22T21:00:33.638"},
      {"2026-11-22T21:00:33Z x", "2026-11-22T21:00:33.000"},
      {"2026-11-22T21:00:33.6+02:00 x", "2026-11-22T19:00:33.600"},
      {"2026-11-22T21:00:33.123456789-0700", "2026-11-23T04:00:33.123"},
      {"[2026/11/22 21:00:33] x", "2026-11-22T21:00:33.000"},
      {"Jun 14 15:16:01 combo x", "2026-06-14T15:16:01.000"},
      {"<34>Jun  4 15:16:01 combo x", "2026-06-04T15:16:01.000"},
      {"<34>1 2003-10-11T22:14:15.003Z h a p m - x", "2003-10-11T22:14:15.003"},
      {"[Sun Dec 04 04:47:44 2005] [notice] x", "2005-12-04T04:47:44.000"},
      {"[Sun Dec 04 04:47:44.5 2005] [notice] x", "2005-12-04T04:47:44.500"},
      {"1.2.3.4 - bob [10/Oct/2000:13:55:36 -0700] \"GET",
       "2000-10-10T20:55:36.000"},
      {"03-17 16:13:38.811  1702 x", "2026-03-17T16:13:38.811"},
      {"17/06/09 20:10:40 INFO x", "2017-06-09T20:10:40.000"},
      {"081109 203615 148 INFO x", "2008-11-09T20:36:15.000"},
      {"I1123 08:00:00.123456 1 a.cc:1] x", "2026-11-23T08:00:00.123"},
      {"1795381233.638 x", "2026-11-22T21:00:33.638"},
      {R"({"a":"b","ts":1795381233.638})", "2026-11-22T21:00:33.638"},
      {R"({"time": 1795381233638})", "2026-11-22T21:00:33.638"},
      {R"({"@timestamp":"2026-11-22T21:00:33.638Z"})",
       "2026-11-22T21:00:33.638"},
      {R"(level=info time="2026-11-22T21:00:33Z" x)",
       "2026-11-22T21:00:33.000"},
      {"nova-api.log.1.2017-05-16_13:53:08 2017-05-16 00:00:00.008 1 INFO",
       "2017-05-16T00:00:00.008"},
      {"web_1  | 2017-05-16 00:00:00 x", "2017-05-16T00:00:00.000"},
  };
  for (const auto& [record, time] : cases) {
    EXPECT_EQ(TimeOf(record), time) << record;
  }
}

TEST(HeaderTime, IsNoneWhereNoneIsPrinted) {
  for (const std::string_view record :
       {"", "Traceback (most recent call last):", "2026-13-22 21:00:33 x",
        "2026-11-22 21:00", "2026-11-22", "10-11 x", "I1123", "12345678901 x",
        R"({"time":"soon"})", "[", "<34>", "[10/Oct/2000:13:55:36 -0700"}) {
    EXPECT_EQ(TimeOf(record), "none") << record;
  }
}

TEST(HeaderTime, IsReadWhereTheLayoutChangesInsideOneFile) {
  HeaderReader reader(2026);
  for (int round = 0; round < 3; ++round) {
    EXPECT_TRUE(reader.ReadTime("2026-11-22 21:00:33,638 x"));
    EXPECT_FALSE(reader.ReadTime("  at Foo.bar(Foo.java:12)"));
    EXPECT_TRUE(reader.ReadTime("Jun 14 15:16:01 combo x"));
    EXPECT_TRUE(reader.ReadTime(R"({"ts":1795381233})"));
    EXPECT_TRUE(reader.ReadTime("a 2026-11-22 21:00:33,638 x"));
  }
}

TEST(Header, OfEveryPrefixOfARecordNeverReadsPastIt) {
  const std::string record =
      "n.log 2026-11-22 21:00:33.638 2628 DEBUG a.b [None req-x - -] "
      "[instance: y] text";
  HeaderReader reader(2026);
  for (std::size_t size = 0; size <= record.size(); ++size) {
    const std::string prefix = record.substr(0, size);
    EXPECT_LE(reader.Read(prefix).message_begin, size);
  }
}

TEST(Header, OfPythonIsRead) {
  constexpr std::string_view kTime = "2026-11-22T21:00:33.638";
  Check({
      {"2026-11-22 21:00:33.638 2628 DEBUG placement.handlers.util [None "
       "req-29c92167-bb92-4f58-85b7-8397d193fe1e admin admin - - - -] Supplied",
       kTime, "DEBUG", "placement.handlers.util", "Supplied"},
      {"2026-11-22 21:00:33.638 2628 DEBUG placement.wsgi [-] *****", kTime,
       "DEBUG", "placement.wsgi", "*****"},
      {"2026-11-22 21:00:33.638 29 INFO nova.compute.claims [req-1 - - -] "
       "[instance: b9000564-fe1a-409b-b8cc-1e88b294cd1d] Claim successful",
       kTime, "INFO", "nova.compute.claims", "Claim successful"},
      {"2026-11-22 21:00:33,638 - app.db - WARNING - slow", kTime, "WARNING",
       "app.db", "slow"},
      {"2026-11-22 21:00:33,638 INFO app.db: slow query", kTime, "INFO",
       "app.db", "slow query"},
      {"2026-11-22 21:00:33,638 [INFO] app.db: slow query", kTime, "INFO",
       "app.db", "slow query"},
      {"DEBUG:root:text: more", "", "DEBUG", "root", "text: more"},
      {"WARNING: text", "", "WARNING", "", "text"},
  });
}

TEST(Header, OfJavaIsRead) {
  constexpr std::string_view kTime = "2015-07-29T17:41:44.747";
  Check({
      {"2015-07-29 17:41:44,747 - INFO  [/10.10.34.11:3888:Quorum$L@493] - "
       "Received connection",
       kTime, "INFO", "Quorum$L", "Received connection"},
      {"2015-07-29 17:41:44.747  INFO 2628 --- [           main] c.e.demo.App "
       "   : Started",
       kTime, "INFO", "c.e.demo.App", "Started"},
      {"2015-07-29 17:41:44.747 [main] ERROR com.foo.Bar - failed: x", kTime,
       "ERROR", "com.foo.Bar", "failed: x"},
      {"081109 203615 148 INFO dfs.DataNode$X: Served block",
       "2008-11-09T20:36:15.000", "INFO", "dfs.DataNode$X", "Served block"},
      {"INFO com.foo.Bar - text", "", "INFO", "com.foo.Bar", "text"},
  });
}

TEST(Header, OfOtherLayoutsIsRead) {
  constexpr std::string_view kTime = "2026-03-17T16:13:38.811";
  Check({
      {"03-17 16:13:38.811  1702  2395 D WindowManager: text: x", kTime, "D",
       "WindowManager", "text: x"},
      {"[Sun Dec 04 04:47:44 2005] [notice] workerEnv.init() ok",
       "2005-12-04T04:47:44.000", "notice", "", "workerEnv.init() ok"},
      {"Jun 14 15:16:01 combo sshd(pam_unix)[19939]: check pass; x: y",
       "2026-06-14T15:16:01.000", "", "sshd(pam_unix)", "check pass; x: y"},
      {"<34>1 2026-03-17T16:13:38.811Z host app 12 ID47 [a b=\"c\"] text",
       kTime, "", "app", "text"},
      {"I0317 16:13:38.811000 12 file.cc:33] text", kTime, "I", "", "text"},
      {"[2026-03-17T16:13:38.811Z INFO  my_crate::net] text", kTime, "INFO",
       "my_crate::net", "text"},
      {"2026-03-17T16:13:38.811Z\tINFO\tapi/user.go:12\ttext", kTime, "INFO",
       "", "text"},
      {R"({"ts":"2026-03-17T16:13:38.811Z","level":"info","msg":"text"})",
       kTime, "info", "", R"(text"})"},
  });
}

TEST(Header, LeavesTheMessageWhole) {
  Check({
      {"2026-11-22 21:00:33 404 not found", "2026-11-22T21:00:33.000", "", "",
       "404 not found"},
      {"2026-11-22 21:00:33 ERROR Exception: failed", "2026-11-22T21:00:33.000",
       "ERROR", "", "Exception: failed"},
      {"2026-11-22 21:00:33 INFO Read config.py twice",
       "2026-11-22T21:00:33.000", "INFO", "", "Read config.py twice"},
      {"plain text: nothing else", "", "", "", "plain text: nothing else"},
      {"", "", "", "", ""},
  });
}

std::string Corpus() {
  const char* path = std::getenv("LOGSPILL_CORPUS");
  return path != nullptr ? path : LOGSPILL_SOURCE_DIR "/../shared/corpus";
}

class LoghubHeader : public testing::TestWithParam<std::string> {};

TEST_P(LoghubHeader, GivesTheTimeOfNearlyEveryRecord) {
  const std::string name = GetParam();
  std::ifstream file(Corpus() + "/loghub/" + name + "/" + name + "_2k.log");
  if (!file) GTEST_SKIP() << "no corpus at " << Corpus();
  HeaderReader reader(2026);
  int records = 0;
  int timed = 0;
  int messages = 0;
  for (std::string line; std::getline(file, line); ++records) {
    const RecordHeader header = reader.Read(line);
    timed += header.time_ms.has_value() ? 1 : 0;
    messages += header.message_begin > 0 ? 1 : 0;
  }
  EXPECT_GE(records, 1999);
  EXPECT_GE(timed, records * 99 / 100);
  EXPECT_GE(messages, records * 99 / 100);
}

INSTANTIATE_TEST_SUITE_P(Samples, LoghubHeader,
                         testing::Values("Android", "Apache", "HDFS", "Linux",
                                         "OpenStack", "Spark", "Windows",
                                         "Zookeeper"),
                         [](const auto& sample) { return sample.param; });

}  // namespace
}  // namespace logspill
