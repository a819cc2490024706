#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <string>
#include <vector>

#include "tests/cli/workshop.h"

namespace logspill {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kDesk[] = R"(import logging
LOG = logging.getLogger(__name__)

class Desk:
    def serve(self, consumer):
        LOG.info('Serving consumer %s with %d items', consumer.uuid, 3)
        LOG.info('Serving is over for now')
        LOG.info('Serving is over for now')
        try:
            self.pay()
        except ValueError:
            LOG.exception('Consumer %s could not pay', consumer.uuid)
)";

constexpr char kLog[] =
    "2026-11-22 21:00:30,688 - desk - INFO - Serving consumer u-17 with 3 "
    "items\n"
    "2026-11-22 21:00:30,689 - desk - INFO - Serving is over for now\n"
    "2026-11-22 21:00:30,690 - other.thing - INFO - of another program\n"
    "2026-11-22 21:00:30,691 - desk - ERROR - Consumer u-17 could not pay\n"
    "Traceback (most recent call last):\n"
    "  File \"/srv/src/desk.py\", line 10, in serve\n"
    "    self.pay()\n"
    "ValueError: card u-17 was refused\n";

std::vector<std::string> SplitLines(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

std::string Field(const std::string& line, const char* pointer) {
  simdjson::dom::parser parser;
  const simdjson::padded_string padded(line);
  simdjson::dom::element field;
  simdjson::dom::element root;
  if (parser.parse(padded).get(root) != simdjson::SUCCESS) return "no JSON";
  if (root.at_pointer(pointer).get(field) != simdjson::SUCCESS) return "-";
  return simdjson::to_string(field);
}

class Trace : public testing::Test {
 protected:
  Trace() {
    workshop_.Write("src/desk.py", kDesk);
    workshop_.Write("desk.log", kLog);
  }

  Outcome Run(const std::string& arguments) const {
    return workshop_.Run("trace --source src " + arguments);
  }

  Workshop workshop_;
};

TEST_F(Trace, NamesForEveryRecordTheCallAndTheArguments) {
  const Outcome outcome = Run("desk.log --format jsonl");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const auto lines = SplitLines(outcome.out);
  ASSERT_EQ(lines.size(), 9u);
  const std::string& first = lines[0];
  EXPECT_EQ(Field(first, "/type"), "\"record\"");
  EXPECT_EQ(Field(first, "/input"), "\"desk.log\"");
  EXPECT_EQ(Field(first, "/line"), "1");
  EXPECT_EQ(Field(first, "/result"), "\"HIGH\"");
  EXPECT_EQ(Field(first, "/sites/0/file"), "\"desk.py\"");
  EXPECT_EQ(Field(first, "/sites/0/root"), "\"src\"");
  EXPECT_EQ(Field(first, "/sites/0/line"), "6");
  EXPECT_EQ(Field(first, "/sites/0/function"), "\"serve\"");
  EXPECT_EQ(Field(first, "/holes/0/argument"), "\"consumer.uuid\"");
  const auto begin = std::string(kLog).find("u-17");
  EXPECT_EQ(Field(first, "/holes/0/span/0"), std::to_string(begin));
  EXPECT_EQ(Field(first, "/holes/0/span/1"), std::to_string(begin + 4));
  EXPECT_EQ(Field(lines[1], "/result"), "\"AMBIGUOUS\"");
  EXPECT_EQ(Field(lines[1], "/sites/1/line"), "8");
  EXPECT_EQ(Field(lines[2], "/result"), "\"NONE\"");
  EXPECT_EQ(Field(lines[2], "/cause"), "\"no template\"");
}

TEST_F(Trace, AStackTraceBelongsToTheRecordBeforeIt) {
  const auto lines = SplitLines(Run("desk.log --format jsonl").out);
  ASSERT_EQ(lines.size(), 9u);
  for (std::size_t i = 4; i < 8; ++i) {
    EXPECT_EQ(Field(lines[i], "/event_line"), "4") << i;
    EXPECT_EQ(Field(lines[i], "/sites/0/line"), "12") << i;
  }
  EXPECT_EQ(Field(lines[3], "/event_line"), "-");
  EXPECT_EQ(Field(lines[5], "/frame/language"), "\"python\"");
  EXPECT_EQ(Field(lines[5], "/frame/line"), "10");
  EXPECT_EQ(Field(lines[5], "/frame/site/line"), "8") << "the nearest";
  EXPECT_EQ(Field(lines[7], "/holes/0/argument"), "\"exception\"");
  EXPECT_EQ(Field(lines[7], "/holes/0/span/0"), "12");
}

TEST_F(Trace, TheSummaryIsTheLastLine) {
  const auto lines = SplitLines(Run("desk.log --format jsonl").out);
  const std::string& summary = lines.back();
  EXPECT_EQ(Field(summary, "/type"), "\"summary\"");
  EXPECT_EQ(Field(summary, "/records"), "8");
  EXPECT_EQ(Field(summary, "/bytes"), std::to_string(std::string(kLog).size()));
  EXPECT_EQ(Field(summary, "/by_result/HIGH"), "6");
  EXPECT_EQ(Field(summary, "/by_result/AMBIGUOUS"), "1");
  EXPECT_EQ(Field(summary, "/by_result/NONE"), "1");
  EXPECT_EQ(Field(summary, "/none_by_cause/no template"), "1");
  EXPECT_EQ(Field(summary, "/by_site/0/records"), "5");
  EXPECT_EQ(Field(summary, "/by_site/0/events"), "1");
  EXPECT_EQ(Field(summary, "/by_site/0/sites/0/line"), "12");
  EXPECT_EQ(Field(summary, "/coverage/complete"), "true");
  EXPECT_EQ(Field(summary, "/coverage/sites/src/records_matched"), "0.88");
}

TEST_F(Trace, ATableSaysWhichCallsPrintedHowMuch) {
  const Outcome outcome = Run("desk.log");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const auto lines = SplitLines(outcome.out);
  ASSERT_GE(lines.size(), 6u);
  EXPECT_THAT(lines[0], HasSubstr("LINES"));
  EXPECT_THAT(lines[1], HasSubstr("desk.py:12"));
  EXPECT_THAT(lines[1], HasSubstr("HIGH"));
  EXPECT_THAT(outcome.out, HasSubstr("desk.py:7 +1"));
  EXPECT_THAT(outcome.out, HasSubstr("src printed 87.5 % of the records"));
  EXPECT_THAT(lines.back(), HasSubstr("8 records"));
  EXPECT_THAT(lines.back(), HasSubstr("1 no template"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("is this the source")));
}

TEST_F(Trace, TheTableFitsTheTerminal) {
  workshop_.Shell(
      "mkdir -p wide/a_folder_with_a_long_name && "
      "cp src/*.py wide/a_folder_with_a_long_name");
  const auto lines =
      SplitLines(workshop_.Run("trace desk.log --source wide").out);
  ASSERT_GE(lines.size(), 3u);
  for (std::size_t i = 0; i < lines.size() && !lines[i].empty(); ++i) {
    std::size_t columns = lines[i].size();
    for (std::size_t at = lines[i].find("…"); at != std::string::npos;
         at = lines[i].find("…", at + 1)) {
      columns -= 2;  // three bytes, one column
    }
    EXPECT_LE(columns, 80u) << lines[i];
  }
}

TEST_F(Trace, TheWrongSourceIsAskedAbout) {
  workshop_.Write("else/main.py",
                  "import logging\nlogging.info('quite else')\n");
  const Outcome outcome = workshop_.Run("trace --source else desk.log");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, HasSubstr("is this the source of these logs?"));
}

