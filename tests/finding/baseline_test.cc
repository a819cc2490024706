#include "scanner/finding/baseline.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace logspill {
namespace {

BaselineEntry Entry(std::string rule, std::string class_name) {
  BaselineEntry entry;
  entry.rule = std::move(rule);
  entry.class_name = std::move(class_name);
  return entry;
}

std::string ErrorOf(std::string_view text) {
  const auto baseline = Baseline::Parse("b.toml", text);
  return baseline.ok() ? "" : baseline.error().message;
}

TEST(Baseline, IsReadAsItWasWritten) {
  Baseline written;
  BaselineEntry odd = Entry("id.uuid", "consumer_uuid");
  odd.site = "py:7d31";
  odd.field = "a \"quoted\\ key\" = #\n\x01\xff";
  written.Add(odd);
  written.Add(Entry("pii.email", "email"));
  const auto read = Baseline::Parse("b.toml", written.Text());
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read->size(), 2U);
  EXPECT_TRUE(read->Holds(odd));
  EXPECT_TRUE(read->Holds(Entry("pii.email", "email")));
  EXPECT_FALSE(read->Holds(Entry("pii.email", "user_email")));
  EXPECT_EQ(read->Text(), written.Text());
}

TEST(Baseline, TextDoesNotDependOnTheOrderOfEntries) {
  Baseline forward;
  Baseline backward;
  for (int i = 0; i < 50; ++i) {
    forward.Add(Entry("r" + std::to_string(i), "c"));
    backward.Add(Entry("r" + std::to_string(49 - i), "c"));
  }
  EXPECT_EQ(forward.Text(), backward.Text());
}

TEST(Baseline, IsReadWithCommentsAndBlankLines) {
  const auto read = Baseline::Parse(
      "b.toml",
      "# known\r\n\r\n[[known]]\r\n  rule = \"a\"  # why\n class=\"b\"");
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_TRUE(read->Holds(Entry("a", "b")));
}

TEST(Baseline, NamesTheLineOfEachMistake) {
  EXPECT_EQ(ErrorOf("rule = \"a\"").substr(0, 9), "b.toml:1:");
  EXPECT_EQ(ErrorOf("\n[[known]]\nrule = a\n").substr(0, 9), "b.toml:3:");
  EXPECT_EQ(ErrorOf("[[known]]\nvalue = \"a\"\n").substr(0, 9), "b.toml:2:");
  EXPECT_EQ(ErrorOf("[[known]]\nrule = \"a").substr(0, 9), "b.toml:2:");
  EXPECT_EQ(ErrorOf("[[known]]\nrule = \"a\" b").substr(0, 9), "b.toml:2:");
  EXPECT_EQ(ErrorOf("[[known]]\nrule = \"\\q\"").substr(0, 9), "b.toml:2:");
  EXPECT_EQ(ErrorOf("[[known]]\nrule=\"a\"\nrule=\"b\"").substr(0, 9),
            "b.toml:3:");
  EXPECT_EQ(ErrorOf("\n[[known]]\nclass = \"a\"\n"),
            "b.toml:2: the entry names no rule");
  EXPECT_EQ(ErrorOf("[[known]]\nrule = \"a\"\n[[known]]\n"),
            "b.toml:1: the entry names no class");
}

TEST(Baseline, FileIsReadableByItsOwnerAlone) {
  const std::string path = testing::TempDir() + "/baseline_test.toml";
  std::filesystem::remove(path);
  Baseline baseline;
  baseline.Add(Entry("a", "b"));
  ASSERT_TRUE(baseline.Save(path).ok());
  struct stat info;
  ASSERT_EQ(stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
  const auto read = Baseline::Load(path);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->size(), 1U);
  std::filesystem::remove(path);
  EXPECT_FALSE(Baseline::Load(path).ok());
  EXPECT_FALSE(baseline.Save(path + "/none/b.toml").ok());
}

TEST(Baseline, EntryIsTheSiteElseTheFieldElseTheShape) {
  Rule rule;
  rule.id = "id.uuid";
  CallSite site;
  site.id = "py:7d31";
  Finding finding;
  finding.rule = &rule;
  finding.class_name = "consumer_uuid";
  finding.shape = "00ff";
  EXPECT_EQ(EntryOf(finding).shape, "00ff");
  finding.field = "consumer.uuid";
  EXPECT_EQ(EntryOf(finding).shape, "");
  EXPECT_EQ(EntryOf(finding).field, "consumer.uuid");
  finding.sites = {{&site, 0}};
  EXPECT_EQ(EntryOf(finding).site, "py:7d31");
  finding.sites = {{&site, 0}, {&site, 1}};  // a tie is no site
  EXPECT_EQ(EntryOf(finding).site, "");
}

std::string ShapeOf(std::string_view before) {
  const std::string record = std::string(before) + "V";
  const auto begin = static_cast<std::uint32_t>(before.size());
  return RecordShape(record, {begin, begin + 1});
}

TEST(RecordShape, DependsOnTheWordsAndOnNoNumber) {
  const std::string shape = ShapeOf("21:00:33 1728 INFO for consumer ");
  EXPECT_EQ(shape, ShapeOf("22:17:01 9 INFO for  consumer: "));
  EXPECT_NE(shape, ShapeOf("21:00:33 1728 INFO for user "));
  EXPECT_EQ(shape.size(), 16U);
  EXPECT_EQ(ShapeOf(""), ShapeOf("17 "));
}

TEST(RecordShape, DoesNotDependOnWhatIsFarAway) {
  const std::string far = "something " + std::string(80, ' ') + "for user ";
  EXPECT_EQ(ShapeOf(far),
            ShapeOf("another " + std::string(80, ' ') + "for user "));
}

TEST(RecordShape, IsTheSameInEveryVersion) {
  // FNV-1a of "for user ": written down in people's baselines.
  EXPECT_EQ(ShapeOf("for user "), "1c9032385e953829");
}

}  // namespace
}  // namespace logspill
