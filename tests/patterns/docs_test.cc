// docs/rules.md is true.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "patterns/examples.h"
#include "patterns/loader.h"
#include "patterns/rule_reader.h"
#include "scanner/rule/shape.h"
#include "scanner/verify/validators.h"

namespace logspill {
namespace {

std::vector<std::string> Lines() {
  std::ifstream in(std::string(LOGSPILL_SOURCE_DIR) + "/docs/rules.md");
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// The names in the first column of the table below the heading `title`.
std::vector<std::string> Column(const std::string& title) {
  std::vector<std::string> names;
  bool inside = false;
  for (const std::string& line : Lines()) {
    if (line.starts_with("## ")) inside = line == "## " + title;
    if (!inside || !line.starts_with("| `")) continue;
    names.push_back(line.substr(3, line.find('`', 3) - 3));
  }
  return names;
}

std::set<std::string> SetOf(const std::vector<std::string>& names) {
  return {names.begin(), names.end()};
}

TEST(RulesPage, NamesEachFieldOfTheReaderAndNoOther) {
  const std::vector<std::string> named = Column("Fields");
  EXPECT_GT(named.size(), 20U);
  EXPECT_EQ(SetOf(named), SetOf(RuleFieldNames()));
  EXPECT_EQ(SetOf(named).size(), named.size());
}

TEST(RulesPage, NamesEachShape) {
  std::string row;
  for (const std::string& line : Lines()) {
    if (line.starts_with("| `shape` ")) row = line;
  }
  EXPECT_GE(ShapeNames().size(), 11U);
  for (const std::string& shape : ShapeNames()) {
    EXPECT_NE(row.find("`" + shape + "`"), row.npos) << shape;
  }
}

TEST(RulesPage, ListsTheValidatorsAsTheyAre) {
  std::string table;
  for (const std::string& line : Lines()) {
    if (line.starts_with("| validator |")) table = "begun\n";
    if (!table.empty() && line.starts_with("| `")) table += line + "\n";
  }
  std::string expected = "begun\n";
  for (const Validator& validator : AllValidators()) {
    expected += "| `" + std::string(validator.name) + "` | " +
                std::string(validator.title) + " |\n";
  }
  EXPECT_EQ(table, expected);
}

TEST(RulesPage, ItsExampleLoadsAndPasses) {
  std::string text;
  bool inside = false;
  for (const std::string& line : Lines()) {
    if (line.starts_with("```")) {
      inside = line == "```toml";
    } else if (inside) {
      text += line + "\n";
    }
  }
  const auto rules = ParsePack("docs/rules.md", text);
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  ASSERT_EQ(rules->size(), 1U);
  for (const std::string& wrong : TestExamples(rules->front())) {
    ADD_FAILURE() << wrong;
  }
}

TEST(RulesPage, NamesEachTagOfThePacks) {
  std::string page;
  for (const std::string& line : Lines()) page += line + "\n";
  const auto rules = LoadRules({});
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  std::set<std::string> tags;
  for (const Rule& rule : rules->rules) {
    tags.insert(rule.tags.begin(), rule.tags.end());
  }
  for (const std::string& tag : tags) {
    EXPECT_NE(page.find("`" + tag + "`"), page.npos) << tag;
  }
}

TEST(Template, EveryFieldThatItLeavesOutIsRare) {
  const auto files = BuiltInData("templates/rule.toml");
  ASSERT_EQ(files.size(), 1U);
  const auto rules = ParsePack(files[0].name, files[0].text);
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  for (const std::string& wrong : TestExamples(rules->front())) {
    ADD_FAILURE() << wrong;
  }
  const std::set<std::string> rare = {
      "shape", "region",   "anchors_caseless", "max_bytes",
      "class", "joinable", "redact",           "verified"};
  for (const std::string& field : RuleFieldNames()) {
    if (rare.count(field) != 0) continue;
    const bool named =
        files[0].text.find("\n" + field + " ") != std::string_view::npos ||
        files[0].text.find("\n#" + field + " ") != std::string_view::npos;
    EXPECT_TRUE(named) << field;
  }
}

}  // namespace
}  // namespace logspill
