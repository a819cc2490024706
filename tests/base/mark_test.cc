#include "scanner/base/mark.h"

#include <gtest/gtest.h>

namespace logspill {
namespace {

const MarkKinds& Kinds() {
  static const MarkKinds kinds(
      {"uuid", "card", "email", "ipv4", "ipv6", "generic-kv", "token.http"});
  return kinds;
}

std::size_t Size(std::string_view text) { return MarkAt(text, 0, Kinds()); }

TEST(Mark, EveryFormIsKnownAsAWhole) {
  for (const std::string_view mark :
       {"[uuid]", "[token.http]", "[uuid:3f2a.9b1c04d2e7a85516c3f0]",
        "[card:*1111]", "[card:4111*]", "[email:@example.com]",
        "[ipv4:192.0.2.0/24]", "[ipv6:2001:db8::/48]", "[uuid*****]",
        "%5Bemail%5D", "%5bemail%5d", "%255Bemail%255D",
        "%5Buuid:3f2a.9b1c04d2e7a85516c3f0%5D"}) {
    EXPECT_EQ(Size(mark), mark.size()) << mark;
    EXPECT_EQ(Size(std::string(mark) + " and more"), mark.size()) << mark;
  }
}

TEST(Mark, NothingElseInBracketsIsOne) {
  for (const std::string_view text :
       {"[hunter2]", "[uuid", "uuid]", "[UUID]", "[uuid:]", "[uuid:*]",
        "[uuid:3f2a.9b1c04d2e7a85516c3f]", "[uuid:3f2a.9b1c04d2e7a85516c3f01]",
        "[card:4111111111111111]", "[card:*4111111111111111]",
        "[card:@example.com]", "[uuid:192.0.2.0/24]", "[uuid%5D", "%5Buuid]",
        "[generic-kv:x1*y]", "[uuid *]", "[record withheld]", ""}) {
    EXPECT_EQ(Size(text), 0U) << text;
  }
}

TEST(Mark, AValueLiesInItOnlyAsAWhole) {
  const std::string text = "password=[card:*1111]2 %5Bemail%5D";
  const auto lies = [&](std::uint32_t begin, std::uint32_t end) {
    return LiesInMark(text, {begin, end}, Kinds());
  };
  EXPECT_TRUE(lies(9, 21));
  EXPECT_TRUE(lies(10, 14));
  EXPECT_FALSE(lies(9, 22));
  EXPECT_FALSE(lies(8, 21));
  EXPECT_FALSE(lies(21, 22));
  EXPECT_TRUE(lies(23, 34));
  EXPECT_TRUE(lies(26, 31));
}

TEST(Mark, APseudonymTellsItsKey) {
  EXPECT_EQ(KeyIdOfMark("[uuid:3f2a.9b1c04d2e7a85516c3f0]", 0, Kinds()),
            "3f2a");
  EXPECT_EQ(KeyIdOfMark("[uuid]", 0, Kinds()), "");
}

}  // namespace
}  // namespace logspill
