// What a scan says of the calls that printed what it found.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/workshop.h"

namespace logspill {
namespace {

using simdjson::dom::element;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kIds[] = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

// An id that no other number gives.
std::string Id(unsigned number) {
  std::ostringstream text;
  text << std::hex << (0x3f2504e0U + number) << std::string(kIds).substr(8);
  return text.str();
}

const std::string kDesk = R"(import logging
LOG = logging.getLogger(__name__)

def serve(consumer):
    LOG.info('Served with pleasure %s at the desk', consumer.uuid)

def close(consumer):
    LOG.info('Closed the till behind %s for today', consumer.uuid)

def again(consumer):
    LOG.info('Closed the till behind %s for today', consumer.uuid)

def mail(consumer):
    LOG.info('Wrote a letter to %s about it', consumer.email)
)";

// The last line of JSON lines.
class Summary {
 public:
  explicit Summary(const std::string& out) {
    const std::size_t end = out.find_last_not_of('\n') + 1;
    const std::size_t begin = out.rfind('\n', end == 0 ? 0 : end - 1) + 1;
    padded_ = simdjson::padded_string(out.substr(begin, end - begin));
    EXPECT_EQ(parser_.parse(padded_).get(root_), simdjson::SUCCESS) << out;
  }
  std::string At(const std::string& pointer) const {
    element field;
    if (root_.at_pointer(pointer).get(field) != simdjson::SUCCESS) return "-";
    return simdjson::to_string(field);
  }

 private:
  mutable simdjson::dom::parser parser_;
  simdjson::padded_string padded_;
  element root_;
};

std::size_t Count(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != text.npos; ++at) {
    ++count;
  }
  return count;
}

class Report : public testing::Test {
 protected:
  Report() {
    workshop_.Write("src/desk.py", kDesk);
    workshop_.Write("app.log",
                    "INFO desk: Served with pleasure " + Id(1) +
                        " at the desk\nINFO desk: Served with pleasure " +
                        Id(2) +
                        " at the desk\nINFO desk: Closed the till behind " +
                        Id(1) + " for today\nINFO desk: something else, " +
                        "consumer " + Id(3) + "\n");
  }
  Workshop workshop_;
};

TEST_F(Report, NamesCallArgumentNumbersAndFix) {
  const Outcome run = workshop_.Run("scan app.log --source src");
  EXPECT_EQ(run.status, 1) << run.err;
  EXPECT_THAT(run.out,
              ContainsRegex("desk.py:5 +2 +2\n +consumer.uuid  "
                            "Served with pleasure .consumer_uuid. at"));
  EXPECT_THAT(run.out, HasSubstr("fix: drop `consumer.uuid` from the message, "
                                 "or log its keyed hash"));
  EXPECT_THAT(run.out,
              HasSubstr("because  argument 'consumer.uuid' of desk.py:5"));
}

TEST_F(Report, ATieIsReportedAsATie) {
  const std::string text = workshop_.Run("scan app.log --source src").out;
  EXPECT_THAT(text, HasSubstr("one of 2 calls: desk.py:8, desk.py:11"));
  const Outcome run = workshop_.Run("scan app.log --source src --format jsonl");
  const Summary summary(run.out);
  EXPECT_EQ(summary.At("/by_tie/0/tied/0/line"), "8");
  EXPECT_EQ(summary.At("/by_tie/0/tied/1/line"), "11");
  EXPECT_EQ(summary.At("/by_tie/0/id"), "-") << "none of them is the one";
  EXPECT_EQ(summary.At("/by_tie/0/class"), "\"consumer_uuid\"");
  EXPECT_EQ(summary.At("/by_site/0/line"), "5");
  EXPECT_EQ(summary.At("/by_site/0/lines"), "2");
  EXPECT_EQ(summary.At("/by_site/0/values"), "2");
  EXPECT_EQ(summary.At("/by_site/0/hole"), "0");
  EXPECT_EQ(summary.At("/by_site/0/argument"), "\"consumer.uuid\"");
}

