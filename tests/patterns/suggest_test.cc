#include "patterns/suggest.h"

#include <gtest/gtest.h>

namespace logspill {
namespace {

TEST(EditDistance, CountsInsertionsDeletionsReplacementsAndSwaps) {
  EXPECT_EQ(EditDistance("", "abc"), 3U);
  EXPECT_EQ(EditDistance("mod79", "mod97"), 1U);
  EXPECT_EQ(EditDistance("luhn", "luhm"), 1U);
  EXPECT_EQ(EditDistance("kitten", "sitting"), 3U);
}

TEST(EditDistance, IsSymmetricAndZeroOnlyForEqualTexts) {
  const std::string_view words[] = {"", "a", "ab", "ba", "uuid", "uudi"};
  for (const std::string_view a : words) {
    for (const std::string_view b : words) {
      EXPECT_EQ(EditDistance(a, b), EditDistance(b, a));
      EXPECT_EQ(EditDistance(a, b) == 0, a == b);
    }
  }
}

TEST(Nearest, IsEmptyForAnotherWord) {
  EXPECT_EQ(Nearest("severty", {"severity", "shape"}), "severity");
  EXPECT_EQ(Nearest("colour", {"severity", "shape"}), "");
}

}  // namespace
}  // namespace logspill
