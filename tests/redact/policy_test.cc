#include "scanner/redact/policy.h"

#include <gtest/gtest.h>

#include "tests/redact/redact_fixture.h"

namespace logspill {
namespace {

Policy P(std::string_view text) { return ParsePolicy(text).value(); }

TEST(Policy, ItsNamesAreRead) {
  EXPECT_EQ(P("mask").action, Action::kMask);
  EXPECT_EQ(P("keep-last:4"), (Policy{Action::kKeepLast, 4}));
  for (const std::string& name : PolicyNames()) {
    EXPECT_TRUE(ParsePolicy(name)) << name;
  }
  for (const char* text :
       {"", "masks", "keep-first", "keep-first:", "keep-first:0",
        "keep-first:13", "mask:4", "keep-last:4x", "keep-last:-1"}) {
    EXPECT_FALSE(ParsePolicy(text)) << text;
  }
}

class PolicyTableTest : public testing::Test {
 protected:
  static std::string Redact(const PolicySettings& settings,
                            const std::string& text) {
    RedactEngineForTests& engine = BuiltIn();
    engine.Use(settings);
    return engine.Redact(text);
  }
  static constexpr const char* kLog =
      "consumer 550e8400-e29b-41d4-a716-446655440001 wrote "
      "anna@corp-mail.net\n";
};

TEST_F(PolicyTableTest, TheRuleDecidesBeforeTheClassAndThatBeforeTheKind) {
  PolicySettings settings;
  settings.kinds = {{"uuid", P("drop"), ""}};
  EXPECT_EQ(Redact(settings, kLog), "consumer  wrote [email]\n");
  settings.classes = {{"consumer_uuid", P("keep"), ""}};
  EXPECT_EQ(Redact(settings, kLog),
            "consumer 550e8400-e29b-41d4-a716-446655440001 wrote [email]\n");
  settings.rules = {{"id.uuid", P("keep-last:4"), ""}};
  EXPECT_EQ(Redact(settings, kLog), "consumer [uuid:*0001] wrote [email]\n");
}

TEST_F(PolicyTableTest, AClassThatIsNamedIsReplacedWhateverItsSeverity) {
  const std::string log =
      "request_id=550e8400-e29b-41d4-a716-446655440001 done\n";
  EXPECT_EQ(Redact({}, log), log);
  PolicySettings settings;
  settings.classes = {{"request_id", P("mask"), ""}};
  EXPECT_EQ(Redact(settings, log), "request_id=[uuid] done\n");
}

TEST_F(PolicyTableTest, ValuesBelowTheLeastSeverityStay) {
  PolicySettings settings;
  settings.min_severity = Severity::kHigh;
  EXPECT_EQ(Redact(settings, kLog),
            "consumer 550e8400-e29b-41d4-a716-446655440001 wrote [email]\n");
}

TEST_F(PolicyTableTest, ANameThatNothingHasIsRefused) {
  auto rules = LoadRules({});
  ASSERT_TRUE(rules);
  auto subjects = LoadSubjects({});
  const Classifier classifier(&*subjects);
  PolicySettings settings;
  settings.kinds = {{"uid", P("mask"), "logspill.toml:3"}};
  const auto made = PolicyTable::Create(settings, *rules, classifier);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().message,
            "logspill.toml:3: no rule in force has the kind 'uid'");
}

}  // namespace
}  // namespace logspill
