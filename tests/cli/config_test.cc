#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/cli/workshop.h"

namespace logspill {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

const std::string kLeak =
    "ID for consumer f81d4fae-7dec-11d0-a765-00a0c91e6bf6 was different\n";

TEST(Config, AnUnknownKeyIsAnErrorWithACaret) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak);
  workshop.Write("logspill.toml", "[scan]\nmin-severty = 'high'\n");
  const Outcome outcome = workshop.Run("scan app.log");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "logspill: logspill.toml:2:1: unknown key 'min-severty' in [scan]\n"
            "  2 | min-severty = 'high'\n"
            "    | ^ did you mean 'min-severity'?\n");
}

TEST(Config, EveryWrongFileSaysWhereItIsWrong) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak);
  for (const char* text :
       {"[scan]\nthreads = 'two'\n", "[scan]\nthreads = 0\n",
        "[scan]\nreveal = true\n", "[scan]\nsource = 'src'\n",
        "[scan]\nmin-severity = 'bad'\n", "[scan]\nbomb-size = 'x'\n",
        "[scan]\nformat = 1\n", "x = 1\n\n", "\nmin-severity = 'high'\n",
        "[[allow]]\nclass = 'uuid'\n", "[[allow]]\nclas = 'u'\nreason = 'r'\n",
        "[[allow]]\nreason = 'names nothing'\n", "allow = 1\n\n",
        "[subjects.tenant]\nseverity = 'medium'\n",
        "[subjects.tenant]\nwords = 'one'\n", "[scan\n\n",
        "[[allow]]\npattern = '('\nreason = 'r'\n",
        "[[allow]]\nclass = 'u'\nreason = 'r'\nuntil = 'soon'\n"}) {
    workshop.Write("logspill.toml", text);
    const Outcome outcome = workshop.Run("scan app.log");
    EXPECT_EQ(outcome.status, 2) << text;
    EXPECT_EQ(outcome.out, "") << text;
    EXPECT_THAT(outcome.err, StartsWith("logspill: logspill.toml:")) << text;
  }
}

TEST(Config, IsFoundUpwardsAndPathsInItStartAtItsFolder) {
  const Workshop workshop;
  workshop.Write("deep/down/app.log", kLeak);
  workshop.Write("logspill.toml", "[scan]\nkey-file = 'my.key'\n");
  EXPECT_EQ(workshop.Run("key new my.key").status, 0);
  const Outcome outcome =
      workshop.Shell("cd deep/down; logspill scan app.log --format jsonl");
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr(R"("key_from_file":true)"));
}

TEST(Config, TheCommandLineWins) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak);
  workshop.Write("logspill.toml", "[scan]\nfail-on = 'critical'\n");
  EXPECT_EQ(workshop.Run("scan app.log").status, 0);
  EXPECT_EQ(workshop.Run("scan app.log --fail-on low").status, 1);
  workshop.Write("other.toml", "[scan]\nfail-on = 'medium'\n");
  EXPECT_EQ(workshop.Run("scan app.log --config other.toml").status, 1);
}

TEST(Config, SaysWhatIsInForceAndFromWhere) {
  const Workshop workshop;
  workshop.Write("logspill.toml",
                 "[scan]\nfail-on = 'high'\n\n[[allow]]\nclass = 'uuid'\n"
                 "reason = 'tests'\n\n[subjects.tenant]\nwords = ['mieter']\n");
  const Outcome outcome = workshop.Shell(
      "LOGSPILL_KEY_FILE=my.key logspill config --min-severity low");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const auto line = [&](const std::string& name) {
    const std::size_t at = outcome.out.find("\n" + name + " ");
    return at == outcome.out.npos
               ? ""
               : outcome.out.substr(at + 1,
                                    outcome.out.find('\n', at + 1) - at - 1);
  };
  EXPECT_THAT(line("fail-on"), MatchesRegex("fail-on +high +logspill.toml:2"));
  EXPECT_THAT(line("min-severity"),
              MatchesRegex("min-severity +low +command line"));
  EXPECT_THAT(line("key-file"),
              MatchesRegex("key-file +my.key +LOGSPILL_KEY_FILE"));
  EXPECT_THAT(line("format"), MatchesRegex("format +text +default"));
  EXPECT_THAT(outcome.out, HasSubstr("class uuid, reason: tests"));
  EXPECT_THAT(outcome.out, HasSubstr("tenant: mieter"));
}

