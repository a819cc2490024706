#include <gtest/gtest.h>

#include "tests/verify/verdict.h"

namespace logspill {
namespace {

TEST(Mac, TakesThreeGroupsBetweenDotsWhereALetterStandsInThem) {
  EXPECT_EQ(Ask("mac", "0012.7f57.a10b"), Verdict::kAccept);
  EXPECT_EQ(Ask("mac", "ffff.ffff.ffff"), Verdict::kPlaceholder);
  for (const char* none : {"0012.3456.7890", "0012.7f57-a10b", "0012.7f57.a10g",
                           "0012.7f57.a10"}) {
    EXPECT_EQ(Ask("mac", none), Verdict::kReject) << none;
  }
}

TEST(Ipv4, TakesPublicAddressesOnly) {
  for (const char* ip : {"8.8.4.4", "211.167.68.59", "223.255.255.255"}) {
    EXPECT_EQ(Ask("ipv4", ip), Verdict::kAccept) << ip;
  }
  for (const char* ip : {"10.251.39.209", "172.16.0.1", "172.31.255.255",
                         "192.168.1.1", "127.0.0.1", "169.254.10.1",
                         "192.0.2.17", "198.51.100.2", "203.0.113.9", "0.0.0.0",
                         "255.255.255.255", "224.0.0.1", "100.64.0.1"}) {
    EXPECT_EQ(Ask("ipv4", ip), Verdict::kPlaceholder) << ip;
  }
  for (const char* ip : {"256.1.1.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "",
                         "1..2.3", "6.1.7601.23505", "1.2.3.4 "}) {
    EXPECT_EQ(Ask("ipv4", ip), Verdict::kReject) << ip;
  }
  EXPECT_EQ(Ask("ipv4", "172.32.0.1"), Verdict::kAccept);
  EXPECT_EQ(Ask("ipv4", "9.255.255.255"), Verdict::kAccept);
}

TEST(Ipv6, ReadsTheFormsOfRfc4291) {
  for (const char* ip :
       {"2a00:1450:4001:81b::200e", "2606:4700::6810:84e5", "::ffff:8.8.4.4",
        "64:ff9b::808:404", "2a00:1450:4001:81b:0:0:0:200e"}) {
    EXPECT_EQ(Ask("ipv6", ip), Verdict::kAccept) << ip;
  }
  for (const char* ip : {"::1", "fe80::1", "fd12:3456:789a::1", "ff02::1",
                         "2001:db8::7", "0:0:0:0:0:0:0:1", "0:0:0:0:0:0:0:0"}) {
    EXPECT_EQ(Ask("ipv6", ip), Verdict::kPlaceholder) << ip;
  }
  for (const char* ip :
       {"1:2:3", "12:34:56:78", "1::2::3", "2001:db8:1:2:3:4:5:6:7",
        "::", "dead::beef", "16:27:ac:a5:76:28:2d:36", "2a00:145000::1",
        "::ffff:8.8.4", "2a00:", ":2a00"}) {
    EXPECT_EQ(Ask("ipv6", ip), Verdict::kReject) << ip;
  }
}

TEST(Mac, RefusesTimesAndKnowsBroadcast) {
  EXPECT_EQ(Ask("mac", "fa:16:3e:7b:91:0c"), Verdict::kAccept);
  EXPECT_EQ(Ask("mac", "00-1B-44-11-3A-B7"), Verdict::kAccept);
  EXPECT_EQ(Ask("mac", "ff:ff:ff:ff:ff:ff"), Verdict::kPlaceholder);
  EXPECT_EQ(Ask("mac", "00:00:00:00:00:00"), Verdict::kPlaceholder);
  EXPECT_EQ(Ask("mac", "16-09-28-14-00-46"), Verdict::kReject);
  EXPECT_EQ(Ask("mac", "fa:16:3e:7b-91-0c"), Verdict::kReject);
  EXPECT_EQ(Ask("mac", "fa:16:3e:7b:91"), Verdict::kReject);
}

}  // namespace
}  // namespace logspill
