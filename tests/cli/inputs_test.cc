// What is scanned, and what must not be: the scan's own output, nothing at all.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/cli/workshop.h"

namespace logspill {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kLeak =
    "ID for consumer f81d4fae-7dec-11d0-a765-00a0c91e6bf6 was different\n";

TEST(Inputs, TheReportBelowTheScannedFolderIsNotScanned) {
  const Workshop workshop;
  workshop.Write("logs/app.log", kLeak);
  // What a scan before left is replaced, so it is no input either.
  workshop.Write("logs/report", kLeak);
  workshop.Write("logs/piped", kLeak);
  const std::string scan = "logspill scan logs --format jsonl ";
  EXPECT_EQ(
      workshop.Shell("rm logs/piped;" + scan + "--output logs/report").status,
      1);
  const std::string report = workshop.Read("logs/report");
  EXPECT_THAT(report, HasSubstr(R"("findings":1,)"));
  EXPECT_THAT(report, HasSubstr(R"("inputs":1,)"));
  EXPECT_THAT(report, HasSubstr(R"("input":"logs/report","member":null,)"
                                R"("reason":"output")"));
  // The random name of the file in the making is no one's business.
  EXPECT_THAT(report, Not(HasSubstr("logs/report.")));
  EXPECT_EQ(workshop.Shell("rm logs/report;" + scan + "> logs/piped").status,
            1);
  const std::string piped = workshop.Read("logs/piped");
  EXPECT_THAT(piped, HasSubstr(R"("inputs":1,)"));
  EXPECT_THAT(piped, HasSubstr(R"("input":"logs/piped","member":null,)"
                               R"("reason":"output")"));
}

TEST(Inputs, AFileCannotBeBothInputAndOutput) {
  const Workshop workshop;
  for (const char* command :
       {"logspill scan app.log --output app.log",
        "logspill scan app.log >> app.log",
        "logspill scan - < app.log >> app.log",
        "ln app.log other; logspill scan other --output app.log"}) {
    workshop.Write("app.log", kLeak);
    const Outcome outcome = workshop.Shell(command);
    EXPECT_EQ(outcome.status, 2) << command;
    EXPECT_THAT(outcome.err, HasSubstr("is also the output")) << command;
    EXPECT_EQ(workshop.Read("app.log"), kLeak) << command;
  }
}

TEST(Inputs, AFileNamedTwiceIsCountedOnce) {
  const Workshop workshop;
  workshop.Write("logs/app.log", kLeak);
  const Outcome outcome = workshop.Run(
      "scan logs/app.log logs/app.log logs/../logs/app.log logs "
      "--format jsonl");
  EXPECT_THAT(outcome.out, HasSubstr(R"("findings":1,)"));
}

TEST(Inputs, PatternsThatMatchNothingAreWrongUse) {
  const Workshop workshop;
  workshop.Write("logs/app.log", kLeak);
  for (const char* arguments :
       {"scan logs --include '*.nope'", "scan logs --exclude '*'"}) {
    const Outcome outcome = workshop.Run(arguments);
    EXPECT_EQ(outcome.status, 2) << arguments;
    EXPECT_EQ(outcome.out, "") << arguments;
    EXPECT_THAT(outcome.err, HasSubstr("no file matches; nothing was scanned"))
        << arguments;
  }
  // What the user named needs no pattern.
  EXPECT_EQ(workshop.Run("scan logs/app.log --include '*.nope'").status, 1);
}

TEST(Inputs, AnEmptyFolderIsNoCleanBill) {
  const Workshop workshop;
  workshop.Shell("mkdir empty");
  const Outcome outcome = workshop.Run("scan empty");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.err, HasSubstr("nothing was scanned"));
  EXPECT_THAT(outcome.out, HasSubstr("nothing was scanned"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("no findings")));
}

// Several times what the spool holds in memory; the file is taken from it while
// the scan still reads.  (A word with /proc/ in it keeps descriptors open to
// their owner.)
TEST(Inputs, FindingsThatCannotBeReadBackMakeTheScanIncomplete) {
  const Workshop workshop;
  const Outcome outcome = workshop.Shell(
      "mkfifo pipe; mkdir spool; exec 3<>pipe\n"
      "TMPDIR=$PWD/spool logspill scan - --exclude /proc/x --format jsonl "
      "<pipe >found 3>&- & pid=$!\n"
      "yes '" +
      kLeak.substr(0, kLeak.size() - 1) +
      "' | head -n 400000 >&3\n"
      "for fd in /proc/$pid/fd/*; do\n"
      "  case $(readlink $fd) in *spool*) : > $fd; echo gone;; esac\n"
      "done\n"
      "exec 3>&-; wait $pid");
  ASSERT_EQ(outcome.out, "gone\n") << outcome.err;
  EXPECT_EQ(outcome.status, 3);
  EXPECT_THAT(outcome.err, HasSubstr("cannot read the findings back"));
}

}  // namespace
}  // namespace logspill