TEST_F(Report, WhatHasNoCallSiteSaysWhy) {
  const std::string text = workshop_.Run("scan app.log --source src").out;
  const std::size_t second = text.find("seen, but no call site");
  ASSERT_NE(second, text.npos) << text;
  EXPECT_LT(text.find("printed and seen"), second);
  EXPECT_THAT(text.substr(second), HasSubstr("no template of the source fits"));
  const Summary summary(
      workshop_.Run("scan app.log --source src --format jsonl").out);
  EXPECT_EQ(summary.At("/rows/0/no_site"), "\"no template\"");
  EXPECT_EQ(summary.At("/rows/0/findings"), "1");
}

TEST_F(Report, AnIdOfTheHeaderIsOfNoCall) {
  std::string log;
  for (unsigned i = 0; i < 3; ++i) {
    log += "2026-11-22 21:00:33.638 12 INFO shop.desk [None req-" + Id(i) +
           " admin admin - - - -] Served with pleasure " + Id(7) +
           " at the desk\n";
  }
  workshop_.Write("other/shop/desk.py", kDesk);
  workshop_.Write("head.log", log);
  const Summary summary(
      workshop_
          .Run(
              "scan head.log --source other --format jsonl --min-severity info")
          .out);
  EXPECT_EQ(summary.At("/rows/0/class"), "\"request_id\"");
  EXPECT_EQ(summary.At("/rows/0/no_site"), "\"header\"");
  EXPECT_EQ(summary.At("/rows/0/values"), "3");
  EXPECT_EQ(summary.At("/by_site/0/values"), "1");
}

TEST_F(Report, PredictsWhatNoRecordShowed) {
  Outcome run = workshop_.Run("scan app.log --source src");
  EXPECT_THAT(run.out, HasSubstr("predicted, not seen in these logs: 1 "
                                 "argument that may print an identifier"));
  EXPECT_THAT(run.out, ContainsRegex("high +consumer_email +desk.py:14 +"
                                     "consumer.email"));
  run = workshop_.Run("scan app.log --source src --predictions none");
  EXPECT_THAT(run.out, Not(HasSubstr("predicted")));
  run = workshop_.Run(
      "scan app.log --source src --format jsonl --predictions all");
  EXPECT_EQ(Count(run.out, R"({"type":"prediction")"), 1u) << run.out;
  EXPECT_THAT(run.out, HasSubstr(R"("class":"consumer_email")"));
  EXPECT_EQ(Summary(run.out).At("/predictions"), "1");
}

TEST_F(Report, SaysHowManyPredictionsItDoesNotList) {
  std::string source = kDesk;
  for (int i = 0; i < 30; ++i) {
    source += "    LOG.info('Letter " + std::string(1, char('a' + i % 26)) +
              " and " + std::to_string(i) + " to %s', consumer.email)\n";
  }
  workshop_.Write("src/desk.py", source);
  const std::string base = "scan app.log --source src --predictions ";
  EXPECT_THAT(workshop_.Run(base + "4").out,
              HasSubstr("and 27 more; --predictions all lists them"));
  EXPECT_THAT(workshop_.Run(base + "all").out, Not(HasSubstr(" more; --pre")));
  EXPECT_EQ(
      Count(workshop_.Run(base + "4 --format jsonl").out, "\"prediction\""),
      4u);
  const Outcome wrong = workshop_.Run(base + "many");
  EXPECT_EQ(wrong.status, 2);
  EXPECT_THAT(wrong.err, HasSubstr("'many' is neither all, none, nor"));
}

// A hundred records of a program whose source this is not.
std::string Foreign() {
  std::string log;
  for (unsigned i = 0; i < 100; ++i) {
    log += "INFO other: line " + std::to_string(i) +
           " of a program that is none of these and has to fill its line up "
           "to some hundred characters " +
           std::string(900, 'x') + "\n";
  }
  return log;
}

