#include "scanner/correlate/shape.h"

#include <gtest/gtest.h>

namespace logspill {
namespace {

// "a {%d} b": a hole with its conversion.
LogTemplate Template(std::string_view text) {
  LogTemplate result;
  result.literals.emplace_back();
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    result.literals.back() += text.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find('}', open);
    result.holes.push_back(
        {"x", std::string(text.substr(open + 1, close - open - 1)), ""});
    result.literals.emplace_back();
    text.remove_prefix(close + 1);
  }
  return result;
}

// The holes' values, or "no".
std::string Holes(std::string_view text, std::string_view message) {
  std::vector<Span> holes;
  if (!Shape(Template(text)).Match(message, &holes)) return "no";
  std::string values;
  for (const Span hole : holes) {
    values += '<' + std::string(hole.Of(message)) + '>';
  }
  return values;
}

TEST(Shape, TheWholeMessageMustFit) {
  EXPECT_EQ(Holes("got {%s} from {%s}", "got 7 from a b"), "<7><a b>");
  EXPECT_EQ(Holes("got {%s} from", "got 7 from"), "<7>");
  EXPECT_EQ(Holes("got {%s} from", "got 7 from x"), "no");
  EXPECT_EQ(Holes("got {%s}", "has got 7"), "no");
  EXPECT_EQ(Holes("done", "done"), "");
  EXPECT_EQ(Holes("done", "done."), "no");
  EXPECT_EQ(Holes("{%s}: {%s}", "a: b: c"), "<a><b: c>");
}

TEST(Shape, LiteralsMayNotOverlap) {
  EXPECT_EQ(Holes("aba{%s}aba", "ababa"), "no");
  EXPECT_EQ(Holes("aba{%s}aba", "abaaba"), "<>");
}

TEST(Shape, ConversionsAreChecked) {
  EXPECT_EQ(Holes("found {%d} in {%s}", "found 12 in x"), "<12><x>");
  EXPECT_EQ(Holes("found {%d} in {%s}", "found -12 in x"), "<-12><x>");
  EXPECT_EQ(Holes("found {%d} in {%s}", "found twelve in x"), "no");
  EXPECT_EQ(Holes("took {%.2f}s", "took 1.25s"), "<1.25>");
  EXPECT_EQ(Holes("took {%.2f}s", "took longs"), "no");
  EXPECT_EQ(Holes("at {%x}", "at 7fff"), "<7fff>");
  EXPECT_EQ(Holes("at {%x}", "at home"), "no");
  EXPECT_EQ(Holes("n {{:>5d}", "n    12"), "<   12>");
}

TEST(Shape, ConversionsOfOtherLanguagesAreChecked) {
  EXPECT_EQ(Holes("user {%q} left", "user \"a b\" left"), "<\"a b\">");
  EXPECT_EQ(Holes("user {%q} left", "user ab left"), "no");
  EXPECT_EQ(Holes("ids {%d} left", "ids [1 2 3] left"), "<[1 2 3]>")
      << "Go prints a list so";
  EXPECT_EQ(Holes("at {%2$s} now", "at x now"), "<x>") << "that is no width";
  EXPECT_EQ(ReadConversion("{:%Y-%m-%d}").kind, HoleForm::Kind::kAny)
      << "the layout of a time";
  EXPECT_EQ(ReadConversion("{n:d}").kind, HoleForm::Kind::kInteger);
  EXPECT_EQ(ReadConversion("{:?}").kind, HoleForm::Kind::kAny);
  EXPECT_EQ(ReadConversion("%[2]d").width, 0u);
  EXPECT_EQ(ReadConversion("%[2]d").kind, HoleForm::Kind::kInteger);
  EXPECT_EQ(Holes("took {%f} s", "took NaN s"), "<NaN>");
  EXPECT_EQ(Holes("took {%f} s", "took +Inf s"), "<+Inf>");
  EXPECT_EQ(Holes("{%v} {%+v} end", "a b end"), "<a><b>");
}

TEST(Shape, ACheckThatFailsMovesOn) {
  EXPECT_EQ(Holes("{%s} has {%d} of {%s}", "he has it has 3 of x"),
            "<he has it><3><x>");
}

TEST(Shape, AWidthIsFilledOrExceededWithoutPadding) {
  EXPECT_EQ(Holes("{%-6s} = {%s}", "ab     = 1"), "<ab    ><1>");
  EXPECT_EQ(Holes("{%-6s} = {%s}", "ab = 1"), "no");
  EXPECT_EQ(Holes("{%-6s} = {%s}", "abcdefgh = 1"), "<abcdefgh><1>");
  EXPECT_EQ(Holes("{%-6s} = {%s}",
                  "\xC3\xA9"
                  "b     = 1"),
            "<\xC3\xA9"
            "b    ><1>")
      << "a width is in characters";
}

TEST(Shape, HolesWithoutTextBetweenShareTheirSpan) {
  EXPECT_EQ(Holes("a {%s}{%s} b", "a xy b"), "<xy><xy>");
}

TEST(Shape, OnlyTheFirstLineOfATemplateIsCompared) {
  EXPECT_EQ(Holes("command {%s}\nexit {%d}", "command ls -l"), "<ls -l><>");
}

TEST(Shape, LostTrailingBlanksAreForgiven) {
  EXPECT_EQ(Holes("made {%s}. ", "made x."), "<x>");
  EXPECT_EQ(Holes("made it. ", "made it."), "");
}

TEST(Shape, WeightCountsLiteralTextOnly) {
  EXPECT_EQ(Shape(Template("{%s}")).weight(), 0u);
  EXPECT_EQ(Shape(Template("ab: {%s} c")).weight(), 7u);
  EXPECT_TRUE(Shape(Template("found {%s} there")).strong());
  EXPECT_FALSE(Shape(Template("{%s} = {%s}")).strong());
}

TEST(Shape, LongMessagesOfOneLiteralEnd) {
  std::string message;
  for (int i = 0; i < 200'000; ++i) message += "a=";
  EXPECT_EQ(Holes("{%d}={%d}={%d}={%d}x", message), "no");
}

}  // namespace
}  // namespace logspill
