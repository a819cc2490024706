#include "patterns/loader.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace logspill {
namespace {

namespace fs = std::filesystem;

// A pack of one rule that is right, line by line.
std::vector<std::string> RightRule() {
  return {"[[rule]]",
          "id = \"pii.iban\"",
          "title = \"International Bank Account Number\"",
          "kind = \"iban\"",
          "pattern = '''\\bGB[0-9]{20}\\b'''",
          "anchors = [\"GB\"]",
          "validate = \"random\"",
          "severity = \"high\"",
          "source = \"ISO 13616-1\"",
          "match = [\"GB12345678901234567809\", \"to GB98765432109876543212\"]",
          "no_match = [\"GB1\", \"GB2\"]"};
}

RuleSelection Paths(std::vector<std::string> paths) {
  RuleSelection selection;
  selection.paths = std::move(paths);
  return selection;
}

RuleSelection Choice(std::vector<std::string> enable,
                     std::vector<std::string> disable) {
  RuleSelection selection;
  selection.enable = std::move(enable);
  selection.disable = std::move(disable);
  return selection;
}

std::string Join(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

// The error of the right rule with `line` (1-based) replaced.
std::string ErrorWith(std::size_t line, const std::string& text) {
  std::vector<std::string> lines = RightRule();
  lines[line - 1] = text;
  const auto rules = ParsePack("finance.toml", Join(lines));
  return rules.ok() ? "no error" : rules.error().message;
}

TEST(ParsePack, ReadsEveryField) {
  std::vector<std::string> lines = RightRule();
  lines.insert(lines.end(), {"rank = \"checksum\"", "near = [\"iban\"]",
                             "near_required = true", "max_bytes = 64",
                             "class = \"iban\"", "joinable = true",
                             "redact = \"keep-first:4\"", "verified = false",
                             "tags = [\"gdpr\"]", "anchors_caseless = false"});
  const auto rules = ParsePack("finance.toml", Join(lines));
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  ASSERT_EQ(rules->size(), 1U);
  const Rule& rule = rules->front();
  EXPECT_EQ(rule.id, "pii.iban");
  EXPECT_EQ(rule.kind, "iban");
  EXPECT_EQ(rule.anchors, std::vector<std::string>{"GB"});
  EXPECT_EQ(rule.validator, "random");
  EXPECT_EQ(rule.severity, Severity::kHigh);
  EXPECT_EQ(rule.rank, Rank::kChecksum);
  EXPECT_EQ(rule.near, std::vector<std::string>{"iban"});
  EXPECT_TRUE(rule.near_required);
  EXPECT_EQ(rule.max_bytes, 64U);
  EXPECT_EQ(rule.class_name, "iban");
  EXPECT_TRUE(rule.joinable);
  EXPECT_EQ(rule.redact, "keep-first:4");
  EXPECT_FALSE(rule.verified);
  EXPECT_EQ(rule.tags, std::vector<std::string>{"gdpr"});
  EXPECT_EQ(rule.match.size(), 2U);
  EXPECT_EQ(rule.no_match.size(), 2U);
  EXPECT_EQ(rule.origin, "finance.toml:1");
}

TEST(ParsePack, ReadsAnEntropyAsWholeNumberOrNot) {
  const auto entropy = [](const std::string& value) {
    std::vector<std::string> lines = RightRule();
    lines.push_back("entropy = " + value);
    const auto rules = ParsePack("finance.toml", Join(lines));
    return rules.ok() ? rules->front().min_entropy : -1;
  };
  EXPECT_EQ(entropy("3"), 3.0);
  EXPECT_EQ(entropy("2.5"), 2.5);
  for (const char* wrong : {"8.5", "-1", "nan", "\"3\"", "true"}) {
    EXPECT_EQ(entropy(wrong), -1) << wrong;
  }
}

TEST(ParsePack, GivesEachRuleTheTagsOfItsPack) {
  std::vector<std::string> lines = RightRule();
  lines.insert(lines.begin(), "tags = [\"secret\", \"gdpr\"]");
  lines.push_back("tags = [\"pci\", \"gdpr\"]");
  const auto rules = ParsePack("finance.toml", Join(lines));
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  EXPECT_EQ(rules->front().tags,
            (std::vector<std::string>{"gdpr", "pci", "secret"}));
}

TEST(ParsePack, RefusesATagThatNoCommandLineCouldName) {
  EXPECT_EQ(ErrorWith(8, "severity = \"high\"\ntags = [\"pci\", \"PCI DSS\"]"),
            "finance.toml:9:16: a tag has only a-z, 0-9, '.', '-' and '_' in "
            "rule pii.iban\n"
            "  9 | tags = [\"pci\", \"PCI DSS\"]\n"
            "    |                ^");
}

TEST(ParsePack, ShowsLineCaretAndSuggestion) {
  EXPECT_EQ(ErrorWith(7, "validate = \"iban_mod79\""),
            "finance.toml:7:12: unknown validator 'iban_mod79' in rule "
            "pii.iban\n"
            "  7 | validate = \"iban_mod79\"\n"
            "    |            ^ did you mean 'iban_mod97'?");
  EXPECT_EQ(ErrorWith(8, "severty = \"high\""),
            "finance.toml:1:1: field 'severity' is missing in rule pii.iban\n"
            "  1 | [[rule]]\n"
            "    | ^\n"
            "finance.toml:8:1: unknown field 'severty' in rule pii.iban\n"
            "  8 | severty = \"high\"\n"
            "    | ^ did you mean 'severity'?");
  EXPECT_EQ(ErrorWith(8, "severity = \"hihg\""),
            "finance.toml:8:12: unknown severity 'hihg' in rule pii.iban\n"
            "  8 | severity = \"hihg\"\n"
            "    |            ^ did you mean 'high'?");
  EXPECT_EQ(ErrorWith(8, "\tseverity = 3"),
            "finance.toml:8:13: field 'severity' of rule pii.iban must be a "
            "string\n"
            "  8 | \tseverity = 3\n"
            "    | \t           ^");
}

TEST(ParsePack, NamesWhatIsWrongWithThePattern) {
  EXPECT_EQ(ErrorWith(5, "pattern = '(GB'"),
            "finance.toml:5:11: bad pattern (missing ): (GB) in rule pii.iban\n"
            "  5 | pattern = '(GB'\n"
            "    |           ^");
  EXPECT_EQ(ErrorWith(5, "pattern = '(?P<vlaue>GB)'").substr(0, 71),
            "finance.toml:5:11: group 'vlaue' has no meaning in rule pii.iban\n"
            "  5 | ");
  EXPECT_NE(ErrorWith(5, "pattern = 'GB|[0-9]*'").find("matches nothing"),
            std::string::npos);
  EXPECT_NE(ErrorWith(5, "pattern = '()(a)()()()()()(?P<value>GB)'")
                .find("more than 6 groups"),
            std::string::npos);
}

TEST(ParsePack, RefusesAnAnchorThatAMatchCanLack) {
  EXPECT_EQ(ErrorWith(6, "anchors = [\"DE\"]"),
            "finance.toml:6:11: the pattern can match without any of the "
            "anchors in rule pii.iban\n"
            "  6 | anchors = [\"DE\"]\n"
            "    |           ^ each match must hold one of them");
}

TEST(ParsePack, RefusesFewerThanTwoExamples) {
  EXPECT_EQ(ErrorWith(10, "match = [\"GB1\"]").substr(0, 51),
            "finance.toml:10:9: fewer than two examples of 'matc");
  EXPECT_EQ(ErrorWith(11, "no_match = []").substr(0, 52),
            "finance.toml:11:12: fewer than two examples of 'no_m");
}

TEST(ParsePack, RefusesNearRequiredWithoutNear) {
  EXPECT_NE(ErrorWith(9, "source = \"x\"\nnear_required = true")
                .find(":10:17: near_required without near"),
            std::string::npos);
}

TEST(ParsePack, RefusesWhatIsNoToml) {
  const std::string error = ErrorWith(2, "id = \"pii.iban");
  EXPECT_EQ(error.substr(0, 15), "finance.toml:2:") << error;
  EXPECT_NE(error.find("no valid TOML"), std::string::npos) << error;
}

TEST(ParsePack, RefusesAnUnknownTable) {
  const auto rules = ParsePack("a.toml", "[[rules]]\nid = \"a\"\n");
  ASSERT_FALSE(rules.ok());
  EXPECT_EQ(rules.error().message,
            "a.toml:1:3: unknown field 'rules' in the file\n"
            "  1 | [[rules]]\n"
            "    |   ^ did you mean 'rule'?");
}

TEST(ParsePack, RefusesAnIdThatIsUsedTwice) {
  const std::string text = Join(RightRule()) + Join(RightRule());
  const auto rules = ParsePack("finance.toml", text);
  ASSERT_FALSE(rules.ok());
  EXPECT_EQ(rules.error().message,
            "finance.toml:13:6: rule id 'pii.iban' is used at finance.toml:1\n"
            "  13 | id = \"pii.iban\"\n"
            "     |      ^");
}

TEST(ParsePack, TakesARegionWithoutPattern) {
  const auto rules = ParsePack(
      "r.toml",
      "[[rule]]\nid = \"x.block\"\ntitle = \"t\"\nkind = \"pem\"\n"
      "region = {begin = \"<<\", end = \">>\", max_lines = 5}\n"
      "severity = \"high\"\nsource = \"s\"\nmatch = [\"<<a>>\", \"<<b\"]\n"
      "no_match = [\"a\", \"b\"]\n");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  EXPECT_TRUE(rules->front().is_region());
  EXPECT_EQ(rules->front().region.max_lines, 5U);
}

class LoadRulesTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string path = fs::temp_directory_path() / "logspill-rules-XXXXXX";
    ASSERT_NE(mkdtemp(path.data()), nullptr);
    folder_ = path;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string Write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
    return folder_ / name;
  }