TEST_F(Report, BelowTheFloorOfItsSourceAHoleProvesNothing) {
  const std::string leak = "INFO desk: Served with pleasure " + Id(1) +
                           " at the desk\nINFO other: bare " + Id(1) + "\n";
  workshop_.Write("right.log", leak);
  workshop_.Write("wrong.log", Foreign() + leak);
  const std::string more =
      " --source src --format jsonl --min-severity low --predictions none";
  Outcome run = workshop_.Run("scan right.log" + more);
  EXPECT_EQ(Count(run.out, R"("class":"consumer_uuid","severity")"), 2u)
      << run.out;
  for (const char* threads : {" --threads 1", " --threads 2"}) {
    run = workshop_.Run("scan wrong.log" + more + threads);
    EXPECT_EQ(Count(run.out, R"("class":"consumer_uuid","severity")"), 0u);
    EXPECT_EQ(Summary(run.out).At("/coverage/sites/src/trusted"), "false");
    EXPECT_EQ(Summary(run.out).At("/by_site/0/class"), "\"uuid\"")
        << "the call is still named";
  }
  run = workshop_.Run("scan wrong.log --source src --min-severity low");
  EXPECT_THAT(run.out, HasSubstr("is this the source of these logs?"));
  EXPECT_THAT(run.out, ContainsRegex("proves[\n ]+nothing"));
}

TEST_F(Report, EachSourceHasACoverageOfItsOwn) {
  workshop_.Write("wrong/till.py",
                  "import logging\nLOG = logging.getLogger(__name__)\n"
                  "LOG.info('Counted the coins of %s twice', 1)\n");
  std::string log;
  for (unsigned i = 0; i < 100; ++i) {
    log += "INFO desk: Served with pleasure " + Id(i) + " at the desk\n";
    log += "INFO x: " + std::string(900, 'y') + "\n";
  }
  workshop_.Write("two.log", log);
  const Outcome run =
      workshop_.Run("scan two.log --source src --source wrong --format jsonl");
  const Summary summary(run.out);
  EXPECT_EQ(summary.At("/coverage/sites/src/trusted"), "true") << run.out;
  EXPECT_EQ(summary.At("/coverage/sites/wrong/trusted"), "false");
  EXPECT_EQ(summary.At("/coverage/sites/wrong/records_matched"), "0.0");
  EXPECT_EQ(summary.At("/by_site/0/class"), "\"consumer_uuid\"");
}

TEST_F(Report, CallSitesReadBackGiveTheSameFindings) {
  workshop_.Shell(
      "logspill sites src --format jsonl > sites.jsonl; head -c 32 "
      "/dev/urandom > key; chmod 600 key");
  const auto scan = [&](const std::string& from) {
    return workshop_
        .Shell(
            "logspill scan app.log --format jsonl --min-severity info "
            "--key-file key --predictions all " +
            from + " | sed 's/,\"seconds\".*//'")
        .out;
  };
  const std::string parsed = scan("--source src");
  EXPECT_THAT(parsed, HasSubstr("\"desk.py\""));
  EXPECT_THAT(parsed, HasSubstr("\"type\":\"prediction\""));
  EXPECT_EQ(parsed, scan("--sites sites.jsonl"));
}

TEST_F(Report, ABadLineOfCallSitesIsNamed) {
  workshop_.Shell("logspill sites src --format jsonl > good.jsonl");
  const auto error = [&](const std::string& edit) {
    workshop_.Shell("sed '" + edit + "' good.jsonl > bad.jsonl");
    const Outcome run = workshop_.Run("scan app.log --sites bad.jsonl");
    EXPECT_EQ(run.status, 2) << edit;
    EXPECT_EQ(run.out, "") << edit;
    return run.err;
  };
  EXPECT_THAT(error("2s/}$//"), HasSubstr("bad.jsonl:2: no JSON"));
  EXPECT_THAT(error("3s/\"line\":[0-9]*/\"line\":\"x\"/"),
              HasSubstr("bad.jsonl:3: the call site's 'line' is not a number"));
  EXPECT_THAT(error("1s/\"id\":\"[^\"]*\"/\"id\":null/"),
              HasSubstr("bad.jsonl:1: the call site's 'id' is required"));
  EXPECT_THAT(error("1s/pleasure {}/pleasure {/"),
              HasSubstr("bad.jsonl:1: the call site's 'template' has a brace"));
  EXPECT_THAT(error("1s/pleasure {}/pleasure/"),
              HasSubstr("bad.jsonl:1: the call site's 'holes' are 1, and "));
  EXPECT_THAT(error("1s/\"type\"/\"kind\"/"), HasSubstr("it has no type"));
  EXPECT_EQ(workshop_.Run("scan app.log --sites none.jsonl").status, 2);
  EXPECT_EQ(
      workshop_.Run("scan app.log --sites good.jsonl --source src").status, 2);
}

