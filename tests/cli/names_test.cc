// Names that the user writes: of rules, of classes, of key files.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/cli/workshop.h"

namespace logspill {
namespace {

using ::testing::ContainsRegex;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const std::string kLeak =
    "ID for consumer f81d4fae-7dec-11d0-a765-00a0c91e6bf6 was different\n";

TEST(Names, AClassThatNothingGivesIsAnError) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak);
  const Outcome outcome = workshop.Run("scan app.log --class consumer_uiud");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "logspill: --class: no rule or subject gives a class "
            "'consumer_uiud'; did you mean 'consumer_uuid'?\n");
  EXPECT_EQ(workshop.Run("scan app.log --class nope").status, 2);
}

TEST(Names, ClassesOfRulesAndSubjectsAreKnown) {
  const Workshop workshop;
  workshop.Write("app.log", "nothing\n");
  workshop.Write("logspill.toml", "[subjects.mieter]\nwords = ['mieter']\n");
  for (const char* name : {"consumer_uuid", "user_id", "email", "mac", "ip",
                           "uuid", "request_id", "mieter_uuid", "iban"}) {
    const Outcome outcome =
        workshop.Run(std::string("scan app.log --class ") + name);
    EXPECT_EQ(outcome.status, 0) << name << outcome.err;
  }
  // One of a rule that is not enabled is no slip.
  EXPECT_EQ(workshop.Run("scan app.log --enable id.uuid --class iban").status,
            0);
}

// As with --min-severity: what is not printed still counts.
TEST(Names, AClassChoosesWhatIsPrintedAndNotTheStatus) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak);
  Outcome outcome = workshop.Run("scan app.log --class iban");
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_THAT(
      outcome.out,
      HasSubstr("\nno findings of class iban, severity medium or above; "
                "1 finding of other classes\n"));
  outcome = workshop.Run("scan app.log --class iban --class consumer_uuid");
  EXPECT_THAT(
      outcome.out,
      HasSubstr("\n1 finding in 1 place of class iban or consumer_uuid, "
                "severity medium or above\n"));
  workshop.Write("app.log", "nothing\n");
  EXPECT_EQ(workshop.Run("scan app.log --class iban").status, 0);
}

TEST(Names, AnAllowEntryThatCanAllowNothingIsWarnedOf) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak);
  workshop.Write("logspill.toml",
                 "[[allow]]\nrule = 'id.uuix'\nreason = 'r'\n"
                 "[[allow]]\nclass = 'consumer_uiud'\nreason = 'r'\n"
                 "[[allow]]\nrule = 'fin.iban'\nclass = 'iban'\n"
                 "reason = 'right, and not enabled'\n");
  const Outcome outcome = workshop.Run("scan app.log --enable id.uuid");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err,
            "logspill: logspill.toml:1: this [[allow]] entry allows nothing: "
            "there is no rule 'id.uuix'; did you mean 'id.uuid'?\n"
            "logspill: logspill.toml:4: this [[allow]] entry allows nothing: "
            "no rule or subject gives a class 'consumer_uiud'; did you mean "
            "'consumer_uuid'?\n");
}

// ---- tags

const std::string kCardAndMail =
    "paid with 4111111111111111 by jane.doe@acme-shop.de\n";

TEST(Tags, ChooseTheRulesOfAScan) {
  const Workshop workshop;
  workshop.Write("app.log", kCardAndMail);
  const Outcome all = workshop.Run("scan app.log --format jsonl");
  EXPECT_THAT(all.out, HasSubstr(R"("kind":"email")"));
  const Outcome outcome =
      workshop.Run("scan app.log --format jsonl --min-severity info --tag pci");
  EXPECT_EQ(outcome.status, 0) << outcome.err;  // a number of documentation
  EXPECT_THAT(outcome.out, HasSubstr(R"("rule":"fin.card")"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("email")));
}

