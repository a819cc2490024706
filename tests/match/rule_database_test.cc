#include "scanner/match/rule_database.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "scanner/match/matcher.h"
#include "tests/naive/test_rules.h"

namespace logspill {
namespace {

namespace fs = std::filesystem;

class RuleDatabaseTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string folder = testing::TempDir() + "/logspill_cache_XXXXXX";
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    folder_ = folder;
    options_.cache_folder = folder_ / "cache";
  }
  void TearDown() override { fs::remove_all(folder_); }

  RuleDatabase Compile() const {
    Result<RuleDatabase> database = RuleDatabase::Compile(&rules_, options_);
    EXPECT_TRUE(database) << database.error().message;
    return std::move(*database);
  }

  static std::size_t Found(const RuleDatabase& database) {
    Matcher matcher(&database);
    std::vector<Match> matches;
    matcher.Scan(
        "from 192.0.2.1 tkn_A1b2C3d4E5f6G7h8I9j0 passwd=hunter2x "
        "123e4567-e89b-12d3-a456-426614174000\n",
        &matches);
    return matches.size();
  }

  std::vector<fs::path> CacheFiles() const {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(options_.cache_folder)) {
      files.push_back(entry.path());
    }
    return files;
  }

  RuleSet rules_ = naive::TestRules();
  fs::path folder_;
  DatabaseOptions options_;
};

TEST_F(RuleDatabaseTest, TheSecondTimeItComesFromTheCacheAndFindsTheSame) {
  const RuleDatabase first = Compile();
  EXPECT_FALSE(first.from_cache());
  const RuleDatabase second = Compile();
  EXPECT_TRUE(second.from_cache());
  EXPECT_EQ(Found(first), 4U);
  EXPECT_EQ(Found(second), 4U);
}

TEST_F(RuleDatabaseTest, TheCacheIsTheUsersAlone) {
  const mode_t before = umask(0);
  (void)Compile();
  umask(before);
  struct stat info {};
  ASSERT_EQ(stat(options_.cache_folder.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777, 0700U);
  ASSERT_FALSE(CacheFiles().empty());
  for (const fs::path& file : CacheFiles()) {
    ASSERT_EQ(stat(file.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 077, 0U) << file;
  }
}

TEST_F(RuleDatabaseTest, OtherRulesNeverUseTheCacheOfThese) {
  (void)Compile();
  rules_.digest = "other rules";
  rules_.rules = {*rules_.Find("t.ipv4"), *rules_.Find("t.prefix")};
  rules_.rules[1].index = 1;
  rules_.rules[0].index = 0;
  const RuleDatabase other = Compile();
  EXPECT_FALSE(other.from_cache());
  EXPECT_EQ(Found(other), 2U);
}

TEST_F(RuleDatabaseTest, ADamagedCacheIsRebuilt) {
  (void)Compile();
  ASSERT_FALSE(CacheFiles().empty());
  for (const fs::path& file : CacheFiles()) {
    std::ifstream in(file, std::ios::binary);
    const std::string good{std::istreambuf_iterator<char>(in), {}};
    for (std::size_t at = 0; at < good.size(); at += 1 + good.size() / 25) {
      std::string bad = good;
      bad[at] = static_cast<char>(bad[at] ^ 0x40);
      std::ofstream(file, std::ios::binary) << bad;
      ASSERT_EQ(Found(Compile()), 4U) << "flipped byte " << at;
      std::ofstream(file, std::ios::binary) << good.substr(0, at);
      ASSERT_EQ(Found(Compile()), 4U) << "cut at " << at;
    }
  }
  EXPECT_TRUE(Compile().from_cache()) << "it was not rebuilt";
}

TEST_F(RuleDatabaseTest, ACacheThatCannotBeWrittenIsDoneWithout) {
  options_.cache_folder = "/proc/no/such/folder";
  EXPECT_EQ(Found(Compile()), 4U);
}

TEST_F(RuleDatabaseTest, APatternThatDoesNotCompileNamesItsRule) {
  rules_.rules[2].pattern = "([a-z";
  const Result<RuleDatabase> database = RuleDatabase::Compile(&rules_, {});
  ASSERT_FALSE(database);
  EXPECT_NE(database.error().message.find(rules_.rules[2].id),
            std::string::npos)
      << database.error().message;
}

TEST_F(RuleDatabaseTest, ARuleWithoutShapeOrAnchorIsStillFound) {
  Rule rule;
  rule.id = "t.plain";
  rule.index = 0;
  rule.pattern = R"(order-[0-9]{4}x)";
  RuleSet rules{{rule}, "plain"};
  const Result<RuleDatabase> database = RuleDatabase::Compile(&rules, {});
  ASSERT_TRUE(database) << database.error().message;
  Matcher matcher(&*database);
  std::vector<Match> matches;
  matcher.Scan("an order-1234x\n", &matches);
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_EQ(matches[0].value, (Span{3, 14}));
}

}  // namespace
}  // namespace logspill
