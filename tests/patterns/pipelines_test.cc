#include "patterns/pipelines.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "patterns/loader.h"

namespace logspill {
namespace {

constexpr char kTemplate[] = R"toml(
name = "mine"
title = "My own"
dialect = "python"
head = "<"
open = "("
middle = "m"
each = "@RULE@ @MARK@)"
foot = ">"
)toml";

TEST(Pipelines, WrapEachRuleAroundTheOnesBefore) {
  const auto pipeline = ParsePipeline("mine.toml", kTemplate);
  ASSERT_TRUE(pipeline.ok()) << pipeline.error().message;
  Rule a;
  a.id = "pii.a";
  a.kind = "a";
  a.pattern = "a+";
  Rule b = a;
  b.id = "pii.b";
  EXPECT_EQ(WritePipeline(*pipeline, {&a, &b}).value(),
            "<((mpii.a [a])pii.b [a])>");
}

TEST(Pipelines, AnErrorOfATemplateHasItsPlace) {
  const auto pipeline = ParsePipeline(
      "mine.toml",
      "name = \"x\"\ntitle = \"x\"\ndialect = \"jaba\"\neach = \"\"\n");
  ASSERT_FALSE(pipeline.ok());
  EXPECT_NE(pipeline.error().message.find("mine.toml:3:"), std::string::npos)
      << pipeline.error().message;
  EXPECT_NE(pipeline.error().message.find("did you mean 'java'?"),
            std::string::npos);
}

TEST(Pipelines, TakeEveryRuleThatIsBuiltIn) {
  const auto rules = LoadRules({});
  ASSERT_TRUE(rules.ok());
  std::vector<const Rule*> all;
  for (const Rule& rule : rules->rules) all.push_back(&rule);
  const auto pipelines = LoadPipelines({});
  ASSERT_TRUE(pipelines.ok()) << pipelines.error().message;
  EXPECT_GE(pipelines->size(), 4U);
  for (const Pipeline& pipeline : *pipelines) {
    const auto text = WritePipeline(pipeline, all);
    ASSERT_TRUE(text.ok()) << text.error().message;
    EXPECT_EQ(text->find("@PATTERN@"), std::string::npos);
    // In XML and in strings in quotes it stands as it is.
    for (const Rule& rule : rules->rules) {
      const auto written = WritePattern(rule, pipeline.dialect);
      ASSERT_TRUE(written.has_value()) << rule.id;
      if (pipeline.dialect == RegexDialect::kPosix) continue;
      EXPECT_EQ(written->pattern.find_first_of("<>&\"'$%~"), std::string::npos)
          << rule.id << ": " << written->pattern;
    }
  }
}

}  // namespace
}  // namespace logspill
