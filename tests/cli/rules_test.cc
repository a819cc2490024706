// `rules new` and `rules import`, as a user runs them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/cli/workshop.h"

namespace logspill {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const std::string kTheirs =
    "[[rules]]\nid = 'acme-deploy'\nregex = '''\\b(acmd_[a-z0-9]{32})\\b'''\n"
    "keywords = ['acmd_']\n"
    "[[rules.allowlists]]\nstopwords = ['0000']\n"
    "[[rules]]\nid = 'acme-look'\nregex = '''(?<=k)[a-z]{9}'''\n";
const std::string kAcme = "acmd_q8w7e6r5t4y3u2i1o9p8a7s6d5f4g3h2";

TEST(RulesList, IsReadByPrograms) {
  const Workshop workshop;
  const Outcome outcome =
      workshop.Run("rules list --format jsonl --enable fin.card");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(
      outcome.out,
      StartsWith(R"({"type":"rule","schema":"logspill/1","id":"fin.card",)"));
  EXPECT_THAT(outcome.out,
              HasSubstr(R"("kind":"card","severity":"high","verified":true,)"
                        R"("tags":["ccpa","gdpr","glba","pci"],)"));
}

TEST(RulesNew, WhatItPrintsLoadsAndPassesItsTest) {
  const Workshop workshop;
  ASSERT_EQ(workshop.Run("rules new > mine.toml").status, 0);
  const Outcome outcome =
      workshop.Run("rules test --rules mine.toml --enable my.order");
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  EXPECT_EQ(outcome.out, "1 rule, 4 examples: all as they should be\n");
  workshop.Write("app.log", "order ORD-2026-7C1B2D was paid\n");
  EXPECT_THAT(workshop.Run("scan app.log --rules mine.toml --format jsonl").out,
              HasSubstr(R"("rule":"my.order")"));
}

TEST(RulesNew, TakesAnId) {
  const Workshop workshop;
  ASSERT_EQ(workshop.Run("rules new acme.badge --output mine.toml").status, 0);
  EXPECT_THAT(workshop.Read("mine.toml"), Not(HasSubstr("my.order")));
  const Outcome outcome =
      workshop.Run("rules test --rules mine.toml --enable acme.badge");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(workshop.Run("rules new 'Acme Badge'").status, 2);
}

TEST(RulesNew, OverwritesNothingUnasked) {
  const Workshop workshop;
  workshop.Write("mine.toml", "precious");
  const Outcome outcome = workshop.Run("rules new --output mine.toml");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.err,
            "logspill: mine.toml: exists; --force overwrites it\n");
  EXPECT_EQ(workshop.Read("mine.toml"), "precious");
  EXPECT_EQ(workshop.Run("rules new --output mine.toml --force").status, 0);
  EXPECT_THAT(workshop.Read("mine.toml"), HasSubstr("[[rule]]"));
}

TEST(RulesImport, WhatItWritesIsScannedWith) {
  const Workshop workshop;
  workshop.Write("theirs.toml", kTheirs);
  workshop.Write("app.log", "deploy with " + kAcme + " done\n");
  const Outcome made = workshop.Run("rules import theirs.toml > ours.toml");
  EXPECT_EQ(made.status, 3) << "a rule was left out";
  EXPECT_THAT(made.err, HasSubstr("theirs.toml:9:9: rule acme-look: not taken "
                                  "over: lookbehind (?<=, at byte 0 of its "
                                  "regex\n"));
  EXPECT_THAT(made.err, HasSubstr("logspill: 1 of 2 rules taken over; 1 not"));
  const Outcome tested =
      workshop.Run("rules test --rules ours.toml --enable 'imported.*'");
  EXPECT_EQ(tested.status, 0) << tested.out << tested.err;
  const Outcome outcome =
      workshop.Run("scan app.log --rules ours.toml --format jsonl");
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr(R"("rule":"imported.acme-deploy")"));
  EXPECT_THAT(outcome.out, HasSubstr(R"("span":[12,49])"));
}

TEST(RulesImport, ItsAllowlistsGoIntoTheConfiguration) {
  const Workshop workshop;
  workshop.Write("theirs.toml", kTheirs);
  workshop.Write("app.log", "with acmd_q8w7e6r5t4y3u2i1o9p80000d5f4g3h2\n");
  const Outcome made = workshop.Run(
      "rules import theirs.toml --output ours.toml --allow logspill.toml");
  EXPECT_EQ(made.status, 3) << made.err;
  EXPECT_EQ(made.out, "");
  const Outcome outcome = workshop.Run("scan app.log --rules ours.toml");
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out,
              HasSubstr("allowed by configuration or baseline: 1"));
}

TEST(RulesImport, AnEntropyThatIsTooLowIsShownByTheTest) {
  const Workshop workshop;
  workshop.Write("theirs.toml",
                 "[[rules]]\nid = 'a'\nregex = 'acmd_([a-z]{8})'\n"
                 "entropy = 2\nkeywords = ['acmd_']\n");
  ASSERT_EQ(workshop.Run("rules import theirs.toml > ours.toml").status, 0);
  workshop.Shell(
      "sed -i \"s/^match .*/match = ['acmd_abababab', "
      "'acmd_abcdefgh']/\" ours.toml");
  const Outcome outcome =
      workshop.Run("rules test --rules ours.toml --enable imported.a");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.out, HasSubstr("  | acmd_abababab\n"
                                     "  |      ^^^^^^^^ entropy 1.00, less "
                                     "than 2\n"));
}

TEST(RulesImport, RefusesWhatIsNoRuleFile) {
  const Workshop workshop;
  workshop.Write("broken.toml", "[[rules]\n");
  Outcome outcome = workshop.Run("rules import broken.toml");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, HasSubstr("broken.toml:1:"));
  EXPECT_THAT(outcome.err, HasSubstr("  1 | [[rules]\n"));
  workshop.Write("empty.toml", "title = 'nothing'\n");
  outcome = workshop.Run("rules import empty.toml");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.err, "logspill: empty.toml: no [[rules]] in it\n");
  workshop.Write("none.toml", "[[rules]]\nid = 'a'\npath = 'x'\n");
  outcome = workshop.Run("rules import none.toml");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.out, "");
  for (const char* no_file : {".", "/dev/zero"}) {
    outcome = workshop.Run(std::string("rules import ") + no_file);
    EXPECT_EQ(outcome.status, 2) << no_file;
    EXPECT_THAT(outcome.err, HasSubstr(": is no file")) << no_file;
  }
}

TEST(RulesImport, WritesOverNothingThatItReadsOrHasWritten) {
  const Workshop workshop;
  workshop.Write("theirs.toml", kTheirs);
  for (const char* files :
       {"--output theirs.toml", "--output a.toml --allow a.toml",
        "--allow ./theirs.toml", "--allow theirs.toml"}) {
    const Outcome outcome =
        workshop.Run(std::string("rules import theirs.toml --force ") + files);
    EXPECT_EQ(outcome.status, 2) << files;
    EXPECT_THAT(outcome.err, HasSubstr("twice")) << files;
    EXPECT_THAT(workshop.Shell("cat theirs.toml").out, HasSubstr("[[rules]]"));
  }
}

}  // namespace
}  // namespace logspill
