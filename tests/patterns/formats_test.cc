#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "patterns/loader.h"
#include "scanner/record/record_header.h"

namespace logspill {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

const LogFormats& BuiltIn() {
  static const LogFormats formats = [] {
    auto loaded = LoadFormats({});
    EXPECT_TRUE(loaded.ok()) << loaded.error().message;
    return loaded ? std::move(*loaded) : LogFormats();
  }();
  return formats;
}

std::string_view MessageOf(const RecordHeader& header,
                           std::string_view record) {
  const std::size_t end =
      std::min<std::size_t>(header.message_end, record.size());
  return record.substr(header.message_begin, end - header.message_begin);
}

std::map<std::string, std::string> FieldsOf(const RecordHeader& header,
                                            std::string_view record) {
  std::map<std::string, std::string> fields;
  for (const RecordField& field : header.fields) {
    fields[std::string(field.key)] = field.value.Of(record);
  }
  return fields;
}

// Records of all kinds: text, JSON, wrapped, with colours, with tails.
const std::vector<std::string>& Records() {
  static const std::vector<std::string> records = {
      "2026-11-22 21:00:33.638 2628 DEBUG a.b [None req-x - -] [instance: y] t",
      "2024-03-05 10:57:51.112  INFO 45469 --- [           main] o.a.C  : Go: "
      "x",
      "[2021-06-08 00:00:00,123] INFO [K id=0] started (kafka.server.K)",
      "I1025 00:15:15.525108       1 controller.go:116] \"Pod\" pod=\"a/b\"",
      "\x1b[90m3:04PM\x1b[0m \x1b[32mINF\x1b[0m Hello \x1b[36mfoo=\x1b[0mbar",
      "2021-06-08T00:00:00.1Z\tINFO\tm.go:12\tmsg\t{\"url\": \"x\", \"n\": "
      "[3]}",
      R"({"log":"{\"level\":\"info\",\"msg\":\"a \\\"b\\\" c\",\"u\":\"x\"}\n",)"
      R"("stream":"stdout","time":"2021-06-08T00:00:00.123456789Z"})",
      R"({"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"15)"
      R"(44712660300000000","body":{"stringValue":"E"},"attributes":[{"key":)"
      R"("a","value":{"intValue":"3"}}]}]}]}]})",
      "<165>1 2003-10-11T22:14:15.003Z h app 12 ID [x@1 i=\"3\"] An event",
      "2016-10-06T00:17:09.669794202Z stdout F INFO:root:log content",
      "time=2022-11-08T15:28:26Z level=INFO msg=\"hello \\\"t\\\"\" count=3",
      "Mar 22, 2011 1:11:31 PM MyClass fatal",
      "127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 200 2",
  };
  return records;
}

void ExpectInBounds(const RecordHeader& header, std::string_view record) {
  ASSERT_LE(header.message_begin, record.size()) << record;
  if (header.message_end != UINT32_MAX) {
    ASSERT_LE(header.message_begin, header.message_end) << record;
    ASSERT_LE(header.message_end, record.size()) << record;
  }
  for (const RecordField& field : header.fields) {
    ASSERT_LE(field.value.begin, field.value.end) << record;
    ASSERT_LE(field.value.end, record.size()) << record;
  }
  for (const Span& part : header.parts) ASSERT_LE(part.end, record.size());
}

TEST(BuiltInFormats, AreReadAsTheirExamplesSay) {
  const auto formats = LoadFormats({}, true);
  ASSERT_TRUE(formats.ok()) << formats.error().message;
  EXPECT_GE(formats->size(), 45u);
}

TEST(FormatReader, StaysInsideEveryPrefixOfARecord) {
  HeaderReader reader(2026, &BuiltIn());
  for (const std::string& record : Records()) {
    EXPECT_FALSE(reader.Read(record).format.empty()) << record;
    for (std::size_t size = 0; size <= record.size(); ++size) {
      const std::string prefix = record.substr(0, size);
      ExpectInBounds(reader.Read(prefix), prefix);
      ExpectInBounds(reader.ReadAlone(prefix, record + "\n"), prefix);
    }
  }
}

TEST(FormatReader, StaysInsideRecordsWithBytesChanged) {
  HeaderReader reader(2026, &BuiltIn());
  std::uint32_t state = 1;
  const auto next = [&state] {
    state = state * 1664525u + 1013904223u;
    return state >> 8;
  };
  constexpr std::string_view kTelling = "{}[]\":,=\\ \t\n<>|-%\x1b\x80\xff";
  for (int round = 0; round < 20'000; ++round) {
    std::string record = Records()[next() % Records().size()];
    for (std::uint32_t i = 0, count = next() % 4; i <= count; ++i) {
      const std::size_t at = next() % record.size();
      record[at] = next() % 2 != 0 ? kTelling[next() % kTelling.size()]
                                   : static_cast<char>(next());
    }
    ExpectInBounds(reader.Read(record), record);
    reader.ReadTime(record);
  }
}

TEST(FormatReader, ReadsAFileWhoseFormatChanges) {
  HeaderReader reader(2026, &BuiltIn());
  std::string sample;
  for (int i = 0; i < 20; ++i) sample += Records()[0] + "\n";
  reader.Detect(sample);
  for (int round = 0; round < 2; ++round) {
    for (const std::string& record : Records()) {
      HeaderReader alone(2026, &BuiltIn());
      EXPECT_EQ(reader.Read(record).format, alone.Read(record).format)
          << record;
    }
  }
}

TEST(FormatReader, PointsIntoThePhysicalRecordOfAContainer) {
  HeaderReader reader(2026, &BuiltIn());
  const std::string& record = Records()[6];
  const RecordHeader header = reader.Read(record);
  EXPECT_EQ(MessageOf(header, record), R"(a \\\"b\\\" c)");
  EXPECT_TRUE(header.escaped);
  EXPECT_EQ(header.escape_levels, 2);
  EXPECT_EQ(FieldsOf(header, record)["u"], "x");
  const std::string cri =
      R"(2016-10-06T00:17:09Z stderr F {"level":"info","msg":"hi","user":"x"})";
  const RecordHeader inner = reader.Read(cri);
  EXPECT_EQ(MessageOf(inner, cri), "hi");
  EXPECT_EQ(FieldsOf(inner, cri)["user"], "x");
}

TEST(FormatReader, TakesTheRecordThatHoldsTheByte) {
  HeaderReader reader(2026, &BuiltIn());
  const std::string record =
      R"({"Records":[{"eventVersion":"1","eventTime":"2023-07-19T21:17:28Z",)"
      R"("eventName":"A"},{"eventVersion":"1","eventTime":"2023-07-19T22:17)"
      R"(:28Z","eventName":"B","user":"x"}]})";
  EXPECT_EQ(reader.Read(record).parts.size(), 2u);
  EXPECT_EQ(MessageOf(reader.Read(record), record), "A");
  const RecordHeader second = reader.Read(record, record.find("\"x\""));
  EXPECT_EQ(MessageOf(second, record), "B");
  EXPECT_EQ(FormatTime(*second.time_ms), "2023-07-19T22:17:28.000");
}