  fs::path folder_;
};

TEST_F(LoadRulesTest, AddsUsersPacksToTheBuiltInOnes) {
  Write("b.toml", Join(RightRule()));
  Write("notes.txt", "no pack");
  const auto built_in = LoadRules({});
  const auto both = LoadRules(Paths({folder_}));
  ASSERT_TRUE(both.ok()) << both.error().message;
  EXPECT_EQ(both->rules.size(), built_in->rules.size() + 1);
  EXPECT_NE(both->Find("pii.iban"), nullptr);
  EXPECT_NE(both->digest, built_in->digest);
}

TEST_F(LoadRulesTest, OrdersById) {
  const auto set = LoadRules({});
  ASSERT_TRUE(set.ok()) << set.error().message;
  for (std::size_t i = 0; i < set->rules.size(); ++i) {
    EXPECT_EQ(set->rules[i].index, i);
    if (i != 0) {
      EXPECT_LT(set->rules[i - 1].id, set->rules[i].id);
    }
  }
  EXPECT_EQ(set->digest, LoadRules({})->digest);
  EXPECT_EQ(set->digest.size(), 64U);
}

TEST_F(LoadRulesTest, ChoosesByIdAndGlob) {
  const auto some = LoadRules(Choice({"id.*"}, {"id.ulid"}));
  ASSERT_TRUE(some.ok()) << some.error().message;
  EXPECT_NE(some->Find("id.uuid"), nullptr);
  EXPECT_EQ(some->Find("id.ulid"), nullptr);
  EXPECT_EQ(some->Find("pii.email"), nullptr);
  EXPECT_NE(some->digest, LoadRules({})->digest);
}

