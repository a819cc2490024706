#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <sstream>
#include <string>

#include "tests/cli/workshop.h"

namespace logspill {
namespace {

using ::testing::AnyOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// The UUID that RFC 4122 prints as its example.
const std::string kLeak =
    "2026-11-22 21:00:33.638 DEBUG ID for consumer "
    "f81d4fae-7dec-11d0-a765-00a0c91e6bf6 was different\n";
const std::string kClean = "2026-11-22 21:00:33.638 INFO nothing to see here\n";

std::string LastLine(const std::string& text) {
  const std::size_t end = text.find_last_not_of('\n') + 1;
  const std::size_t begin = text.rfind('\n', end - 1) + 1;
  return text.substr(begin, end - begin);
}

std::size_t Count(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != text.npos; ++at) {
    ++count;
  }
  return count;
}

// The report's line that begins with `name`, without it.
std::string Entry(const std::string& report, const std::string& name) {
  const std::string head = "\n   " + name;
  const std::size_t at = report.find(head);
  if (at == report.npos) return {};
  const std::size_t begin = report.find_first_not_of(' ', at + head.size());
  return report.substr(begin, report.find('\n', begin) - begin);
}

TEST(Scan, ExitsZeroWhenCompleteAndClean) {
  const Workshop workshop;
  workshop.Write("app.log", kClean);
  const Outcome outcome = workshop.Run("scan app.log");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("no findings"));
  EXPECT_EQ(outcome.err, "");
}

TEST(Scan, ExitsOneOnFindingsAtFailOnAndNotBelow) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak);
  EXPECT_EQ(workshop.Run("scan app.log").status, 1);
  EXPECT_EQ(workshop.Run("scan app.log --fail-on high").status, 0);
}

TEST(Scan, ExitsThreeWhenBytesWereNotScannedWhateverWasFound) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak);
  workshop.Shell("gzip -c app.log | head -c 60 > cut.log.gz");
  const Outcome outcome =
      workshop.Run("scan app.log cut.log.gz --format jsonl");
  EXPECT_EQ(outcome.status, 3);
  EXPECT_THAT(LastLine(outcome.out), HasSubstr(R"("complete":false)"));
  EXPECT_THAT(outcome.err, HasSubstr("cut.log.gz"));
}

TEST(Scan, WrongUseExitsTwoAndScansNothing) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak);
  for (const char* arguments : {"scan",
                                "scan app.log missing.log",
                                "scan app.log --nonsense",
                                "scan app.log --min-severity meduim",
                                "scan app.log --threads many",
                                "scan app.log --threads 0",
                                "scan app.log --format xml",
                                "scan app.log --source missing",
                                "scan app.log --source app.log",
                                "scan app.log --rules missing.toml",
                                "scan app.log --key-file missing",
                                "scan app.log --config missing.toml",
                                "scan app.log --bomb-size x",
                                "scan app.log --quiet --verbose",
                                "scan app.log --baseline missing",
                                "scan app.log --output missing/folder/file",
                                "scan app.log --format",
                                "",
                                "unknown",
                                "rules",
                                "rules explain",
                                "rules list extra",
                                "key new",
                                "key new a b",
                                "config extra",
                                "config -- extra"}) {
    const Outcome outcome = workshop.Run(arguments);
    EXPECT_EQ(outcome.status, 2) << arguments;
    EXPECT_EQ(outcome.out, "") << arguments;
    EXPECT_THAT(outcome.err, StartsWith("logspill: ")) << arguments;
  }
}

TEST(Scan, AWrongWordIsAnsweredWithTheRightOne) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak);
  EXPECT_THAT(workshop.Run("scan app.log --min-severty high").err,
              HasSubstr("did you mean '--min-severity'?"));
  EXPECT_THAT(workshop.Run("scan app.log --min-severity meduim").err,
              HasSubstr("did you mean 'medium'?"));
  EXPECT_THAT(workshop.Run("scna app.log").err,
              HasSubstr("did you mean 'scan'?"));
}

