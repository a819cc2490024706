// What is shown of source code holds no raw value.

#include "scanner/source_mask.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/match/agreement.h"

namespace logspill {
namespace {

const std::string kUuid = "4f3c2b1a-9d8e-4f7a-8b6c-5d4e3f2a1b0c";

class Masking : public testing::Test {
 protected:
  CallSite Masked(CallSite site) {
    std::vector<CallSite> sites = {std::move(site)};
    SourceMask(&agreement_.database()).Mask(&sites);
    return sites[0];
  }

  Agreement agreement_{BuiltInRules()};
};

TEST_F(Masking, ATemplateShowsTheKindInPlaceOfTheValue) {
  CallSite site;
  site.message.literals = {"moving " + kUuid + " to ", " of " + kUuid};
  site.message.holes = {{"target", "%s"}};
  const CallSite masked = Masked(site);
  EXPECT_EQ(masked.message.Text(), "moving [uuid] to {} of [uuid]");
  EXPECT_EQ(masked.message.holes[0].argument, "target");
  EXPECT_TRUE(masked.Has(kMaskedFlag));
}

TEST_F(Masking, WhatHoldsNoValueStaysAsItIs) {
  CallSite site;
  site.message.literals = {"password={} token=", " at 127.0.0.1"};
  site.message.holes = {{"self.password", "%s"}};
  site.fields = {{"request.url", "", "password"}};
  const CallSite masked = Masked(site);
  EXPECT_EQ(masked.message.literals, site.message.literals);
  EXPECT_EQ(masked.message.holes[0].argument, "self.password");
  EXPECT_EQ(masked.fields[0].argument, "request.url");
  EXPECT_EQ(masked.fields[0].key, "password");
  EXPECT_TRUE(masked.flags.empty());
}

TEST_F(Masking, AnArgumentAndWhatItWasAssignedAreMasked) {
  CallSite site;
  site.message.literals = {"got ", ""};
  site.message.holes = {
      {"find('" + kUuid + "')", "%s", "", "load(\"bob.smith@gmail.com\")"}};
  const CallSite masked = Masked(site);
  EXPECT_EQ(masked.message.holes[0].argument, "find('[uuid]')");
  EXPECT_EQ(masked.message.holes[0].origin, "load(\"[email]\")");
  EXPECT_FALSE(masked.Has(kMaskedFlag)) << "the template is whole";
}

TEST_F(Masking, TheTextAroundALiteralArgumentSaysWhatItIs) {
  CallSite site;
  site.message.literals = {"login with password=", ""};
  site.message.holes = {{"'hunter2secretxyz'", "%s"}};
  site.fields = {{"\"Tr0ub4dor&3xyz\"", "", "password"}};
  const CallSite masked = Masked(site);
  EXPECT_EQ(masked.message.holes[0].argument.find("hunter2"),
            std::string::npos);
  EXPECT_EQ(masked.fields[0].argument.find("Tr0ub4dor"), std::string::npos);
  EXPECT_EQ(masked.fields[0].key, "password");
}

TEST_F(Masking, ManySitesAreMaskedEachByItself) {
  std::vector<CallSite> sites(30'000);
  for (std::size_t i = 0; i < sites.size(); ++i) {
    sites[i].message.literals = {i % 1000 == 7 ? "of " + kUuid + " here"
                                               : "nothing of note here"};
  }
  SourceMask(&agreement_.database()).Mask(&sites);
  for (std::size_t i = 0; i < sites.size(); ++i) {
    ASSERT_EQ(sites[i].message.Text(),
              i % 1000 == 7 ? "of [uuid] here" : "nothing of note here")
        << i;
  }
}

TEST_F(Masking, TheFixedPartOfARouteIsMasked) {
  std::vector<Route> routes(1);
  routes[0].path = "/hooks/" + kUuid + "/{id}";
  SourceMask(&agreement_.database()).Mask(&routes);
  EXPECT_EQ(routes[0].path, "/hooks/[uuid]/{id}");
}

}  // namespace
}  // namespace logspill