TEST(Tags, AreShownInReports) {
  const Workshop workshop;
  workshop.Write("app.log", kCardAndMail);
  const std::string scan = "scan app.log --min-severity info --enable fin.card";
  EXPECT_THAT(workshop.Run(scan + " --format jsonl").out,
              HasSubstr(R"("tags":["ccpa","gdpr","glba","pci"],"class":)"));
  EXPECT_THAT(workshop.Run(scan).out,
              HasSubstr("\n   tags     ccpa, gdpr, glba, pci\n"));
}

TEST(Tags, AreConfigured) {
  const Workshop workshop;
  workshop.Write("app.log", kCardAndMail);
  workshop.Write("logspill.toml", "[scan]\ntag = ['pci']\n");
  EXPECT_THAT(workshop.Run("scan app.log --format jsonl").out,
              Not(HasSubstr("email")));
  EXPECT_THAT(workshop.Run("config").out,
              ContainsRegex("tag +pci +logspill.toml:2"));
}

TEST(Tags, ThatNoRuleHasAreAnError) {
  const Workshop workshop;
  workshop.Write("app.log", kCardAndMail);
  const Outcome outcome = workshop.Run("scan app.log --tag gpdr");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(
      outcome.err,
      "logspill: tag: no rule has the tag 'gpdr'; did you mean 'gdpr'?\n");
  EXPECT_THAT(workshop.Run("rules list --tag nonsense").err,
              HasSubstr("there are ccpa, gdpr,"));
}

TEST(Tags, ChooseWhatIsListed) {
  const Workshop workshop;
  const Outcome outcome = workshop.Run("rules list --tag pci");
  EXPECT_THAT(outcome.out, HasSubstr("fin.card"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("pii.email")));
}

// ---- base 64

// {"sub":"jane.doe@acme-shop.de","iat":1516239022}, as a claim set and alone.
const std::string kClaims =
    "eyJzdWIiOiJqYW5lLmRvZUBhY21lLXNob3AuZGUiLCJpYXQiOjE1MTYyMzkwMjJ9";

TEST(Decode, LooksInsideBase64WhereItIsAskedTo) {
  const Workshop workshop;
  workshop.Write("app.log", "queued body=" + kClaims + " ok\n");
  EXPECT_EQ(workshop.Run("scan app.log --enable pii.email").status, 0);
  const Outcome outcome = workshop.Run(
      "scan app.log --enable pii.email --decode base64 --format jsonl");
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr(R"("span":[20,52])"));
  const Outcome shown = workshop.Run(
      "scan app.log --enable pii.email --decode base64 --reveal "
      "--format jsonl");
  EXPECT_THAT(shown.out, HasSubstr(R"("value":"jane.doe@acme-shop.de")"));
}

TEST(Decode, ItsExcerptShowsNothingOfTheRun) {
  const Workshop workshop;
  workshop.Write("app.log", "queued body=" + kClaims + " ok\n");
  const Outcome outcome =
      workshop.Run("scan app.log --decode base64 --format jsonl");
  EXPECT_THAT(outcome.out,
              HasSubstr(R"("excerpt":"queued body=[...][email][...]")"));
}

TEST(Decode, WhatATokenClaimsIsAFindingOfItsOwn) {
  const Workshop workshop;
  workshop.Write("app.log",
                 "bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9." + kClaims +
                     ".q8w7e6r5t4y3u2i1o9p8a7s6d5f4g3h2j1k0l9z8x7c\n");
  const std::string scan = "scan app.log --format jsonl";
  EXPECT_THAT(workshop.Run(scan).out, Not(HasSubstr("pii.email")));
  const Outcome outcome = workshop.Run(scan + " --decode base64");
  EXPECT_THAT(outcome.out, HasSubstr(R"("kind":"jwt")"));
  EXPECT_THAT(outcome.out, HasSubstr(R"("rule":"pii.email")"));
}

TEST(Decode, IsConfiguredAndChecked) {
  const Workshop workshop;
  workshop.Write("app.log", kClaims + "\n");
  workshop.Write("logspill.toml", "[scan]\ndecode = 'base64'\n");
  EXPECT_EQ(workshop.Run("scan app.log").status, 1);
  const Outcome outcome = workshop.Run("scan app.log --decode base46");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("did you mean 'base64'?"));
}