TEST(FormatReader, JoinsTheSecondLineOfARecordToTheFirst) {
  const std::string first = "Mar 22, 2011 1:11:31 PM MyClass fatal";
  const std::string second = "SEVERE: it: failed";
  HeaderReader in_order(2026, &BuiltIn());
  in_order.Read(first);
  HeaderReader alone(2026, &BuiltIn());
  for (const RecordHeader& header :
       {in_order.Read(second), alone.ReadAlone(second, "x\n" + first + "\n")}) {
    EXPECT_EQ(header.level, "SEVERE");
    EXPECT_EQ(header.logger, "MyClass");
    EXPECT_EQ(MessageOf(header, second), "it: failed");
    EXPECT_TRUE(header.continues);
    ASSERT_TRUE(header.time_ms);
    EXPECT_EQ(FormatTime(*header.time_ms), "2011-03-22T13:11:31.000");
  }
  EXPECT_NE(in_order.Read("SEVERE: alone").logger, "MyClass");
}

TEST(FormatReader, KnowsTheKeysOfJsonPrintedOverManyLines) {
  const std::vector<std::string> lines = {
      "{",
      "  \"time\": \"2021-06-08T00:00:00Z\",",
      "  \"msg\": \"hello\",",
      "  \"user\": {",
      "    \"id\": \"42\"",
      "  }",
      "}"};
  HeaderReader in_order(2026, &BuiltIn());
  std::string before;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    HeaderReader alone(2026, &BuiltIn());
    const std::string& line = lines[i];
    const auto a = FieldsOf(in_order.Read(line), line);
    EXPECT_EQ(a, FieldsOf(alone.ReadAlone(line, before), line)) << line;
    EXPECT_EQ(in_order.ReadAlone(line, before).continues, i > 0) << line;
    if (i == 4) {
      EXPECT_EQ(a.at("user.id"), "42");
    }
    if (i == 2) {
      EXPECT_EQ(MessageOf(alone.ReadAlone(line, before), line), "hello");
    }
    before += line + "\n";
  }
}

