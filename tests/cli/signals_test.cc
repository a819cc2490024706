// Signals: one stop, however often it is said, ends with the summary; a second
// one ends at once.  Nothing is timed but the sleep between two stops.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/cli/workshop.h"

namespace logspill {
namespace {

using ::testing::HasSubstr;

const std::string kLeak =
    "ID for consumer f81d4fae-7dec-11d0-a765-00a0c91e6bf6 was different\n";

// Far more than a pipe holds: when it is written, the scan reads.
const std::string kBegin =
    "mkfifo pipe; exec 3<>pipe\n"
    "logspill scan - --format jsonl --output report <&3 & pid=$!\n"
    "yes nothing | head -c 1000000 >&3\n";

TEST(Signals, TwoAtOnceAreOneStop) {
  for (const char* second : {"INT", "TERM"}) {
    const Workshop workshop;
    const Outcome outcome = workshop.Shell(kBegin + "kill -TERM $pid; kill -" +
                                           second + " $pid; wait $pid");
    EXPECT_EQ(outcome.status, 3) << outcome.err;
    EXPECT_THAT(workshop.Read("report"), HasSubstr(R"("interrupted":true)"));
    EXPECT_EQ(workshop.Shell("ls").out, "pipe\nreport\n");
  }
}

// The first stop waits for a reader that never comes.
TEST(Signals, ASecondStopEndsAtOnce) {
  const Workshop workshop;
  std::string text;
  for (int i = 0; i < 5'000; ++i) text += kLeak;
  workshop.Write("app.log", text);
  const Outcome outcome = workshop.Shell(
      "mkfifo pipe; exec 3<>pipe\n"
      "logspill scan app.log --format jsonl --stream >&3 & pid=$!\n"
      "head -c 1000 <&3 >/dev/null\n"
      "kill -INT $pid; sleep 1; kill -INT $pid; wait $pid");
  EXPECT_EQ(outcome.status, 130) << outcome.err;
}

// The baseline is a pipe that no one writes: nothing has been scanned.
TEST(Signals, WhatEndsAtOnceLeavesNoFileBehind) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak);
  const Outcome outcome = workshop.Shell(
      "mkfifo pipe\n"
      "logspill scan app.log --baseline pipe --output report & pid=$!\n"
      "until ls report.* >/dev/null 2>&1; do sleep 0.05; done\n"
      "kill -TERM $pid; wait $pid");
  EXPECT_EQ(outcome.status, 143) << outcome.err;
  EXPECT_EQ(workshop.Shell("ls").out, "app.log\npipe\n");
}

}  // namespace
}  // namespace logspill
