#include "patterns/anchor_proof.h"

#include <gtest/gtest.h>

namespace logspill {
namespace {

TEST(AnchorProof, TakesFixedPrefixes) {
  EXPECT_TRUE(
      AnchorsAreRequired(R"(\bghp_[A-Za-z0-9]{36}\b)", {"ghp_"}, false));
  EXPECT_TRUE(AnchorsAreRequired(R"(\b(?:sk|rk)_live_[0-9]{4})",
                                 {"sk_live_", "rk_live_"}, false));
}

TEST(AnchorProof, TakesLiteralsInsideThePattern) {
  EXPECT_TRUE(AnchorsAreRequired(R"([0-9]{6,12}:AA[A-Z]{3})", {":AA"}, false));
}

TEST(AnchorProof, ExpandsManyKeywordsWithOptionalJoints) {
  const std::string pattern =
      R"((?i:user|client|account|session)[_ -]?(?i:id)["']?[:=](?P<value>\w+))";
  std::vector<std::string> anchors;
  for (const char* word : {"user", "client", "account", "session"}) {
    for (const char* joint : {"", "_", " ", "-"}) {
      anchors.push_back(std::string(word) + joint + "id");
    }
  }
  EXPECT_TRUE(AnchorsAreRequired(pattern, anchors, true));
  anchors.pop_back();
  EXPECT_FALSE(AnchorsAreRequired(pattern, anchors, true));
}

TEST(AnchorProof, RefusesAnAlternativeWithoutAnchor) {
  EXPECT_FALSE(AnchorsAreRequired("abc[0-9]+|xyz[0-9]+", {"abc"}, false));
  EXPECT_FALSE(AnchorsAreRequired("(?:abc)?[0-9]+", {"abc"}, false));
  EXPECT_FALSE(AnchorsAreRequired("(?:abc){0,3}[0-9]+", {"abc"}, false));
  EXPECT_FALSE(AnchorsAreRequired("(?:abc)*x", {"abc"}, false));
  EXPECT_FALSE(AnchorsAreRequired("[^a]bcd", {"abcd"}, false));
}

TEST(AnchorProof, RefusesACaselessPatternForAnAnchorWithCase) {
  EXPECT_FALSE(AnchorsAreRequired("(?i)token=[0-9]+", {"token"}, false));
  EXPECT_TRUE(AnchorsAreRequired("(?i)token=[0-9]+", {"token"}, true));
}

}  // namespace
}  // namespace logspill