TEST(Scan, HelpAndVersionAreResults) {
  const Workshop workshop;
  for (const char* arguments :
       {"--help", "scan --help", "rules --help", "rules explain --help"}) {
    const Outcome outcome = workshop.Run(arguments);
    EXPECT_EQ(outcome.status, 0) << arguments;
    EXPECT_THAT(outcome.out, HasSubstr("Usage")) << arguments;
    EXPECT_EQ(outcome.err, "") << arguments;
  }
  EXPECT_THAT(workshop.Run("scan --help").out, HasSubstr("--min-severity"));
  EXPECT_THAT(workshop.Run("--version").out, StartsWith("logspill "));
}

TEST(Scan, TheSummaryIsTheLastLineAndEveryLineParses) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak + kClean + kLeak);
  const Outcome outcome = workshop.Run("scan app.log --format jsonl");
  EXPECT_EQ(Count(outcome.out, "\n"), 3U);
  EXPECT_THAT(LastLine(outcome.out), HasSubstr(R"("type":"summary")"));
  simdjson::dom::parser parser;
  simdjson::dom::element summary;
  ASSERT_EQ(parser.parse(LastLine(outcome.out)).get(summary),
            simdjson::SUCCESS);
  EXPECT_EQ(std::uint64_t(summary["findings"]), 2U);
  EXPECT_EQ(std::uint64_t(summary["by_class"]["consumer_uuid"]["values"]), 1U);
  EXPECT_EQ(bool(summary["coverage"]["complete"]), true);
}

TEST(Scan, ReadsStandardInputBesideFiles) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak);
  const Outcome outcome =
      workshop.Shell("cat app.log | logspill scan - app.log --format jsonl");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.out, HasSubstr(R"("input":"-")"));
  EXPECT_THAT(outcome.out, HasSubstr(R"("input":"app.log")"));
}

TEST(Scan, HostileNamesAreEscapedInEveryOutput) {
  const Workshop workshop;
  const std::string name = "a\nb\x1b[31m\xff.log";
  workshop.Write(name, kLeak);
  for (const char* arguments :
       {"scan . --format jsonl", "scan .", "scan . --stream",
        "scan . --list-files", "scan . --format jsonl --verbose"}) {
    const Outcome outcome = workshop.Run(arguments);
    const std::string all = outcome.out + outcome.err;
    EXPECT_EQ(all.find('\x1b'), all.npos) << arguments;
    EXPECT_EQ(all.find('\xff'), all.npos) << arguments;
    EXPECT_EQ(all.find("a\nb"), all.npos) << arguments;
    EXPECT_THAT(all, HasSubstr("a\\nb")) << arguments;
  }
}

TEST(Scan, ANameWithADashIsGivenBehindTwoDashes) {
  const Workshop workshop;
  workshop.Write("--quiet", kLeak);
  EXPECT_EQ(workshop.Run("scan -- --quiet").status, 1);
}

TEST(Scan, AReportAppearsWholeAndPrivateUnderItsName) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak);
  workshop.Write("report", "before");
  const Outcome outcome =
      workshop.Run("scan app.log --format jsonl --output report");
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(workshop.Mode("report"), 0600U);
  EXPECT_THAT(workshop.Read("report"), EndsWith("}\n"));
  EXPECT_EQ(workshop.Shell("ls | wc -l").out, "2\n");
}

TEST(Scan, AScanThatDoesNotBeginLeavesTheReportThatWasThere) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak);
  workshop.Write("report", "before");
  EXPECT_EQ(workshop.Run("scan app.log --output report --rules missing").status,
            2);
  EXPECT_EQ(workshop.Read("report"), "before");
  EXPECT_EQ(workshop.Shell("ls | wc -l").out, "2\n");
}

TEST(Scan, AClosedPipeIsAQuietEndAndTheLineIsWhole) {
  const Workshop workshop;
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += kLeak;
  workshop.Write("app.log", text);
  const Outcome outcome = workshop.Shell(
      "logspill scan app.log --format jsonl --stream | head -1\n"
      "exit ${PIPESTATUS[0]}");
  EXPECT_THAT(outcome.status, AnyOf(0, 1));
  EXPECT_EQ(outcome.err, "");
  EXPECT_THAT(outcome.out, StartsWith("{\"type\":\"finding\""));
  EXPECT_THAT(outcome.out, EndsWith("}\n"));
}

TEST(Scan, AFullDiskIsReported) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak);
  const Outcome outcome =
      workshop.Shell("logspill scan app.log --format jsonl > /dev/full");
  EXPECT_EQ(outcome.status, 3);
  EXPECT_THAT(outcome.err, HasSubstr("standard output"));
}

