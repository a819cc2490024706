#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/cli/workshop.h"

namespace logspill {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string Mail(int number) {
  return "user" + std::to_string(number) + "@corp-mail.net";
}

// A record every hour, each with a line that belongs to it.
std::string Log() {
  std::string log;
  for (int hour = 10; hour < 20; ++hour) {
    log += "2026-11-22 " + std::to_string(hour) +
           ":00:00,000 - app - INFO - mail " + Mail(hour) +
           "\n  at frame of mail " + Mail(hour + 100) + "\n";
  }
  return log;
}

TEST(Times, LeaveOutWhatLiesOutsideAndCountIt) {
  const Workshop workshop;
  workshop.Write("app.log", Log());
  const Outcome outcome = workshop.Run(
      "scan app.log --format jsonl --min-severity info --since "
      "2026-11-22T12:00:00Z --until '2026-11-22 14:00'");
  EXPECT_THAT(
      outcome.out,
      HasSubstr("\"skipped_by_time\":{\"findings\":16,\"records\":16}"));
  EXPECT_THAT(outcome.out, HasSubstr("\"findings\":4,"));
}

TEST(Times, ADayThatNoMonthHasIsRefused) {
  const Workshop workshop;
  workshop.Write("app.log", Log());
  for (const char* day :
       {"2026-02-30", "2026-02-29T10:00:00Z", "'2026-04-31 10:00'"}) {
    const Outcome outcome =
        workshop.Run("scan app.log --since " + std::string(day));
    EXPECT_EQ(outcome.status, 2) << day;
    EXPECT_THAT(outcome.err, HasSubstr("no such day")) << day;
  }
  EXPECT_NE(workshop.Run("scan app.log --since 2024-02-29").status, 2);
}

TEST(Times, BelongToTheRecordBeforeEvenInAnotherBlock) {
  const Workshop workshop;
  std::string frames;
  for (int i = 0; i < 20'000; ++i) frames += "  at a.b.C.run(C.java:12)\n";
  workshop.Write("app.log", "2026-11-22 10:00:00,000 - app - INFO - begin\n" +
                                frames + "  at mail " + Mail(1) + "\n");
  for (const char* threads : {"1", "4"}) {
    const std::string scan =
        "scan app.log --format jsonl --min-severity info "
        "--threads " +
        std::string(threads);
    EXPECT_THAT(workshop.Run(scan + " --since 2026-11-22T11:00:00").out,
                HasSubstr("\"skipped_by_time\":{\"findings\":1,"));
    EXPECT_THAT(workshop.Run(scan + " --since 2026-11-22T09:00:00").out,
                HasSubstr("\"skipped_by_time\":{\"findings\":0,"));
  }
}

TEST(Times, OfRecordsThatPrintNoneAreNeverLeftOut) {
  const Workshop workshop;
  workshop.Write("app.log", "mail " + Mail(1) + "\n");
  EXPECT_THAT(workshop.Run("scan app.log --format jsonl --since 2h").out,
              HasSubstr("\"skipped_by_time\":{\"findings\":0,"));
}

TEST(Times, ThatAreNoneAreRefused) {
  const Workshop workshop;
  workshop.Write("app.log", Log());
  for (const char* text : {"soon", "2026-13-01", "2026-11-22T25", "2 hours",
                           "h", "12", "99999999999999999w", "''"}) {
    const Outcome outcome = workshop.Run("scan app.log --since " +
                                         std::string(1, '"') + text + '"');
    EXPECT_EQ(outcome.status, 2) << text;
    EXPECT_EQ(outcome.out, "") << text;
  }
  const Outcome outcome =
      workshop.Run("scan app.log --since 2026-11-22 --until 2026-11-21");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("is not behind --since"));
}

TEST(Times, AreReadAsPeopleTypeThem) {
  const Workshop workshop;
  workshop.Write("app.log", Log());
  for (const char* text :
       {"2026-11-22", "2026-11-22T21:00", "2026-11-22 21:00:33",
        "2026-11-22T21:00:33.5Z", "2026-11-22T21:00:33+02:00", "90m", "2h ago",
        "7d", "1w", "30s", "now"}) {
    const Outcome outcome =
        workshop.Run("scan app.log --since '" + std::string(text) + "'");
    EXPECT_NE(outcome.status, 2) << text << "\n" << outcome.err;
  }
}

TEST(Formats, OfTheUserAreReadAndChecked) {
  const Workshop workshop;
  workshop.Write("app.log", "22.11.2026 10:00:00 ; mail " + Mail(1) + "\n");
  const std::string format =
      "[[format]]\nname = 'mine'\n"
      "layout = '{time:%d.%m.%Y %H:%M:%S} ; {message}'\n"
      "[[format.example]]\nrecord = '22.11.2026 10:00:00 ; text'\n";
  workshop.Write("mine.toml", format + "message = 'text'\n");
  workshop.Write("logspill.toml", "[scan]\nformats = ['mine.toml']\n");
  EXPECT_THAT(
      workshop.Run("scan app.log --format jsonl --since 2026-11-23").out,
      HasSubstr("\"skipped_by_time\":{\"findings\":1,"));
  workshop.Write("mine.toml", format + "message = 'other'\n");
  const Outcome wrong = workshop.Run("scan app.log");
  EXPECT_EQ(wrong.status, 2);
  EXPECT_THAT(wrong.err, StartsWith("logspill: mine.toml:4:1: message is read "
                                    "as 'text', not as 'other'"));
}

}  // namespace
}  // namespace logspill
