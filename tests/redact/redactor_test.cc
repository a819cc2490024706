// What a redacted log promises, on random logs of many dialects.

#include "scanner/redactor.h"

#include <gtest/gtest.h>

#include "scanner/base/mark.h"
#include "tests/naive/log_generator.h"
#include "tests/redact/redact_fixture.h"

namespace logspill {
namespace {

constexpr const char* kPolicies[] = {"mask",        "pseudonym", "keep-first:4",
                                     "keep-last:4", "length",    "mail-domain",
                                     "ip-network",  "drop"};

std::string RandomLog(std::uint64_t seed, std::size_t bytes) {
  naive::LogGenerator generator(&BuiltIn().rules(), seed);
  return generator.Text(bytes);
}

TEST(Redactor, NothingIsFoundInWhatItWrites) {
  for (const char* policy : kPolicies) {
    SCOPED_TRACE(policy);
    for (std::uint64_t seed = 1; seed <= 2; ++seed) {
      const std::string log = RandomLog(seed, 60'000);
      RedactEngineForTests& engine = BuiltIn();
      engine.Use(policy);
      const std::string out = engine.Redact(log);
      EXPECT_GT(engine.totals.changed, 50U);
      EXPECT_EQ(engine.totals.withheld, 0U);
      const auto left = engine.LeftIn(out);
      EXPECT_TRUE(left.empty()) << testing::PrintToString(left);
    }
  }
}

TEST(Redactor, ASecondRunChangesNothing) {
  for (const char* policy : kPolicies) {
    SCOPED_TRACE(policy);
    for (std::uint64_t seed = 11; seed <= 12; ++seed) {
      const std::string log = RandomLog(seed, 60'000);
      RedactEngineForTests& engine = BuiltIn();
      engine.Use(policy);
      const std::string once = engine.Redact(log);
      const auto first = Lines(once);
      const auto second = Lines(engine.Redact(once));
      ASSERT_EQ(first.size(), second.size());
      for (std::size_t i = 0; i < first.size(); ++i) {
        ASSERT_EQ(first[i], second[i]) << "line " << i;
      }
    }
  }
}

TEST(Redactor, BlocksAndThreadsNeverChangeTheOutput) {
  RedactEngineForTests& engine = BuiltIn();
  engine.Use("pseudonym");
  for (std::uint64_t seed = 21; seed <= 22; ++seed) {
    const std::string log = RandomLog(seed, 200'000);
    const auto expected = Lines(engine.Redact(log));
    for (const RedactWay& way :
         {RedactWay{1000}, RedactWay{4096, 4}, RedactWay{64 << 10, 3},
          RedactWay{1 << 20, 2}, RedactWay{4096, 1, true},
          RedactWay{4096, 2, true, false}}) {
      const auto is = Lines(engine.Redact(log, way));
      ASSERT_EQ(is.size(), expected.size());
      for (std::size_t i = 0; i < is.size(); ++i) {
        ASSERT_EQ(is[i], expected[i])
            << way.block_bytes << " " << way.threads << ", line " << i;
      }
    }
  }
}

TEST(Redactor, LongRecordsAreRedactedByWindows) {
  RedactEngineForTests& engine = BuiltIn();
  naive::LogGenerator generator(&engine.rules(), 5);
  const std::string mail = "anna.lang@corp-mail.net";
  std::string log =
      "first line\n" + generator.LongRecord(kWindow + kWindow / 4);
  // Over every edge of a window: the cores are cut at fixed distances.
  for (std::size_t at = 11 + kWindow; at + 100 < log.size(); at += kWindow) {
    log.replace(at - 10, mail.size() + 2, " " + mail + " ");
  }
  log += "\nlast line of bob@corp-mail.net\n";
  const std::string expected = engine.Redact(log, {256 << 10, 1});
  EXPECT_EQ(expected.find(mail), std::string::npos);
  EXPECT_EQ(Lines(expected).size(), Lines(log).size());
  EXPECT_TRUE(expected.ends_with("\nlast line of [email]\n"));
  for (const RedactWay& way : {RedactWay{5000, 2}, RedactWay{1 << 20, 3}}) {
    EXPECT_EQ(engine.Redact(log, way), expected) << way.block_bytes;
  }
}

TEST(Redactor, WhatIsBesideAValueStays) {
  // Between the marks, the output reads as the log does.
  for (std::uint64_t seed = 31; seed <= 36; ++seed) {
    const std::string log = RandomLog(seed, 40'000);
    const auto was = Lines(log);
    const auto is = Lines(BuiltIn().Redact(log));
    ASSERT_EQ(was.size(), is.size());
    std::vector<std::string> kinds;
    for (const Rule& rule : BuiltIn().rules().rules) kinds.push_back(rule.kind);
    const MarkKinds marks(kinds);
    for (std::size_t i = 0; i < is.size(); ++i) {
      std::size_t from = 0;
      std::string gap;
      for (std::size_t at = 0; at <= is[i].size();) {
        const std::size_t mark =
            at < is[i].size() ? MarkAt(is[i], at, marks) : 1;
        if (mark == 0) {
          gap += is[i][at++];
          continue;
        }
        // A number's mark stands in quotes that are its own.
        const std::size_t found = was[i].find(gap, from);
        if (found == std::string::npos && gap.find('"') != gap.npos) break;
        ASSERT_NE(found, std::string::npos) << was[i] << "\n"
                                            << is[i] << "\n"
                                            << gap;
        from = found + gap.size();
        gap.clear();
        at += mark;
      }
    }
  }
}

TEST(Redactor, AValueWithoutARuleAtItsSecondPlaceGoesThereToo) {
  EXPECT_EQ(BuiltIn().Redact("account:dipPr155Gg9/password:dipPr155Gg9\n"),
            "account:[generic-kv]/password:[generic-kv]\n");
}

TEST(Redactor, WhatOneRecordProvesHoldsBehindIt) {
  const std::string id = "550e8400-e29b-41d4-a716-446655440001";
  EXPECT_EQ(BuiltIn().Redact("request_id=" + id + "\nsaw " + id +
                             "\nconsumer " + id + "\nrequest_id=" + id + "\n"),
            "request_id=" + id + "\nsaw " + id +
                "\nconsumer [uuid]\nrequest_id=[uuid]\n");
}

TEST(Redactor, PseudonymsAreTheSameForTheSameValueAlone) {
  RedactEngineForTests& engine = BuiltIn();
  engine.Use("pseudonym");
  const auto lines = Lines(engine.Redact(
      "to anna@corp-mail.net\nto ANNA@corp-mail.net\nto ben@corp-mail.net\n"));
  EXPECT_EQ(lines[0], lines[1]);
  EXPECT_NE(lines[0], lines[2]);
  const std::string token = engine.key().Fingerprint("anna@corp-mail.net");
  EXPECT_EQ(lines[0],
            "to [email:" + token.substr(0, 4) + "." + token.substr(5) + "]");
}

TEST(Redactor, EachLineOfAKeyIsReplaced) {
  const std::string log =
      "begin\r\n-----BEGIN RSA PRIVATE KEY-----\r\nMIIEow+/abcdEFGH0123\r\n"
      "-----END RSA PRIVATE KEY-----\r\nend\r\n";
  EXPECT_EQ(BuiltIn().Redact(log),
            "begin\r\n[pem]\r\n[pem]\r\n[pem]\r\nend\r\n");
}

TEST(Redactor, ADroppedRecordLeavesAStandIn) {
  RedactEngineForTests& engine = BuiltIn();
  engine.Use("drop-record");
  EXPECT_EQ(engine.Redact("a\nto anna@corp-mail.net\n{\"to\":\"anna@corp-"
                          "mail.net\"}\nb"),
            "a\n[record dropped]\n\"[record dropped]\"\nb");
}

}  // namespace
}  // namespace logspill
