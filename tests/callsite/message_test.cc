#include "tests/callsite/python.h"

namespace logspill {
namespace {

TEST(Message, LazyArgumentsFillThePlaceholders) {
  EXPECT_EQ(Message(R"("a %s is %d", user.name, n)"),
            "a {} is {} | user.name %s | n %d");
  EXPECT_EQ(Message(R"("%-30s = %s", k, v)"), "{} = {} | k %-30s | v %s");
  EXPECT_EQ(Message(R"("done %d%%", share)"), "done {}% | share %d");
  EXPECT_EQ(Message(R"("%*d x", width, n)"), "{} x | n %*d");
}

TEST(Message, WithoutArgumentsAPercentSignIsText) {
  EXPECT_EQ(Message(R"("100% of %s")"), "100% of %s");
}

TEST(Message, NamesAreLookedUpInADictionary) {
  EXPECT_EQ(Message(R"("lock %(lock)s", {'lock': name})"),
            "lock {} | name %(lock)s");
  EXPECT_EQ(Message(R"("lock %(lock)s", params)"),
            "lock {} | params['lock'] %(lock)s");
  EXPECT_EQ(Message(R"("%(a)s %(b)s" % {'b': x, **rest})"),
            "{} {} | **rest['a'] %(a)s | x %(b)s");
}

TEST(Message, PercentInsideTheCallTakesTupleAndSingleValue) {
  EXPECT_EQ(Message(R"("a %s b %s" % (x, y.z))"), "a {} b {} | x %s | y.z %s");
  EXPECT_EQ(Message(R"("a %s" % x)"), "a {} | x %s");
  EXPECT_EQ(Message(R"(("a %s") % (x,))"), "a {} | x %s");
}

TEST(Message, LiteralsJoinOverLinesAndComments) {
  EXPECT_EQ(Message("\"one \"\n  # why\n  'two ' '''three'''"),
            "one two three");
}

TEST(Message, ConcatenationKeepsTextAndHoles) {
  EXPECT_EQ(Message(R"("user " + name + " left " + str(n))"),
            "user {} left {} | name  | str(n) ");
  EXPECT_EQ(Message("a + b"), "{} | a + b  !unresolved");
}

TEST(Message, FormatTakesPositionsNamesAndAttributes) {
  EXPECT_EQ(Message(R"("{} {n} {0.id!r:>10} {{x}}".format(a, n=b.c))"),
            "{} {} {} {{x}} | a {} | b.c {n} | a.id {0.id!r:>10}");
}

TEST(Message, InterpolatedStringsGiveTheirExpressions) {
  EXPECT_EQ(Message(R"(f"x {{y}} {a!r:>10} {b.c}\n")"),
            "x {{y}} {} {}\n | a {!r:>10} | b.c {}");
  EXPECT_EQ(Message(R"(f"{u['id']}")"), "{} | u['id'] {} !unresolved");
}

TEST(Message, EscapesAreDecodedUnlessRaw) {
  EXPECT_EQ(Message(R"("a\tb\x41\u00e9\101\\")"),
            "a\tbA\xC3\xA9"
            "A\\");
  EXPECT_EQ(Message(R"(r"a\tb")"), "a\\tb");
}

TEST(Message, TranslationPassesItsTextOn) {
  EXPECT_EQ(Message(R"(_LI("got %s"), x)"), "got {} | x %s");
  EXPECT_EQ(Message(R"(_("got %(id)s") % {'id': x})"), "got {} | x %(id)s");
  EXPECT_EQ(Message(R"(i18n._LE("got %s") % x)"), "got {} | x %s");
}

TEST(Message, RepetitionOfConstantsIsEvaluated) {
  EXPECT_EQ(Message(R"("=" * 5)"), "=====");
  EXPECT_EQ(Message(R"(3 * "ab")"), "ababab");
  EXPECT_EQ(Message(R"("ab" * n)"), "{} | \"ab\" * n  !unresolved");
  EXPECT_EQ(Message(R"("ab" * 99999999)"),
            "{} | \"ab\" * 99999999  !unresolved");
}

TEST(Message, ArgumentsThatAreSpreadFillWhatIsLeft) {
  EXPECT_EQ(Message(R"("%s %s", a, *rest)"), "{} {} | a %s | *rest %s");
}

TEST(Message, KeywordsOfTheCallAreNoArguments) {
  EXPECT_EQ(Message(R"("a %s", x, exc_info=True, extra={'b': 1})"),
            "a {} | x %s");
  EXPECT_EQ(Message(R"(msg="whole")"), "whole");
}

TEST(Message, BracesOfTheTextAreDoubled) {
  EXPECT_EQ(Message(R"("{} %s", x)"), "{{}} {} | x %s");
}

TEST(Message, ConditionalExpressionGivesBothVariants) {
  const auto sites = SitesOf("LOG.info('yes %s' if a else 'no %s', b)\n");
  ASSERT_EQ(sites.size(), 2u);
  EXPECT_EQ(Describe(sites[0]), "yes {} | b %s !variant");
  EXPECT_EQ(Describe(sites[1]), "no {} | b %s !variant");
  EXPECT_NE(sites[0].id, sites[1].id);
}

TEST(Message, ConstantsOfModuleClassAndFunctionAreFollowed) {
  const auto sites = SitesOf(R"(
TEXT = 'module %s'
class Job:
    fmt = '%(a)s done'
    def __init__(self):
        self.note = 'noted ' + 'it'
    def run(self, x):
        text = 'local %s' % x
        LOG.debug(text)
        LOG.debug(TEXT, x)
        LOG.debug(self.fmt, {'a': x})
        LOG.debug(Job.fmt, {'a': x})
        LOG.debug(self.note)
)");
  ASSERT_EQ(sites.size(), 5u);
  EXPECT_EQ(Describe(sites[0]), "local {} | x %s");
  EXPECT_EQ(Describe(sites[1]), "module {} | x %s");
  EXPECT_EQ(Describe(sites[2]), "{} done | x %(a)s");
  EXPECT_EQ(Describe(sites[3]), "{} done | x %(a)s");
  EXPECT_EQ(Describe(sites[4]), "noted it");
}

TEST(Message, NamesThatMayHoldAnythingStayUnresolved) {
  const auto sites = SitesOf(R"(
msg = 'module'
def a(msg):
    LOG.debug(msg)
def b(all):
    for msg in all:
        LOG.debug(msg)
def c():
    msg = 'x'
    if y:
        msg += y
    LOG.debug(msg)
def d():
    msg = msg + 'x'
    LOG.debug(msg)
)");
  ASSERT_EQ(sites.size(), 4u);
  EXPECT_EQ(Describe(sites[0]), "{} | msg  !unresolved !wrapper");
  EXPECT_EQ(Describe(sites[1]), "{} | msg  !unresolved");
  EXPECT_EQ(Describe(sites[2]), "{} | msg  !unresolved");
  EXPECT_EQ(Describe(sites[3]), "{}x | msg ");
}

TEST(Message, WhatIsPutBehindANameInTheSameBlockIsFollowed) {
  const auto sites = SitesOf(R"(
def a():
    text = 'one %s' % x
    text += ' two'
    text += z
    LOG.debug(text)
    text += ' later'
)");
  ASSERT_EQ(sites.size(), 1u);
  EXPECT_EQ(Describe(sites[0]), "one {} two{} | x %s | z ");
}

TEST(Message, AJoinedListOfKnownItemsIsWrittenOut) {
  EXPECT_EQ(Message(R"("got: " + ", ".join(["a", b]))"), "got: a, {} | b ");
  EXPECT_EQ(Message(R"("got: " + ", ".join(all))"),
            "got: {} | \", \".join(all) ");
}

}  // namespace
}  // namespace logspill