// ---- rules

TEST(Rules, ThoseThatCouldNotBeLookedUpAreListed) {
  const Workshop workshop;
  const std::string rule =
      "kind = 'other-id'\npattern = '''badge-[0-9]{5}'''\nseverity = 'low'\n"
      "title = 'Badge'\nsource = 'hearsay'\n"
      "match = ['badge-12345', 'badge-54321']\n"
      "no_match = ['badge-1234', '12345']\n";
  workshop.Write("mine.toml",
                 "[[rule]]\nid = 'my.sure'\n" + rule +
                     "[[rule]]\nid = 'my.unsure'\nverified = false\n" + rule);
  const std::string list = "rules list --rules mine.toml --enable 'my.*'";
  EXPECT_THAT(workshop.Run(list).out, HasSubstr("my.sure"));
  EXPECT_THAT(workshop.Run(list).out,
              EndsWith("\n2 rules; the format of 1 could not be looked up "
                       "(--unverified)\n"));
  const Outcome outcome = workshop.Run(list + " --unverified");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, Not(HasSubstr("my.sure")));
  EXPECT_THAT(outcome.out, HasSubstr("my.unsure"));
}

TEST(Rules, ABrokenRuleOfTheUserIsShownWhereItIsBroken) {
  const Workshop workshop;
  const std::string head =
      "[[rule]]\nid = 'my.badge'\ntitle = 'Badge'\nkind = 'other-id'\n"
      "pattern = '''badge (?P<value>[A-Z]{3}[0-9]{5})'''\n"
      "severity = 'medium'\nsource = 'our door'\n";
  const std::string examples =
      "match = ['badge ABC12345', 'badge XYZ00001 in']\n"
      "no_match = ['badge ABC1234', 'ABC12345']\n";
  workshop.Write("mine.toml", head + examples);
  Outcome outcome = workshop.Run("rules test --rules mine.toml");
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;

  workshop.Write("mine.toml",
                 head +
                     "match = ['badge ABC12345', 'badge abc12345']\n"
                     "no_match = ['badge XYZ00001', 'ABC12345']\n");
  outcome = workshop.Run("rules test --rules mine.toml");
  EXPECT_NE(outcome.status, 0);
  const std::string all = outcome.out + outcome.err;
  EXPECT_THAT(all, HasSubstr("mine.toml:1"));
  EXPECT_THAT(all, HasSubstr("rule my.badge misses its match example\n"
                             "  | badge abc12345\n"
                             "  | ^ the pattern matches nowhere\n"));
  EXPECT_THAT(all, HasSubstr("rule my.badge matches its no_match example\n"
                             "  | badge XYZ00001\n"
                             "  |       ^^^^^^^^ found here\n"));

  workshop.Write("mine.toml", head + "validate = 'iban_mod79'\n" + examples);
  outcome = workshop.Run("rules test --rules mine.toml");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, StartsWith("logspill: mine.toml:8:"));
  EXPECT_THAT(outcome.err, HasSubstr("did you mean 'iban_mod97'?"));
}

TEST(Key, AFileThatIsNoKeyIsRefusedAndNeverPrinted) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak);
  workshop.Write("short.key", "hunter2hunter2");
  workshop.Write("huge.key", std::string(5000, 'h'));
  workshop.Shell("chmod 600 *.key; mkdir folder.key; mkfifo -m 600 pipe.key");
  for (const char* name :
       {"short.key", "huge.key", "folder.key", "pipe.key", "missing.key"}) {
    const Outcome outcome =
        workshop.Run(std::string("scan app.log --key-file ") + name);
    EXPECT_EQ(outcome.status, 2) << name;
    EXPECT_EQ(outcome.out, "") << name;
    EXPECT_THAT(outcome.err,
                StartsWith("logspill: " + std::string(name) + ": "));
    EXPECT_THAT(outcome.err, Not(HasSubstr("hunter2")));
    EXPECT_THAT(outcome.err, Not(HasSubstr("hhhh")));
  }
}

}  // namespace
}  // namespace logspill
