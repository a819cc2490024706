// What becomes of rules in the gitleaks format.  Every rule here was written
// for its test.

#include "patterns/import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "patterns/examples.h"
#include "patterns/import_allow.h"
#include "patterns/loader.h"
#include "patterns/rule_writer.h"

namespace logspill {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Imported Import(const std::string& text) {
  const auto file = ReadGitleaks("their.toml", text);
  EXPECT_TRUE(file.ok()) << file.error().message;
  return file.ok() ? ImportRules("their.toml", *file) : Imported();
}

Imported ImportOne(const std::string& fields) {
  return Import("[[rules]]\nid = 'acme-token'\n" + fields);
}

std::vector<std::string> Notes(const Imported& imported) {
  std::vector<std::string> notes;
  for (const ImportNote& note : imported.notes) {
    notes.push_back(std::to_string(note.at.line) + ": " + note.what);
  }
  return notes;
}

std::string Why(const std::string& fields) {
  const Imported imported = ImportOne(fields);
  EXPECT_TRUE(imported.rules.empty());
  EXPECT_EQ(imported.notes.size(), 1U);
  if (imported.notes.empty()) return "taken";
  EXPECT_EQ(imported.notes[0].kind, ImportNote::Kind::kRefused);
  return imported.notes[0].what;
}

TEST(Import, TakesAWholeRule) {
  const Imported imported = ImportOne(
      "description = \"Acme's token\"\n"
      "regex = '''\\b(acmd_[a-z0-9]{32})\\b'''\n"
      "keywords = ['ACMD_']\nentropy = 3.1\ntags = ['Deploy Key', 'pci']\n");
  ASSERT_EQ(imported.rules.size(), 1U);
  EXPECT_THAT(Notes(imported), IsEmpty());
}

TEST(Import, WhatItWritesIsReadBackAsItWas) {
  const Imported imported = ImportOne(
      "description = \"Acme's \\\"token\\\"\"\n"
      "regex = '''(?i)\\bacme['\"]?[:=]['\"]?([a-z0-9]{32})\\b'''\n"
      "keywords = ['acme']\nentropy = 3\ntags = ['Deploy Key', 'pci']\n");
  ASSERT_EQ(imported.rules.size(), 1U);
  const Rule& made = imported.rules[0];
  const auto read = ParsePack("new.toml", RuleText(made));
  ASSERT_TRUE(read.ok()) << read.error().message;
  const Rule& rule = read->front();
  EXPECT_EQ(rule.id, "imported.acme-token");
  EXPECT_EQ(rule.title, "Acme's \"token\"");
  EXPECT_EQ(rule.pattern,
            "(?i)\\bacme['\"]?[:=]['\"]?(?P<value>[a-z0-9]{32})\\b");
  EXPECT_EQ(rule.anchors, std::vector<std::string>{"acme"});
  EXPECT_TRUE(rule.anchors_caseless);
  EXPECT_EQ(rule.min_entropy, 3.0);
  EXPECT_EQ(rule.tags, (std::vector<std::string>{"deploy-key", "pci"}));
  EXPECT_EQ(rule.severity, Severity::kCritical);
  EXPECT_EQ(rule.rank, Rank::kNamedByKey);
  EXPECT_EQ(rule.max_bytes, 39U);
  EXPECT_FALSE(rule.verified);
  EXPECT_EQ(rule.source, "rule 'acme-token' of their.toml");
  EXPECT_EQ(rule.match, made.match);
  EXPECT_EQ(rule.no_match, made.no_match);
  EXPECT_THAT(TestExamples(rule), IsEmpty());
}

TEST(Import, ChoosesTheGroupThatHoldsTheSecret) {
  const auto pattern = [](const std::string& fields) {
    const Imported imported = ImportOne(fields);
    return imported.rules.empty() ? "" : imported.rules[0].pattern;
  };
  EXPECT_EQ(pattern("regex = '(acme|ajax)_([0-9]{9})'\nsecretGroup = 2"),
            "(?:acme|ajax)_(?P<value>[0-9]{9})");
  EXPECT_EQ(pattern("regex = 'acme_([0-9]{9})'"), "acme_(?P<value>[0-9]{9})");
  EXPECT_EQ(pattern("regex = 'acme_[0-9]{9}'"), "acme_[0-9]{9}");
  EXPECT_EQ(Why("regex = 'acme_([0-9]{9})'\nsecretGroup = 2"),
            "secretGroup 2, and its regex has 1");
  EXPECT_THAT(Notes(ImportOne("regex = '(acme)_([0-9]{9})'")),
              Contains("1: of its 2 groups the first is taken for the value "
                       "(no secretGroup)"));
}

TEST(Import, SaysWhyItRefusesARule) {
  EXPECT_EQ(Why("regex = 'acme(?=x)'"),
            "lookahead (?=, at byte 4 of its regex");
  EXPECT_EQ(Why("regex = 'a*'"), "its regex matches nothing at all");
  EXPECT_EQ(Why("path = 'x'"), "it names files (path) and no value");
  EXPECT_EQ(Why("description = 'x'"), "it has no regex");
  EXPECT_EQ(Why("regex = 'acme_[0-9]{9}'\nskipReport = true"),
            "it reports nothing itself (skipReport)");
  EXPECT_EQ(Why("regex = 'acme_\\d\\B\\b[0-9]'"),
            "no example could be made of its regex; write the rule by hand");
  const Imported twice = Import(
      "[[rules]]\nid='a'\nregex='acme_[0-9]{9}'\n"
      "[[rules]]\nid='a'\nregex='acme_[0-9]{9}'\n");
  EXPECT_EQ(twice.rules.size(), 1U);
  EXPECT_THAT(Notes(twice), Contains("6: its id is used above"));
}

TEST(Import, SaysWhatARuleWithoutAnAnchorCosts) {
  const Imported imported =
      ImportOne("regex = '\\b[0-9]{6}-[0-9]{4}\\b'\nkeywords = ['badge']");
  ASSERT_EQ(imported.rules.size(), 1U);
  const Rule& rule = imported.rules[0];
  EXPECT_TRUE(rule.anchors.empty());
  EXPECT_TRUE(rule.near_required);
  EXPECT_EQ(rule.near, std::vector<std::string>{"badge"});
  EXPECT_THAT(Notes(imported), Contains(HasSubstr("no anchor and costs")));
  EXPECT_THAT(Notes(imported), Contains(HasSubstr("within 64 bytes")));
}

TEST(Import, TellsWhatItLeavesOfARule) {
  const auto notes = Notes(ImportOne(
      "regex = 'acme_[0-9]{9}\\s*[^\"]*'\npath = 'x'\nkeyword = ['y']\n"
      "required = [{id = 'other'}]\nkeywords = ['acme_']"));
  EXPECT_THAT(notes, Contains(HasSubstr("its path is not taken over")));
  EXPECT_THAT(notes, Contains(HasSubstr("no bound")));
  EXPECT_THAT(notes, Contains(HasSubstr("it requires nearby")));
  EXPECT_THAT(notes, Contains("5: field 'keyword' is not known; did you mean "
                              "'keywords'?"));
}

TEST(Import, NamesCountWithoutCase) {
  const Imported imported = ImportOne(
      "regex = '(acme|ajax)_([0-9]{9})'\nsecretgroup = 2\nKeywords = ['a']");
  ASSERT_EQ(imported.rules.size(), 1U);
  EXPECT_THAT(imported.rules[0].pattern, HasSubstr("(?P<value>[0-9]"));
}

TEST(Import, MakesAllowEntriesOfAllowlists) {
  const Imported imported = Import(
      "[[rules]]\nid='a'\nregex='acme_[a-z]{9}'\n"
      "[[rules.allowlists]]\nregexes=['^acme_x','y$']\n"
      "stopwords=['a.b','sample']\ndescription='in the manual'\n"
      "[[rules.allowlists]]\nregexTarget='line'\nregexes=['z']\n"
      "[[rules.allowlists]]\ncondition='AND'\nregexes=['z']\npaths=['^a/']\n"
      "[[rules.allowlists]]\ncondition='AND'\nregexes=['z']\ncommits=['1']\n"
      "[allowlist]\npaths=['\\.zip$','(a|b)']\n");
  std::vector<std::string> entries;
  for (const AllowEntry& e : imported.allow) {
    entries.push_back(e.rule + " " + e.path + " " + e.pattern);
  }
  EXPECT_THAT(entries, ElementsAre("imported.a  (?s).*(?:^acme_x).*",
                                   "imported.a  (?s).*(?:y$).*",
                                   "imported.a  (?si).*(?:a\\.b|sample).*",
                                   "imported.a a/* (?s).*(?:z).*", " *.zip "));
  EXPECT_EQ(imported.allow[0].reason, "in the manual");
  EXPECT_TRUE(Allowlist::Create(imported.allow, "2026-01-01").ok());
  EXPECT_THAT(Notes(imported), Contains(HasSubstr("regexTarget 'line'")));
  EXPECT_THAT(Notes(imported), Contains(HasSubstr("condition AND")));
  EXPECT_THAT(Notes(imported), Contains(HasSubstr("path '(a|b)'")));
}

TEST(Import, AGlobalAllowlistMayNameItsRules) {
  const Imported imported = Import(
      "[[rules]]\nid='a'\nregex='acme_[a-z]{9}'\n"
      "[[rules]]\nid='b'\nregex='ajax_[a-z]{9}'\n"
      "[[allowlists]]\ntargetRules=['b','gone']\nstopwords=['w']\n"
      "[[allowlists]]\ntargetRules=['gone']\nstopwords=['w']\n");
  ASSERT_EQ(imported.allow.size(), 1U);
  EXPECT_EQ(imported.allow[0].rule, "imported.b");
}

TEST(Import, MakesAGlobOfAPathWhereOneSaysTheSame) {
  EXPECT_EQ(GlobOf("\\.log$"), "*.log");
  EXPECT_EQ(GlobOf("^logs/.*\\.gz$"), "logs/*.gz");
  EXPECT_EQ(GlobOf("a.c/.+x"), "*a?c/?*x*");
  EXPECT_EQ(GlobOf("a\\[1\\]"), "*a\\[1\\]*");
  EXPECT_EQ(GlobOf("ab?c"), "");
  EXPECT_EQ(GlobOf("(?i)a"), "");
  EXPECT_EQ(GlobOf("[ab]"), "");
  EXPECT_EQ(GlobOf("\\d"), "");
  EXPECT_EQ(GlobOf("^$"), "");
}

TEST(Import, AWrongFileIsShownWithACaret) {
  const auto broken = ReadGitleaks("their.toml", "[[rules]]\nid = 'a\n");
  ASSERT_FALSE(broken.ok());
  EXPECT_THAT(broken.error().message, HasSubstr("their.toml:2:"));
  EXPECT_THAT(broken.error().message, HasSubstr("no valid TOML"));
  const auto wrong =
      ReadGitleaks("their.toml", "[[rules]]\nid = 'a'\nkeywords = 'acme'\n");
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().message,
            "their.toml:3:12: field 'keywords' of rule a must be an array of "
            "strings\n"
            "  3 | keywords = 'acme'\n"
            "    |            ^");
}

}  // namespace
}  // namespace logspill