TEST_F(Trace, PipesAndCompressionChangeNothing) {
  const std::string plain = Run("desk.log --format jsonl").out;
  EXPECT_EQ(workshop_.Shell("gzip -k desk.log").status, 0);
  const auto expected = SplitLines(plain);
  for (const char* command :
       {"cat desk.log | logspill trace --source src --format jsonl -",
        "logspill trace --source src --format jsonl desk.log.gz",
        "logspill trace --source src --format jsonl --threads 1 desk.log"}) {
    const auto lines = SplitLines(workshop_.Shell(command).out);
    ASSERT_EQ(lines.size(), expected.size()) << command;
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
      EXPECT_EQ(Field(lines[i], "/sites"), Field(expected[i], "/sites"));
      EXPECT_EQ(Field(lines[i], "/holes"), Field(expected[i], "/holes"));
    }
  }
}

TEST_F(Trace, PrefixesComeFromTheConfiguration) {
  workshop_.Write("desk.log",
                  "2026-11-22 21:00:30,688 - desk - INFO - <<77>> Serving is "
                  "over for now\n");
  EXPECT_EQ(Field(SplitLines(Run("desk.log --format jsonl").out)[0], "/result"),
            "\"NONE\"");
  workshop_.Write("logspill.toml",
                  "[trace]\nmessage_prefixes = [\"<<*>> \"]\n");
  EXPECT_EQ(Field(SplitLines(Run("desk.log --format jsonl").out)[0], "/result"),
            "\"AMBIGUOUS\"");
  workshop_.Write("logspill.toml", "[trace]\nmessage_prefixes = [\"*\"]\n");
  const Outcome outcome = Run("desk.log");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("logspill.toml:2"));
}

TEST_F(Trace, WrongUseSaysSo) {
  EXPECT_EQ(workshop_.Run("trace desk.log").status, 2);
  EXPECT_THAT(workshop_.Run("trace desk.log").err, HasSubstr("--source"));
  EXPECT_EQ(Run("missing.log").status, 2);
  EXPECT_EQ(workshop_.Run("trace --source missing desk.log").status, 2);
  EXPECT_EQ(Run("").status, 2);
}

TEST_F(Trace, DamageIsNamedAndHasItsStatus) {
  workshop_.Shell("gzip -c desk.log | head -c 60 > cut.log.gz");
  const Outcome outcome = Run("cut.log.gz");
  EXPECT_EQ(outcome.status, 3);
  EXPECT_THAT(outcome.out, HasSubstr("not read: cut.log.gz"));
}

}  // namespace
}  // namespace logspill
