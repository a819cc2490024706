#include "scanner/correlate/attributor.h"

#include <gtest/gtest.h>

#include "tests/callsite/python.h"

namespace logspill {
namespace {

class Attributor : public testing::Test {
 protected:
  void Index(const std::string& source) {
    auto index = CallSiteIndex::Build(SitesOf(source));
    ASSERT_TRUE(index.ok()) << index.error().message;
    index_.emplace(std::move(*index));
  }

  // "HIGH 3": the lines of the sites.  The record is "LEVEL logger: message".
  std::string Ask(const std::string& level, const std::string& logger,
                  const std::string& message) {
    record_ = level + " " + logger + ": " + message;
    RecordHeader header;
    const std::string_view record = record_;
    header.level = record.substr(0, level.size());
    header.logger = record.substr(level.size() + 1, logger.size());
    header.message_begin =
        static_cast<std::uint32_t>(record_.size() - message.size());
    const auto scratch = index_->NewScratch();
    index_->Attribute(record_, header, scratch.get(), &out_);
    constexpr const char* kNames[] = {"NONE", "AMBIGUOUS", "HIGH", "EXACT"};
    std::string answer = kNames[static_cast<int>(out_.result)];
    for (const CallSite* site : out_.sites) {
      answer += " " + std::to_string(site->line);
    }
    return answer;
  }

  // The argument of the hole that holds `value`.
  std::string ArgumentOf(const std::string& value) const {
    const std::size_t at = record_.find(value);
    const int hole =
        out_.HoleOf({static_cast<std::uint32_t>(at),
                     static_cast<std::uint32_t>(at + value.size())});
    if (hole < 0) return "-";
    return out_.sites[0]
        ->message.holes[static_cast<std::size_t>(hole)]
        .argument;
  }