TEST(Config, ASubjectOfTheUserNamesItsClass) {
  const Workshop workshop;
  workshop.Write("app.log",
                 "mieter_uuid=f81d4fae-7dec-11d0-a765-00a0c91e6bf6 ok\n");
  const std::string before = workshop.Run("scan app.log --format jsonl").out;
  EXPECT_THAT(before, Not(HasSubstr("mieter_uuid\":{")));
  workshop.Write("logspill.toml", "[subjects.mieter]\nwords = ['mieter']\n");
  const Outcome outcome = workshop.Run("scan app.log --format jsonl");
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr(R"("class":"mieter_uuid")"));
}

TEST(Config, WhatItAllowsIsCountedAndNotReported) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak);
  workshop.Write("logspill.toml",
                 "[[allow]]\nclass = 'consumer_uuid'\nreason = 'a test'\n");
  const Outcome outcome = workshop.Run("scan app.log");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out,
              HasSubstr("allowed by configuration or baseline: 1 finding"));
}

TEST(Key, IsMadePrivateAndNeverOverwritten) {
  const Workshop workshop;
  const Outcome made = workshop.Run("key new my.key");
  EXPECT_EQ(made.status, 0) << made.err;
  EXPECT_EQ(workshop.Mode("my.key"), 0600U);
  const std::string secret = workshop.Read("my.key");
  EXPECT_THAT(made.out + made.err, Not(HasSubstr(secret.substr(0, 16))));
  EXPECT_EQ(workshop.Run("key new my.key").status, 2);
  EXPECT_EQ(workshop.Read("my.key"), secret);
}

TEST(Key, MakesFingerprintsComparableAndARandomOneDoesNot) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak);
  workshop.Run("key new my.key");
  const std::string scan = "scan app.log --format jsonl ";
  const auto finding = [&](const std::string& arguments) {
    const std::string out = workshop.Run(scan + arguments).out;
    return out.substr(0, out.find('\n'));
  };
  EXPECT_EQ(finding("--key-file my.key"), finding("--key-file my.key"));
  EXPECT_NE(finding(""), finding(""));
}

TEST(Key, ThatOthersCanReadIsRefused) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak);
  workshop.Run("key new my.key");
  workshop.Shell("chmod 644 my.key");
  const Outcome outcome = workshop.Run("scan app.log --key-file my.key");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.out, "");
}

TEST(Rules, TheExamplesOfAllBuiltInRulesHold) {
  const Workshop workshop;
  const Outcome outcome = workshop.Run("rules test");
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("all as they should be"));
}

TEST(Rules, AreListedAndExplained) {
  const Workshop workshop;
  const Outcome list = workshop.Run("rules list");
  EXPECT_EQ(list.status, 0) << list.err;
  EXPECT_THAT(list.out, HasSubstr("id.uuid"));
  const Outcome explain = workshop.Run("rules explain id.uuid");
  EXPECT_EQ(explain.status, 0) << explain.err;
  EXPECT_THAT(explain.out, HasSubstr("pattern"));
  const Outcome unknown = workshop.Run("rules explain fin.ibann");
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean 'fin.iban'?"));
}

TEST(Rules, AreMeasuredOnWhatIsGiven) {
  const Workshop workshop;
  workshop.Write("app.log", kLeak + kLeak);
  const Outcome outcome =
      workshop.Run("rules cost app.log --enable id.uuid --enable fin.iban");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("id.uuid"));
  EXPECT_THAT(outcome.out, HasSubstr("all 2 rules together"));
}

}  // namespace
}  // namespace logspill