TEST(Scan, ASignalEndsWithTheSummarySoFar) {
  const Workshop workshop;
  const Outcome outcome = workshop.Shell(
      "mkfifo pipe; exec 3<>pipe\n"
      "logspill scan - --format jsonl <&3 & pid=$!\n"
      "echo started >&3; sleep 1.5; kill -INT $pid; wait $pid");
  EXPECT_EQ(outcome.status, 3) << outcome.err;
  EXPECT_THAT(LastLine(outcome.out), HasSubstr(R"("type":"summary")"));
  EXPECT_THAT(LastLine(outcome.out), HasSubstr(R"("interrupted":true)"));
}

TEST(Scan, ColoursOnlyWhereTheyAreAskedFor) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak);
  EXPECT_THAT(workshop.Run("scan app.log").out, Not(HasSubstr("\033[")));
  EXPECT_THAT(workshop.Run("scan app.log --color always").out,
              HasSubstr("\033["));
  const std::string in_terminal =
      "script -qec 'logspill scan app.log' /dev/null";
  if (workshop.Shell("command -v script").status != 0) {
    GTEST_SKIP() << "there is no script(1) to make a terminal with";
  }
  EXPECT_THAT(workshop.Shell("TERM=xterm " + in_terminal).out,
              HasSubstr("\033["));
  EXPECT_THAT(workshop.Shell("NO_COLOR=1 TERM=xterm " + in_terminal).out,
              Not(HasSubstr("\033[")));
  EXPECT_THAT(workshop.Shell("TERM=dumb " + in_terminal).out,
              Not(HasSubstr("\033[")));
}

TEST(Scan, ListsTheFilesThatItWouldScanAndScansNone) {
  const Workshop workshop;
  workshop.Write("logs/a.log", kLeak);
  workshop.Write("logs/b.txt", kLeak);
  const Outcome outcome =
      workshop.Run("scan logs --include '*.log' --list-files");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out, "logs/a.log\n");
}

TEST(Scan, PrintsOnlyTheClassesAskedForAndCountsAll) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak + "refund to GB82WEST12345698765432 sent\n");
  const std::string out =
      workshop.Run("scan app.log --format jsonl --class consumer_uuid").out;
  EXPECT_EQ(Count(out, "\"type\":\"finding\""), 1U);
  EXPECT_THAT(LastLine(out), HasSubstr(R"("findings":2,"printed":1)"));
}

TEST(Scan, ValuesComeOutOnlyWhenTheyAreRevealed) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak);
  const std::string value = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
  for (const char* arguments :
       {"scan app.log", "scan app.log --format jsonl", "scan app.log --stream",
        "scan app.log --verbose --min-severity info"}) {
    const Outcome outcome = workshop.Run(arguments);
    EXPECT_THAT(outcome.out + outcome.err, Not(HasSubstr(value))) << arguments;
  }
  EXPECT_THAT(workshop.Run("scan app.log --reveal").out, HasSubstr(value));
  EXPECT_THAT(workshop.Run("scan app.log --reveal --format jsonl").out,
              HasSubstr(value));
}

TEST(Scan, WhatTheReportSaysToPasteWorks) {
  const Workshop workshop;
  workshop.Write("it's here/app.log", kClean + kLeak);
  const std::string report = workshop.Run("scan \"it's here\"").out;
  EXPECT_EQ(workshop.Shell(Entry(report, "look")).out, kLeak) << report;
  const std::size_t at = report.find(" --format jsonl");
  ASSERT_NE(at, report.npos) << report;
  const std::size_t begin = report.rfind('\n', at) + 1;
  const std::string command =
      report.substr(begin, report.find('\n', at) - begin);
  EXPECT_THAT(workshop.Shell(command).out, StartsWith("{\"type\":\"finding\""));
}

TEST(Scan, TheLinesOfTheReportSilenceTheirRow) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak);
  workshop.Write("other.log",
                 "{\"consumer\":\"" + kLeak.substr(46, 36) + "\"}\n");
  for (int left = 2; left > 0; --left) {
    const std::string report = workshop.Run("scan app.log other.log").out;
    const std::size_t begin = report.find("[[allow]]");
    ASSERT_NE(begin, report.npos) << report;
    const std::size_t end = report.find("\n\n", begin);
    workshop.Write("logspill.toml", workshop.Read("logspill.toml") +
                                        report.substr(begin, end - begin) +
                                        "\n");
  }
  const Outcome outcome = workshop.Run("scan app.log other.log");
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
}

