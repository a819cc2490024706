#include <gtest/gtest.h>

#include <cstdio>
#include <string>

#include "tests/verify/verdict.h"

namespace logspill {
namespace {

TEST(Email, FollowsTheGrammar) {
  for (const char* mail :
       {"jane.doe+news@mail.acme-shop.de", "a@b.co", "x_y@sub.acme.co.uk"}) {
    EXPECT_EQ(Ask("email", mail), Verdict::kAccept) << mail;
  }
  for (const char* none :
       {"root@localhost", "logo@2x.png", "getty@tty1.service", ".a@acme.de",
        "a..b@acme.de", "a.@acme.de", "a@-acme.de", "a@acme..de", "a@acme.d",
        "a@acme.1a", "@acme.de", "a@", "1.2.3"}) {
    EXPECT_EQ(Ask("email", none), Verdict::kReject) << none;
  }
  EXPECT_EQ(Ask("email", "a@host.invalid"), Verdict::kPlaceholder);
  EXPECT_EQ(Ask("email", std::string(65, 'a') + "@acme.de"), Verdict::kReject);
}

TEST(Phone, IsOfItsCountrysPlan) {
  for (const char* phone : {"+491701234567", "+1 (202) 456-1111",
                            "+44 20 7946 0018", "+33142685300", "+352621123456",
                            "+86 138 0013 8000", "+41 31 322 21 11"}) {
    EXPECT_EQ(Ask("phone", phone), Verdict::kAccept) << phone;
  }
  for (const char* none :
       {"+16777216", "+33554432", "+999123456789", "+0100", "491701234567",
        "+1 123 456 7890", "+4917012345678901", "+1 911 456 7890",
        "+1 202 911 7890"}) {
    EXPECT_EQ(Ask("phone", none), Verdict::kReject) << none;
  }
}

TEST(Phone, KeptForFictionIsFiller) {
  EXPECT_EQ(Ask("phone", "+1 415 555 0132"), Verdict::kPlaceholder);
  EXPECT_EQ(Ask("nanp_phone", "415-555-0132"), Verdict::kPlaceholder);
  EXPECT_EQ(Ask("nanp_phone", "1-415-592-0132"), Verdict::kAccept);
  EXPECT_EQ(Ask("nanp_phone", "115-592-0132"), Verdict::kReject);
}

TEST(Ssn, TakesExactlyTheNumbersThatTheSsaCanIssue) {
  for (int area = 0; area < 1000; ++area) {
    char text[32];
    std::snprintf(text, sizeof text, "%03d-22-8726", area);
    const bool issued = area != 0 && area != 666 && area < 900;
    EXPECT_EQ(Ask("ssn", text) == Verdict::kAccept, issued) << text;
  }
  EXPECT_EQ(Ask("ssn", "536-00-8726"), Verdict::kReject);
  EXPECT_EQ(Ask("ssn", "536-22-0000"), Verdict::kReject);
  EXPECT_EQ(Ask("ssn", "536-22-8726-1"), Verdict::kReject);
  EXPECT_EQ(Ask("ssn", "078-05-1120"), Verdict::kPlaceholder);
}

TEST(Itin, TakesExactlyTheGroupsThatTheIrsIssues) {
  for (int group = 0; group < 100; ++group) {
    char text[32];
    std::snprintf(text, sizeof text, "912-%02d-1234", group);
    const bool issued = (group >= 50 && group <= 65) ||
                        (group >= 70 && group <= 88) ||
                        (group >= 90 && group <= 92) || group >= 94;
    EXPECT_EQ(Ask("itin", text) == Verdict::kAccept, issued) << text;
  }
  EXPECT_EQ(Ask("itin", "812-70-1234"), Verdict::kReject);
}

}  // namespace
}  // namespace logspill