TEST_F(Report, AnAllowedSiteThatThereIsNotIsAWarning) {
  const std::string found =
      workshop_.Run("sites src --format jsonl | head -n 1").out;
  const std::size_t begin = found.find("\"id\":\"") + 6;
  std::string id = found.substr(begin, found.find('"', begin) - begin);
  const auto warnings = [&](const std::string& site, const std::string& more) {
    workshop_.Write("logspill.toml",
                    "[[allow]]\nsite = '" + site + "'\nreason = 'a test'\n");
    return workshop_.Run("scan app.log" + more).err;
  };
  EXPECT_EQ(warnings(id, " --source src"), "");
  EXPECT_THAT(warnings(id, ""), HasSubstr("no source is given"));
  id.back() = id.back() == '0' ? '1' : '0';
  EXPECT_THAT(warnings(id, " --source src"),
              HasSubstr("allows nothing: there is no call site '" + id +
                        "'; did you mean '"));
}

TEST_F(Report, ABaselineKnowsCallSitesWhereverTheirLinesMove) {
  EXPECT_EQ(
      workshop_.Run("scan app.log --source src --write-baseline b.toml").status,
      1);
  EXPECT_THAT(workshop_.Read("b.toml"), HasSubstr("site = \"py:"));
  workshop_.Write("src/desk.py", "# moved\n\n" + kDesk);
  workshop_.Write(
      "app.log", "INFO desk: Served with pleasure " + Id(9) + " at the desk\n");
  const std::string again = "scan app.log --source src --baseline b.toml";
  EXPECT_EQ(workshop_.Run(again).status, 0);
  workshop_.Write("app.log",
                  "INFO desk: refund to GB82WEST12345698765432 sent\n");
  EXPECT_EQ(workshop_.Run(again).status, 1);
}

TEST_F(Report, AFieldBesideTheMessageIsAHoleToo) {
  workshop_.Write(
      "src/desk.py",
      "import logging\nLOG = logging.getLogger(__name__)\n"
      "LOG.info('Served with pleasure %s at the desk', consumer.uuid,"
      " extra={'mail': consumer.email})\n");
  const Outcome run = workshop_.Run(
      "scan app.log --source src --format jsonl --predictions all");
  EXPECT_THAT(run.out, ContainsRegex(R"("type":"prediction".*"hole":1,)"
                                     R"("argument":"consumer.email")"));
}

TEST_F(Report, CodeScanningGetsOneResultEachCallSite) {
  const Outcome run = workshop_.Run("scan app.log --source src --format sarif");
  EXPECT_EQ(run.status, 1) << run.err;
  const Summary sarif(run.out);
  EXPECT_EQ(sarif.At("/version"), "\"2.1.0\"");
  EXPECT_EQ(sarif.At("/runs/0/results/0/ruleId"), "\"consumer_uuid\"");
  EXPECT_EQ(Count(run.out, "\"partialFingerprints\""), 3u) << run.out;
  EXPECT_THAT(run.out, HasSubstr(R"("uri":"desk.py","uriBaseId":"SOURCE")"));
  EXPECT_THAT(run.out, HasSubstr(R"("SOURCE":{"uri":"src/","uriBaseId":)"));
  EXPECT_THAT(run.out, Not(HasSubstr(std::string(kIds).substr(8))));
  EXPECT_EQ(workshop_.Run("scan app.log --format sarif --reveal").status, 2);
  EXPECT_EQ(workshop_.Run("sites src --format sarif").status, 2);
}

}  // namespace
}  // namespace logspill