TEST(FormatReader, GivesLinesOfAnEventToTheRecordBefore) {
  HeaderReader reader(2026, &BuiltIn());
  for (const std::string_view line :
       {"\tat com.foo.Bar.run(Bar.java:12)", "Caused by: java.io.IOException",
        "Traceback (most recent call last):", "  File \"a.py\", line 3, in f",
        "ValueError: bad", "java.lang.IllegalStateException: x",
        "goroutine 1 [running]:", "main.(*Server).Serve(0xc0000b2000)",
        "created by net/http.Serve", "    at foo (a.js:1:2)",
        "   at A.B() in c.cs:line 3", "... 12 more", "   0: std::panicking"}) {
    EXPECT_TRUE(reader.Read(line).continues) << line;
    EXPECT_FALSE(reader.Read(line).time_ms) << line;
  }
  for (const std::string& record : Records()) {
    EXPECT_FALSE(reader.Read(record).continues) << record;
  }
  for (const std::string_view line :
       {"Server started", "ERROR: bad", "", "Errors were found: none"}) {
    EXPECT_FALSE(reader.Read(line).continues) << line;
  }
}

TEST(FormatReader, GivesLinesWithoutAHeaderToTheRecordBefore) {
  HeaderReader reader(2026, &BuiltIn());
  std::string sample;
  for (int i = 0; i < 10; ++i) sample += Records()[0] + "\nSELECT 1\n";
  EXPECT_FALSE(reader.Read("SELECT 1").continues);
  reader.Detect(sample);
  EXPECT_TRUE(reader.Read("SELECT 1").continues);
  EXPECT_FALSE(reader.Read(Records()[0]).continues);
}

// A file of the test's own, removed with it.
class UserFormats : public testing::Test {
 protected:
  UserFormats()
      : path_(fs::temp_directory_path() /
              ("logspill-formats-" + std::to_string(::getpid()) + ".toml")) {}
  ~UserFormats() override { fs::remove(path_); }

  Result<LogFormats> Load(const std::string& text) {
    std::ofstream(path_) << text;
    return LoadFormats({path_.string()});
  }
  std::string Fault(const std::string& text) {
    const auto loaded = Load(text);
    return loaded.ok() ? "no error" : loaded.error().message;
  }
  // A format of one line and an example that says the message.
  static std::string Format(const std::string& line,
                            const std::string& record) {
    return "[[format]]\nname = 'mine'\n" + line +
           "\n[[format.example]]\nrecord = '''" + record +
           "'''\nmessage = 'the text'\n";
  }

  fs::path path_;
};

TEST_F(UserFormats, OfPythonsLoggingAreRead) {
  for (const auto& [line, record] : std::map<std::string, std::string>{
           {"python = '%(asctime)s %(levelname)-8s [%(threadName)s] "
            "%(name)s:%(lineno)d %(message)s'",
            "2021-06-08 00:00:00,123 INFO     [Main Thread] a.b:12 the text"},
           {"python = '{asctime} {levelname:<8} {name} | {message}'",
            "2021-06-08 00:00:00,123 INFO     a.b | the text"},
           {"python = '$levelname ${name}: $message'", "INFO a.b: the text"},
           {"python = '[%(asctime)s] %(message)s [in %(pathname)s:%(lineno)d]'",
            "[2021-06-08 00:00:00,123] the text [in /a/b.py:3]"},
           {"python = '%(asctime)s|%(levelname)s|%(message)s'\n"
            "datefmt = '%d/%b/%Y %I:%M:%S %p'",
            "08/Jun/2021 11:12:13 PM|INFO|the text"}}) {
    const auto formats = Load(Format(line, record));
    EXPECT_TRUE(formats.ok()) << line << "\n" << formats.error().message;
  }
}