  std::optional<CallSiteIndex> index_;
  Attribution out_;
  std::string record_;
};

constexpr char kOwn[] = "app.billing.pay";

TEST_F(Attributor, FindsTheOneCallAndTheArgument) {
  Index(
      "LOG = logging.getLogger(__name__)\n"
      "LOG.debug('consumer %s was different than %s', consumer.uuid, old)\n"
      "LOG.debug('consumer %s was deleted', consumer_uuid)\n");
  EXPECT_EQ(Ask("DEBUG", kOwn, "consumer 17 was different than 18"), "HIGH 2");
  EXPECT_EQ(ArgumentOf("17"), "consumer.uuid");
  EXPECT_EQ(ArgumentOf("18"), "old");
  EXPECT_EQ(ArgumentOf("different"), "-") << "that is literal text";
  EXPECT_EQ(ArgumentOf("DEBUG"), "-") << "that is the header";
  EXPECT_EQ(ArgumentOf("17 was"), "-") << "that is hole and text";
}

TEST_F(Attributor, EqualTemplatesStayTied) {
  Index(
      "LOG = logging.getLogger(__name__)\n"
      "LOG.debug('wrote allocations %s', a)\n"
      "LOG.debug('wrote allocations %s', b)\n");
  EXPECT_EQ(Ask("DEBUG", kOwn, "wrote allocations 1"), "AMBIGUOUS 2 3");
}

TEST_F(Attributor, PrintedLoggerAndLevelBreakTies) {
  Index(
      "A = logging.getLogger('shop.a')\n"
      "B = logging.getLogger('shop.b')\n"
      "A.debug('wrote allocations %s', a)\n"
      "B.debug('wrote allocations %s', a)\n"
      "B.warning('wrote allocations %s', a)\n");
  EXPECT_EQ(Ask("DEBUG", "shop.a", "wrote allocations 1"), "HIGH 3");
  EXPECT_EQ(Ask("DEBUG", "shop.b", "wrote allocations 1"), "HIGH 4");
  EXPECT_EQ(Ask("WARN", "shop.b", "wrote allocations 1"), "HIGH 5");
  EXPECT_EQ(Ask("ERROR", "shop.b", "wrote allocations 1"), "NONE");
  EXPECT_EQ(Ask("", "", "wrote allocations 1"), "AMBIGUOUS 3 4 5");
}

TEST_F(Attributor, MoreLiteralTextWins) {
  Index(
      "LOG = logging.getLogger(__name__)\n"
      "LOG.info('request failed: %s', e)\n"
      "LOG.info('request failed: timeout after %d s', n)\n");
  EXPECT_EQ(Ask("INFO", kOwn, "request failed: timeout after 3 s"), "HIGH 3");
  EXPECT_EQ(Ask("INFO", kOwn, "request failed: timeout after x s"), "HIGH 2");
}

TEST_F(Attributor, LittleTextNeedsALoggerThatAgrees) {
  Index(
      "LOG = logging.getLogger(__name__)\n"
      "LOG.info('Deleting %s', x)\n"
      "LOG.info('%s: %s', a, b)\n"
      "LOG.info(anything)\n");
  EXPECT_EQ(Ask("INFO", kOwn, "Deleting block 7"), "HIGH 2");
  EXPECT_EQ(Ask("INFO", "dfs.FSDataset", "Deleting block 7"), "NONE");
  EXPECT_EQ(Ask("INFO", "", "Deleting block 7"), "NONE");
  EXPECT_EQ(Ask("INFO", kOwn, "a: b"), "AMBIGUOUS 3 4");
  EXPECT_EQ(Ask("INFO", "other", "a: b"), "NONE");
  EXPECT_EQ(Ask("INFO", kOwn, "whatever"), "NONE");
}

TEST_F(Attributor, AlmostAsMuchTextStaysTied) {
  Index(
      "LOG = logging.getLogger(__name__)\n"
      "LOG.info('%s added %s', a, b)\n"
      "LOG.info('%s@%s added %s', a, b, c)\n"
      "LOG.info('added %s', a)\n"
      "LOG.info('start')\n"
      "LOG.info(anything)\n");
  EXPECT_EQ(Ask("INFO", kOwn, "pool@1 added bean@2"), "AMBIGUOUS 2 3 6")
      << "the first's arguments may hold an @";
  EXPECT_EQ(Ask("INFO", kOwn, "added bean"), "HIGH 4");
  EXPECT_EQ(Ask("INFO", kOwn, "start"), "HIGH 5") << "it is all of the message";
}

TEST_F(Attributor, WhereNoCallHasThePrintedLoggerLittleTextProvesNothing) {
  Index(
      "LOG = logging.getLogger('shop.server')\n"
      "LOG.info('opened the shop for %s', a)\n"
      "def show(logger, text):\n"
      "    logger.info('%s failed', text)\n");
  EXPECT_EQ(Ask("INFO", "bank.desk", "payment failed"), "NONE");
  EXPECT_EQ(out_.cause, NoneCause::kWeak);
}

TEST_F(Attributor, ATableOfSettingsIsKnownByItsWidth) {
  Index(
      "def dump(logger, lvl):\n"
      "    logger.log(lvl, '%-12s = %s', name, value)\n"
      "    logger.log(lvl, '=' * 20)\n");
  EXPECT_EQ(Ask("DEBUG", "any.one", "debug        = True"), "HIGH 2");
  EXPECT_EQ(ArgumentOf("True"), "value");
  EXPECT_EQ(Ask("DEBUG", "any.one", "debug = True"), "NONE");
  EXPECT_EQ(Ask("DEBUG", "any.one", "now uid,pid,x = 12"), "NONE");
  EXPECT_EQ(Ask("DEBUG", "any.one", std::string(20, '=')), "HIGH 3");
  EXPECT_EQ(Ask("DEBUG", "any.one", std::string(21, '=')), "NONE");
}

TEST_F(Attributor, VariantsOfOneCallAreOneSite) {
  Index(
      "LOG = logging.getLogger(__name__)\n"
      "LOG.info('found a match: %s' if x else 'found %s a match', y)\n");
  EXPECT_EQ(Ask("INFO", kOwn, "found a match: 1"), "HIGH 2");
  EXPECT_EQ(Ask("INFO", kOwn, "found 1 a match"), "HIGH 2");
}

TEST_F(Attributor, HolesWithoutTextBetweenNameNoArgument) {
  Index(
      "LOG = logging.getLogger(__name__)\n"
      "LOG.info('opened file %s%s now', a, b)\n");
  EXPECT_EQ(Ask("INFO", kOwn, "opened file ab now"), "HIGH 2");
  EXPECT_EQ(ArgumentOf("ab"), "-");
}

TEST_F(Attributor, NothingToCompareIsNone) {
  Index("");
  EXPECT_EQ(Ask("INFO", kOwn, "a message"), "NONE");
  Index("LOG.info('a message is here')\n");
  EXPECT_EQ(Ask("INFO", kOwn, ""), "NONE");
  RecordHeader header;
  header.message_begin = 99;  // behind the end of what was cut
  const auto scratch = index_->NewScratch();
  index_->Attribute("short", header, scratch.get(), &out_);
  EXPECT_EQ(out_.result, AttributionResult::kNone);
}

TEST_F(Attributor, APrintedPlaceIsLookedUpAndVerified) {
  Index(
      "def save():\n"
      "    LOG.info('wrote allocations %s', a)\n"
      "    LOG.info('wrote allocations %s', b)\n"
      "    LOG.info(anything)\n");
  const std::string text = "wrote allocations 1";
  const std::string file = "/srv/app/billing/pay.py";
  EXPECT_EQ(Ask("INFO", "", text), "AMBIGUOUS 2 3");
  EXPECT_EQ(Ask("INFO", "", text + " save " + file + ":3"), "EXACT 3");
  EXPECT_EQ(ArgumentOf("1"), "b");
  EXPECT_EQ(Ask("INFO", "", text + " " + file + ":2"), "EXACT 2");
  EXPECT_EQ(Ask("INFO", "", text + " pay.py:2"), "EXACT 2");
  EXPECT_EQ(Ask("INFO", "", "free text save " + file + ":4"), "EXACT 4");
  EXPECT_EQ(ArgumentOf("free"), "anything");
  EXPECT_EQ(ArgumentOf("save"), "-") << "the place is no part of the message";
  // The source has moved on: the text still says which calls it can have been.
  EXPECT_EQ(Ask("INFO", "", text + " save " + file + ":77"), "AMBIGUOUS 2 3");
  // Another file's place is text of the message.
  EXPECT_EQ(Ask("INFO", "", "wrote allocations /srv/other.py:3"),
            "AMBIGUOUS 2 3");
}

TEST_F(Attributor, ACarriageReturnIsNoPartOfTheMessage) {
  Index("LOG.info('a message is here')\n");
  EXPECT_EQ(Ask("INFO", kOwn, "a message is here\r"), "HIGH 1");
}

}  // namespace
}  // namespace logspill