TEST(Scan, AHoleOfACallSiteIsOneRowAndOneAllowedPlace) {
  const Workshop workshop;
  workshop.Write("src/app.py",
                 "import logging\n"
                 "LOG = logging.getLogger(__name__)\n"
                 "def serve(path):\n"
                 "    LOG.info('Served the page at %s', path)\n");
  const std::string id = kLeak.substr(46, 36);
  workshop.Write("app.log", "INFO Served the page at /users/" + id +
                                "\nINFO Served the page at /mail/user/" + id +
                                "\nINFO Served the page at /x?user=" + id +
                                "\n");
  const std::string report = workshop.Run("scan app.log --source src").out;
  EXPECT_THAT(report, HasSubstr("3 findings in 1 place "));
  EXPECT_THAT(report, HasSubstr("app.py:4"));
  const std::size_t begin = report.find("[[allow]]");
  ASSERT_NE(begin, report.npos) << report;
  workshop.Write("logspill.toml",
                 report.substr(begin, report.find("\n\n", begin) - begin));
  EXPECT_THAT(workshop.Read("logspill.toml"), HasSubstr("site = "));
  const Outcome outcome = workshop.Run("scan app.log --source src");
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  EXPECT_EQ(workshop.Run("scan app.log").status, 1);
}

TEST(Scan, AnAllowedPlaceStillTellsWhoseTheValueIsElsewhere) {
  const Workshop workshop;
  const std::string id = kLeak.substr(46, 36);
  workshop.Write("a.log", "consumer " + id + " gone\nbare thing " + id + "\n");
  workshop.Write("b.log", "bare thing " + id + " seen\n");
  const auto run_with = [&](const std::string& path) {
    workshop.Write("logspill.toml",
                   "[[allow]]\nclass = 'consumer_uuid'\npath = '" + path +
                       "'\nreason = 'a test'\n");
    return workshop.Run("scan a.log b.log --format jsonl").out;
  };
  std::string out = run_with("a.log");
  EXPECT_THAT(out, HasSubstr("\"input\":\"b.log\""));
  EXPECT_THAT(out, Not(HasSubstr("\"input\":\"a.log\"")));
  EXPECT_THAT(out, HasSubstr("\"allowed\":2"));
  out = run_with("b.log");
  EXPECT_THAT(out, HasSubstr("\"input\":\"a.log\""));
  EXPECT_THAT(out, Not(HasSubstr("\"input\":\"b.log\"")));
  EXPECT_THAT(out, HasSubstr("\"allowed\":1"));
}

TEST(Scan, ALongRecordHasOneTimeInAllItsWindows) {
  const Workshop workshop;
  const std::string leak = "consumer " + kLeak.substr(46, 36);
  std::string filler;
  while (filler.size() < (3U << 20)) filler += "word ";
  workshop.Write("a.log", "2026-11-22 21:00:33.638 " + leak + " " + filler +
                              leak + "\nno time: " + filler + leak + "\n");
  const std::string out = workshop.Run("scan a.log --format jsonl").out;
  std::size_t timed = 0;
  std::size_t untimed = 0;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) {
    if (line.find("\"type\":\"finding\"") == line.npos) continue;
    timed += line.find("\"time\":\"2026-11-22T21:00:33.638\"") != line.npos;
    untimed += line.find("\"time\":null") != line.npos;
  }
  EXPECT_EQ(timed, 2U) << out;
  EXPECT_EQ(untimed, 1U) << out;
}

TEST(Scan, AStreamAmendsWhatItPrintedUnderTwoClasses) {
  const Workshop workshop;
  const std::string id = kLeak.substr(46, 36);
  workshop.Write("a.log", "consumer " + id + " gone\nbare thing " + id + "\n");
  const std::string out =
      workshop.Run("scan a.log --stream --format jsonl --min-severity low").out;
  EXPECT_THAT(out, HasSubstr("\"class\":\"uuid\""));
  EXPECT_THAT(out, HasSubstr("{\"type\":\"identity\""));
}