TEST_F(UserFormats, OfPatternLayoutAreRead) {
  for (const auto& [line, record] : std::map<std::string, std::string>{
           {"%d{ISO8601} [%t] %-5p %c{1} - %m%n",
            "2021-06-08 00:00:00,123 [pool-1 thread-2] INFO  Bar - the text"},
           {"%date{HH:mm:ss.SSS} %highlight(%-5level) %cyan(%logger{36}) "
            "[%X{user}] %msg%n%ex",
            "10:11:12.123 INFO  com.foo.Bar [] the text"},
           {"%d{dd MMM yyyy HH:mm:ss,SSS} %5p %l - %m%n",
            "08 Jun 2021 10:11:12,123  INFO a.b.C.run(C.java:12) - the text"},
           {"%d{yyyy-MM-dd HH:mm:ss.SSS} ${LEVEL:-%5p} ${PID:- } --- "
            "[%15.15t] %-40.40logger{39} : %m%n%wEx",
            "2024-03-05 10:57:51.112  INFO 45469 --- [           main] "
            "o.a.c.core.StandardEngine                : the text"},
           {"%r [%t] %p %c %x - %m%n", "176 [main] INFO a.Sort ctx - the text"},
           {"%p %m (%c)%n", "INFO the text (kafka.Server)"}}) {
    const auto formats = Load(Format("pattern = '" + line + "'", record));
    EXPECT_TRUE(formats.ok()) << line << "\n" << formats.error().message;
  }
}

TEST_F(UserFormats, AreTriedBeforeTheBuiltInOnes) {
  const auto formats = Load(
      "[[format]]\nname = 'mine'\n"
      "layout = '{level}:{logger}:{word}: {message}'\n"
      "[[format.example]]\nrecord = 'INFO:root:x7: text'\nmessage = 'text'\n");
  ASSERT_TRUE(formats.ok()) << formats.error().message;
  HeaderReader reader(2026, &*formats);
  EXPECT_EQ(reader.Read("INFO:root:x7: text").format, "mine");
  EXPECT_EQ(reader.Read("INFO:root:text").format, "python.basic");
}

TEST_F(UserFormats, ThatAreWrongGetACaret) {
  const std::string fault =
      Fault(Format("layout = '{time} {levl} {message}'", "x"));
  EXPECT_THAT(fault, HasSubstr(".toml:3:19: unknown field 'levl' in format"));
  EXPECT_THAT(fault, HasSubstr("^ did you mean 'level'?"));
  const std::pair<std::string, std::string> cases[] = {
      {"layout = '{time'", "'{' is not closed"},
      {"layout = '{time} } {message}'", "'}' closes nothing"},
      {"layout = '{time} {?{logger}'", "'{?' is not closed"},
      {"layout = '{time:%Q} {message}'", "unknown code in a time"},
      {"layout = '{time:soon} {message}'", "unknown time 'soon'"},
      {"layout = '{logger}{thread} {message}'", "nothing separates"},
      {"layout = '{message}'", "nothing but the message"},
      {"layout = '{level:loud} {message}'", "unknown level 'loud'"},
      {"pattern = '%d %Q %m%n'", "unknown conversion '%Q'"},
      {"pattern = '%d{qq} %m%n'", "this date cannot be read"},
      {"pattern = '${x} %m%n'", "not known here"},
      {"python = '%(asctime'", "no field of a format"},
      {"kind = 'jsn'\nlayout = '{level} {message}'", "did you mean 'json'"},
      {"kind = 'json'", "the keys are missing"},
      {"kind = 'json'\nlayout = '{level} {message}'", "exclude each other"},
      {"order = 50", "neither layout nor keys"},
      {"layout = '{level} {message}'\nfoo = 1", "unknown field 'foo'"},
      {"layout = '{level} {message}'", "message is read as 'text'"},
  };
  for (const auto& [line, what] : cases) {
    const std::string report = Fault(Format(line, "INFO text"));
    EXPECT_THAT(report, HasSubstr(what)) << line;
    EXPECT_THAT(report, HasSubstr("^")) << line;
  }
  EXPECT_THAT(Fault("[[format]]\nname = 'mine'\nlayout = '{level} {message}'"),
              HasSubstr("an example is missing"));
}

}  // namespace
}  // namespace logspill
