#include <algorithm>
#include <set>

#include "tests/callsite/python.h"

namespace logspill {
namespace {

constexpr char kService[] = R"(import logging
LOG = logging.getLogger(__name__)

class Desk:
    def __init__(self):
        self.journal = logging.getLogger('audit.desk')

    def serve(self, guest):
        LOG.debug('serving %s',
                  guest.id)
        self.journal.warn('late')
        logging.error('root')
        LOG.log(logging.INFO, 'by value')
        LOG.log(level, 'by name')

def close():
    logger.exception('closing')
    parser.error('no log call')
    math.log(3)
)";

TEST(CallSite, SaysWhereItIs) {
  const auto sites = SitesOf(kService);
  ASSERT_EQ(sites.size(), 6u);
  const CallSite& site = sites[0];
  EXPECT_EQ(site.language, "python");
  EXPECT_EQ(site.root, "app");
  EXPECT_EQ(site.file, "billing/pay.py");
  EXPECT_EQ(site.line, 9u);
  EXPECT_EQ(site.end_line, 10u);
  EXPECT_EQ(site.column, 9u);
  EXPECT_EQ(site.class_name, "Desk");
  EXPECT_EQ(site.function, "serve");
  EXPECT_EQ(sites[5].class_name, "");
  EXPECT_EQ(sites[5].function, "close");
}

TEST(CallSite, KnowsItsLoggerWhereTheFileSaysIt) {
  const auto sites = SitesOf(kService);
  ASSERT_EQ(sites.size(), 6u);
  EXPECT_EQ(sites[0].logger, "app.billing.pay");
  EXPECT_EQ(sites[1].logger, "audit.desk");
  EXPECT_EQ(sites[2].logger, "root");
  EXPECT_EQ(sites[5].logger, "") << "logger comes from elsewhere";
}

TEST(CallSite, KnowsItsLevel) {
  const auto sites = SitesOf(kService);
  ASSERT_EQ(sites.size(), 6u);
  EXPECT_EQ(sites[0].level, "debug");
  EXPECT_EQ(sites[1].level, "warning");
  EXPECT_EQ(sites[3].level, "info");
  EXPECT_EQ(sites[4].level, "");
  EXPECT_EQ(sites[4].flags, std::vector<std::string>{"dynamic-level"});
  EXPECT_EQ(sites[5].level, "error");
}

TEST(CallSite, AdaptersKeepTheLoggersName) {
  const auto sites = SitesOf(
      "x = Adapter(logging.getLogger('a.b'), {})\n"
      "x.info('hello')\n"
      "logging.getLogger('c').info('hello')\n"
      "log.bind(user=u).info('hello')\n");
  ASSERT_EQ(sites.size(), 3u);
  EXPECT_EQ(sites[0].logger, "a.b");
  EXPECT_EQ(sites[1].logger, "c");
  EXPECT_EQ(sites[2].logger, "");
}

TEST(CallSite, IdStaysWhileTheLineMoves) {
  const auto before = SitesOf(kService);
  const auto after = SitesOf("# moved\n\n\n" + std::string(kService));
  ASSERT_EQ(before.size(), after.size());
  std::set<std::string> ids;
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(before[i].id, after[i].id);
    EXPECT_EQ(before[i].line + 3, after[i].line);
    EXPECT_EQ(before[i].id.substr(0, 3), "py:");
    ids.insert(before[i].id);
  }
  EXPECT_EQ(ids.size(), before.size());
}

TEST(CallSite, EqualCallsOfOneFunctionHaveDifferentIds) {
  const auto sites = SitesOf("LOG.info('a')\nLOG.info('a')\nLOG.info('b')\n");
  ASSERT_EQ(sites.size(), 3u);
  EXPECT_NE(sites[0].id, sites[1].id);
  const auto fewer = SitesOf("LOG.info('a')\nLOG.info('b')\n");
  EXPECT_EQ(fewer[0].id, sites[0].id);
  EXPECT_EQ(fewer[1].id, sites[2].id);
}

TEST(CallSite, IdIsTheSameInEveryVersionOfTheProgram) {
  // Baselines and snapshots hold it.
  const auto sites = SitesOf("LOG.info('a %s', b)\n");
  ASSERT_EQ(sites.size(), 1u);
  EXPECT_EQ(sites[0].id, "py:4e3925a12f591336");
}

TEST(CallSite, CodeAroundASyntaxErrorIsStillRead) {
  const auto sites = SitesOf(
      "def a():\n    LOG.info('one')\n"
      "def b(:\n    x = = 3\n"
      "def c():\n    LOG.info('two')\n");
  EXPECT_TRUE(std::any_of(sites.begin(), sites.end(), [](const CallSite& s) {
    return s.message.Text() == "one";
  }));
  EXPECT_TRUE(std::any_of(sites.begin(), sites.end(), [](const CallSite& s) {
    return s.message.Text() == "two";
  }));
}

}  // namespace
}  // namespace logspill