TEST(Scan, TwoHolesOfACallAreSilencedApart) {
  const Workshop workshop;
  workshop.Write("src/app.py",
                 "import logging\n"
                 "LOG = logging.getLogger(__name__)\n"
                 "def move(src, dst):\n"
                 "    LOG.info('Moving from %s over to %s', src.user_id,"
                 " dst.user_id)\n");
  workshop.Write("app.log",
                 "INFO Moving from " + kLeak.substr(46, 36) +
                     " over to 0b9e1c52-5d0f-4a41-9a56-3a1f0c6e1d27\n");
  const std::string report = workshop.Run("scan app.log --source src").out;
  EXPECT_THAT(report, HasSubstr("2 findings in 2 places"));
  const std::size_t begin = report.find("[[allow]]");
  ASSERT_NE(begin, report.npos) << report;
  workshop.Write("logspill.toml",
                 report.substr(begin, report.find("\n\n", begin) - begin));
  EXPECT_THAT(workshop.Run("scan app.log --source src").out,
              HasSubstr("1 finding in 1 place"));
}

TEST(Scan, AnAllowedFieldIsAllowedAtAnySeverity) {
  const Workshop workshop;
  workshop.Write("app.log", "srv client_ip=8.8.4.77 ok\n");
  workshop.Write("logspill.toml",
                 "[[allow]]\nfield = 'client_ip'\nreason = 'a test'\n");
  for (const char* severity : {"low", "medium"}) {
    const Outcome outcome = workshop.Run(
        std::string("scan app.log --fail-on low --min-severity ") + severity);
    EXPECT_EQ(outcome.status, 0) << severity << outcome.out;
  }
}

TEST(Scan, AnEscapedBlockWithoutItsEndIsFoundAsFarAsARegionGoes) {
  const Workshop workshop;
  for (const char* blank : {"%20", "\\u0020", " "}) {
    for (const std::size_t size :
         {std::size_t{1} << 14, std::size_t{1} << 18}) {
      std::string text = "k=-----BEGIN RSA PRIVATE KEY-----";
      for (std::size_t at = 0; (at = text.find(' ', at)) != text.npos;
           at += std::string(blank).size()) {
        text.replace(at, 1, blank);
      }
      text += "MIIEpAIBAAKCAQEAq9MIIEpAIBAAKCAQEAq9";
      while (text.size() < size) text += " text";
      workshop.Write("app.log", text + "\n");
      const Outcome outcome = workshop.Run("scan app.log --format jsonl");
      EXPECT_EQ(outcome.status, 1) << blank << size;
      EXPECT_THAT(outcome.out, HasSubstr("\"findings\":1,")) << blank << size;
    }
  }
}

TEST(Scan, EachOfManyEscapedHeadsInOneRecordIsFound) {
  const Workshop workshop;
  constexpr std::size_t kHeads = 20'000;  // more than one decoded window
  std::string text = "x=";
  for (std::size_t i = 0; i < kHeads; ++i) {
    text += "-----BEGIN%20RSA%20PRIVATE%20KEY-----%0A x y z%0A";
  }
  workshop.Write("app.log", text + "\n");
  EXPECT_THAT(workshop.Run("scan app.log --format jsonl | tail -n 1").out,
              HasSubstr("\"findings\":" + std::to_string(kHeads) + ","));
}

TEST(Scan, ABaselineLeavesOutWhatWasThereAndNothingElse) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak);
  EXPECT_EQ(workshop.Run("scan app.log --write-baseline known.toml").status, 1);
  EXPECT_EQ(workshop.Mode("known.toml"), 0600U);
  EXPECT_THAT(workshop.Read("known.toml"), Not(HasSubstr("f81d4fae")));
  EXPECT_EQ(workshop.Run("scan app.log --baseline known.toml").status, 0);
  workshop.Write("app.log", kLeak + "refund to GB82WEST12345698765432 sent\n");
  EXPECT_EQ(workshop.Run("scan app.log --baseline known.toml").status, 1);
}

TEST(Scan, ItsCacheIsPrivate) {
  const Workshop workshop;
  workshop.Write("app.log", kClean);
  const Outcome outcome = workshop.Shell(
      "umask 000; XDG_CACHE_HOME=$PWD/cache logspill scan app.log >/dev/null;"
      "stat -c %a cache/logspill");
  EXPECT_EQ(outcome.out, "700\n") << outcome.err;
}

}  // namespace
}  // namespace logspill