TEST_F(LoadRulesTest, RefusesAGlobThatSelectsNothing) {
  const auto none = LoadRules(Choice({}, {"id.uudi"}));
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.error().message,
            "disable: no rule 'id.uudi'; did you mean 'id.uuid'?");
  EXPECT_FALSE(LoadRules(Choice({"colour.*"}, {})).ok());
}

TEST_F(LoadRulesTest, ChoosesByTag) {
  RuleSelection selection;
  selection.tags = {"pci"};
  const auto some = LoadRules(selection);
  ASSERT_TRUE(some.ok()) << some.error().message;
  EXPECT_NE(some->Find("fin.card"), nullptr);
  EXPECT_EQ(some->Find("pii.email"), nullptr);
  selection.tags = {"pci", "hipaa"};
  EXPECT_NE(LoadRules(selection)->Find("pii.email"), nullptr);
  selection.enable = {"fin.*"};
  EXPECT_EQ(LoadRules(selection)->Find("pii.email"), nullptr);
  selection.tags = {"pc"};
  EXPECT_EQ(LoadRules(selection).error().message,
            "tag: no rule has the tag 'pc'; did you mean 'pci'?");
}

TEST_F(LoadRulesTest, NamesAPathThatCannotBeRead) {
  const std::string path = folder_ / "absent.toml";
  const auto none = LoadRules(Paths({path}));
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.error().message, path + ": the file cannot be read");
}

TEST_F(LoadRulesTest, RefusesAUsersRuleWithABuiltInId) {
  std::vector<std::string> lines = RightRule();
  lines[1] = "id = \"id.uuid\"";
  const std::string path = Write("u.toml", Join(lines));
  const auto none = LoadRules(Paths({path}));
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.error().message.find(
                path + ":2:6: rule id 'id.uuid' is used at packs/"),
            0U)
      << none.error().message;
}

TEST_F(LoadRulesTest, ExtendsASubjectOfTheSameName) {
  const std::string path =
      Write("subjects.toml",
            "[[subject]]\nname = \"consumer\"\nwords = [\"punter\"]\n");
  const auto subjects = LoadSubjects({path});
  ASSERT_TRUE(subjects.ok()) << subjects.error().message;
  EXPECT_EQ(subjects->OfWord("punter"), subjects->OfWord("consumer"));
  EXPECT_NE(subjects->OfWord("punter"), kNoSubject);
}

TEST_F(LoadRulesTest, RefusesASubjectWithoutWords) {
  const std::string path = Write("s.toml", "[[subject]]\nname = \"whale\"\n");
  const auto subjects = LoadSubjects({path});
  ASSERT_FALSE(subjects.ok());
  EXPECT_NE(subjects.error().message.find(
                "field 'words' is missing in subject whale"),
            std::string::npos);
}

}  // namespace
}  // namespace logspill
