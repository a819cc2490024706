#include "patterns/diagnostics.h"

#include <gtest/gtest.h>

#include <string>

namespace logspill {
namespace {

std::string Report(const std::string& text, Position at,
                   const std::string& what = "wrong") {
  Diagnostics diagnostics("a.toml", text);
  diagnostics.Add(at, what);
  return diagnostics.ToError().message;
}

// Where the caret stands below the line, in bytes.
std::size_t CaretOf(const std::string& report) {
  return report.size() - 1 - report.rfind('\n') - 1;
}

TEST(Diagnostics, TheCaretStandsBelowItsColumn) {
  EXPECT_EQ(Report("one\ntwo = x\n", {2, 7}),
            "a.toml:2:7: wrong\n"
            "  2 | two = x\n"
            "    |       ^");
}

TEST(Diagnostics, WhatATerminalWouldObeyIsEscaped) {
  EXPECT_EQ(Report("a = \x1b[31m\xff z", {1, 11}, "odd \x1b]0;title\x07"),
            "a.toml:1:11: odd \\x1b]0;title\\x07\n"
            "  1 | a = \\x1b[31m\\xff z\n"
            "    |                 ^");
}

TEST(Diagnostics, WideCharactersAndTabsLineUp) {
  EXPECT_EQ(Report("\t日本 = x", {1, 7}),
            "a.toml:1:7: wrong\n"
            "  1 | \t日本 = x\n"
            "    | \t       ^");
}

TEST(Diagnostics, OfALongLineOnlyWhatIsAroundTheCaretIsShown) {
  const std::string text =
      std::string(2000, 'a') + "HERE" + std::string(3000, 'b');
  const std::string report = Report(text, {1, 2001});
  EXPECT_LT(report.size(), 400u);
  const std::size_t begin = report.find("  1 | ");
  const std::size_t end = report.find('\n', begin);
  const std::string line = report.substr(begin, end - begin);
  EXPECT_EQ(line.substr(CaretOf(report), 4), "HERE") << report;
  EXPECT_EQ(line.substr(6, 4), "...a");
  EXPECT_TRUE(line.ends_with("b..."));
}

TEST(Diagnostics, ACaretBehindTheLineStandsAtItsEnd) {
  const std::string report = Report(std::string(500, 'a'), {1, 900});
  EXPECT_LT(report.size(), 400u);
  EXPECT_TRUE(report.ends_with(" ^")) << report;
}

}  // namespace
}  // namespace logspill
