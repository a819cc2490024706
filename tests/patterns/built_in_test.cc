#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "patterns/loader.h"

namespace logspill {
namespace {

namespace fs = std::filesystem;

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(BuiltInData, HoldsEveryDataFileByteForByte) {
  const fs::path folder = fs::path(LOGSPILL_SOURCE_DIR) / "patterns";
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string extension = entry.path().extension();
    if (extension != ".toml" && extension != ".scm") continue;
    ++files;
    const std::string name = fs::relative(entry.path(), folder);
    const auto found = BuiltInData(name);
    ASSERT_EQ(found.size(), 1U) << name;
    EXPECT_EQ(found[0].text, ReadFile(entry.path())) << name;
  }
  EXPECT_EQ(BuiltInData("").size(), files);
  EXPECT_GT(files, 4U);
}

TEST(BuiltInData, IsSortedAndChosenByPrefix) {
  const auto packs = BuiltInData("packs/");
  ASSERT_GE(packs.size(), 5U);
  for (std::size_t i = 1; i < packs.size(); ++i) {
    EXPECT_LT(packs[i - 1].name, packs[i].name);
  }
  EXPECT_TRUE(BuiltInData("nothing/").empty());
}

TEST(Languages, AreLoadedWithTheirQueries) {
  const auto languages = LoadLanguages({});
  ASSERT_TRUE(languages.ok()) << languages.error().message;
  ASSERT_FALSE(languages->empty());
  for (const Language& language : *languages) {
    EXPECT_FALSE(language.query.empty()) << language.name;
    EXPECT_FALSE(language.calls.empty()) << language.name;
    EXPECT_FALSE(language.extensions.empty()) << language.name;
  }
}

TEST(Subjects, KnowPersonsFromOperations) {
  const auto subjects = LoadSubjects({});
  ASSERT_TRUE(subjects.ok()) << subjects.error().message;
  const SubjectId consumer = subjects->OfWord("consumer");
  const SubjectId request = subjects->OfWord("request");
  ASSERT_NE(consumer, kNoSubject);
  ASSERT_NE(request, kNoSubject);
  EXPECT_FALSE(subjects->at(consumer).operational);
  EXPECT_TRUE(subjects->at(request).operational);
}

}  // namespace
}  // namespace logspill
