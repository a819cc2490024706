// What a record prints beside its message: keys, places, levels, stack traces.
// Headers are made by hand, as a reader of formats would.

#include <gtest/gtest.h>

#include <optional>

#include "patterns/loader.h"
#include "scanner/callsite/source_pass.h"
#include "scanner/correlate/attributor.h"

namespace logspill {
namespace {

std::vector<CallSite> SitesIn(const std::string& name, const std::string& file,
                              const std::string& module,
                              const std::string& text) {
  auto languages = LoadLanguages({});
  if (!languages) return {};
  for (const Language& language : *languages) {
    if (language.name != name) continue;
    auto pass = ExtractFromText("app", file, module, text, language);
    if (pass) return std::move(pass->sites);
  }
  ADD_FAILURE() << "there is no " << name;
  return {};
}

class RecordOf : public testing::Test {
 protected:
  void Index(std::vector<CallSite> sites, CorrelateOptions options = {}) {
    auto index = CallSiteIndex::Build(std::move(sites), std::move(options));
    ASSERT_TRUE(index.ok()) << index.error().message;
    index_.emplace(std::move(*index));
    scratch_ = index_->NewScratch();
  }

  // The part of record_ that equals `part`.
  std::string_view Part(std::string_view part) const {
    const std::size_t at = record_.find(part);
    EXPECT_NE(at, std::string::npos) << part;
    return std::string_view(record_).substr(at, part.size());
  }
  Span SpanOf(std::string_view part) const {
    const auto at =
        static_cast<std::uint32_t>(Part(part).data() - record_.data());
    return {at, at + static_cast<std::uint32_t>(part.size())};
  }
  void Message(std::string_view message) {
    header_.message_begin = SpanOf(message).begin;
    header_.message_end = SpanOf(message).end;
  }

  std::string Ask(std::span<const StackFrame> frames = {}) {
    index_->Attribute(record_, header_, scratch_.get(), &out_, frames);
    constexpr const char* kNames[] = {"NONE", "AMBIGUOUS", "HIGH", "EXACT"};
    std::string answer = kNames[static_cast<int>(out_.result)];
    for (const CallSite* site : out_.sites) {
      answer += " " + std::to_string(site->line);
    }
    return answer;
  }

  std::string ArgumentOf(std::string_view value) const {
    const int hole = out_.HoleOf(SpanOf(value));
    if (hole < 0) return "-";
    return std::string(out_.sites[0]->ArgumentOf(hole));
  }

  std::optional<CallSiteIndex> index_;
  std::unique_ptr<CallSiteIndex::Scratch> scratch_;
  std::string record_;
  RecordHeader header_;
  std::vector<RecordField> fields_;
  Attribution out_;
};

TEST_F(RecordOf, EscapesOfJsonAreUndoneAndSpansAreOfTheRecord) {
  Index(SitesIn("python", "pay.py", "pay",
                "log.info('paid by \"%s\" of <%s> today', user, shop)\n"));
  record_ = R"({"message":"paid by \"u-17\" of \u003cACME\u003e today","n":1})";
  header_.escaped = true;
  Message(R"(paid by \"u-17\" of \u003cACME\u003e today)");
  EXPECT_EQ(Ask(), "HIGH 1");
  EXPECT_EQ(ArgumentOf("u-17"), "user");
  EXPECT_EQ(ArgumentOf("ACME"), "shop");
}

constexpr char kZap[] =
    "package desk\nimport \"go.uber.org/zap\"\n"
    "func serve(l *zap.Logger) {\n"
    "\tl.Info(\"payment was accepted\", zap.String(\"user\", u.ID))\n"
    "\tl.Info(\"payment was accepted\", zap.String(\"order\", o.ID))\n"
    "}\n";

TEST_F(RecordOf, KeysTellEqualMessagesApartAndNameArguments) {
  Index(SitesIn("go", "desk.go", "desk", kZap));
  record_ = R"({"msg":"payment was accepted","order":"o-17"})";
  Message("payment was accepted");
  EXPECT_EQ(Ask(), "AMBIGUOUS 4 5") << "no key was read";
  fields_ = {{"order", SpanOf("o-17")}};
  header_.fields = fields_;
  EXPECT_EQ(Ask(), "HIGH 5");
  EXPECT_EQ(ArgumentOf("o-17"), "o.ID");
  fields_ = {{"ctx.user", SpanOf("o-17")}};
  header_.fields = fields_;
  EXPECT_EQ(Ask(), "HIGH 4") << "inside a group";
}

TEST_F(RecordOf, KeysBehindATextMessageAreRead) {
  Index(SitesIn("go", "desk.go", "desk", kZap));
  record_ = "payment was accepted\t{\"user\": \"u-17\"}";
  EXPECT_EQ(Ask(), "HIGH 4");
  EXPECT_EQ(ArgumentOf("u-17"), "u.ID");
}

constexpr char kJava[] =
    "package com.acme;\nclass Desk {\n"
    "  static final Logger log = LoggerFactory.getLogger(Desk.class);\n"
    "  void serve(String user) {\n"
    "    log.error(\"Payment failed for {}\", user, e);\n  }\n"
    "  void refund(String user) {\n"
    "    log.error(\"Payment failed for {}\", user, e);\n  }\n}\n";

TEST_F(RecordOf, FunctionPlaceAndStackBreakTies) {
  Index(SitesIn("java", "com/acme/Desk.java", "com.acme.Desk", kJava));
  record_ = "Payment failed for u-17";
  header_.logger = "com.acme.Desk";
  EXPECT_EQ(Ask(), "AMBIGUOUS 5 8");
  header_.place.function = "refund";
  EXPECT_EQ(Ask(), "HIGH 8");
  header_.place = {};
  const StackFrame frames[] = {{"java", "Bank.java", 33, "com.acme.Bank.pay"},
                               {"java", "Desk.java", 4, "com.acme.Desk.serve"}};
  EXPECT_EQ(Ask(frames), "HIGH 5");
  header_.place = {"Desk.java", 8, ""};
  EXPECT_EQ(Ask(), "EXACT 8");
  header_.place = {"com.acme.Desk", 8, ""};
  EXPECT_EQ(Ask(), "EXACT 8") << "a class stands for its file";
  header_.place = {"Other.java", 8, ""};
  EXPECT_EQ(Ask(), "NONE") << "another file speaks against it";
  EXPECT_EQ(out_.cause, NoneCause::kWeak);
}

TEST_F(RecordOf, APlaceInFrontOrBehindIsFound) {
  Index(SitesIn("java", "com/acme/Desk.java", "com.acme.Desk", kJava));
  record_ = "12:00 (Desk.java:8) Payment failed for u-17";
  Message("Payment failed for u-17");
  EXPECT_EQ(Ask(), "EXACT 8");
  record_ = "Payment failed for u-17 [in /srv/com/acme/Desk.java:5]";
  header_ = {};
  EXPECT_EQ(Ask(), "EXACT 5");
  EXPECT_EQ(ArgumentOf("u-17"), "user");
}

TEST_F(RecordOf, APrintedPlaceCanBeIgnored) {
  Index(SitesIn("java", "com/acme/Desk.java", "com.acme.Desk", kJava),
        {.ignore_printed_location = true, .message_prefixes = {}});
  record_ = "Payment failed for u-17 com/acme/Desk.java:5";
  header_.logger = "com.acme.Desk";
  EXPECT_EQ(Ask(), "AMBIGUOUS 5 8") << "but it is no part of the message";
  record_ = "Payment failed for u-17";
  header_.place = {"Desk.java", 8, "refund"};
  EXPECT_EQ(Ask(), "AMBIGUOUS 5 8");
}

TEST_F(RecordOf, PrefixesAreTriedWhereNothingFitsWithout) {
  const std::string source =
      "log = logging.getLogger(__name__)\n"
      "log.info('Creating the new image now')\n"
      "log.info('[instance: %s] Deleting the image now', uuid)\n";
  Index(SitesIn("python", "vm.py", "vm", source));
  record_ = "[instance: 77] Creating the new image now";
  header_.logger = "vm";
  EXPECT_EQ(Ask(), "HIGH 2") << "much text in the right place";
  Index(SitesIn("python", "vm.py", "vm",
                "log = logging.getLogger(__name__)\nlog.info('At %s', x)\n"));
  record_ = "[instance: 77] At home";
  EXPECT_EQ(Ask(), "NONE");
  Index(SitesIn("python", "vm.py", "vm",
                "log = logging.getLogger(__name__)\nlog.info('At %s', x)\n"),
        {.ignore_printed_location = false,
         .message_prefixes = {"[instance: *] "}});
  EXPECT_EQ(Ask(), "HIGH 2");
  EXPECT_EQ(ArgumentOf("home"), "x");
}

TEST_F(RecordOf, AHeaderThatWasCutElsewhereIsMadeGood) {
  Index(SitesIn("python", "vm.py", "vm",
                "log.info('Creating the image of %s now', x)\n"));
  record_ = "12:00 worker-7 | Creating the image of u-17 now";
  EXPECT_EQ(Ask(), "HIGH 1");
  EXPECT_EQ(ArgumentOf("u-17"), "x");
  record_ = "12:00 xCreating the image of u-17 now";
  EXPECT_EQ(Ask(), "NONE") << "within a word";
}

TEST_F(RecordOf, EveryNoneHasItsCause) {
  Index(SitesIn("python", "vm.py", "vm",
                "def a():\n    log.info('Deleting %s', x)\n"));
  EXPECT_EQ(Ask(), "NONE");
  EXPECT_EQ(out_.cause, NoneCause::kNoMessage);
  record_ = "something else";
  EXPECT_EQ(Ask(), "NONE");
  EXPECT_EQ(out_.cause, NoneCause::kNoTemplate);
  record_ = "Deleting block 7";
  EXPECT_EQ(Ask(), "NONE");
  EXPECT_EQ(out_.cause, NoneCause::kWeak);
  scratch_->origin = Origin::kMostlyOwn;
  EXPECT_EQ(Ask(), "HIGH 2");
  EXPECT_EQ(out_.cause, NoneCause::kNotNone);
  std::string many;
  for (int i = 0; i < 40; ++i) {
    many += "log.info('the very same message each time')\n";
  }
  Index(SitesIn("python", "vm.py", "vm", many));
  record_ = "the very same message each time";
  EXPECT_EQ(Ask(), "NONE");
  EXPECT_EQ(out_.cause, NoneCause::kManyTies);
}

TEST_F(RecordOf, ABlockThatWasSearchedGivesTheSame) {
  Index(SitesIn("python", "vm.py", "vm",
                "log = logging.getLogger(__name__)\n"
                "log.info('Creating the image of %s now', x)\n"
                "log.info('%s was deleted from the image', y)\n"));
  const std::string block =
      "2026-11-22 10:00:00 INFO vm - Creating the image of u-17 now\n"
      "2026-11-22 10:00:01 INFO vm - u-17 was deleted from the image\n"
      "2026-11-22 10:00:02 INFO vm - Creating the image of u-99 now\n"
      "2026-11-22 10:00:03 INFO xy - Creating the image of u-99 now\n"
      "2026-11-22 10:00:04 INFO vm - nothing that is known\n";
  index_->FindAnchors(block, scratch_.get());
  HeaderReader reader(2026);
  std::size_t begin = 0;
  std::string answers;
  std::string known;
  while (begin < block.size()) {
    const std::size_t end = block.find('\n', begin);
    const std::string_view record =
        std::string_view(block).substr(begin, end - begin);
    begin = end + 1;
    Attribution at_once;
    const bool is_known =
        index_->AttributeKnown(record, scratch_.get(), &at_once);
    known += is_known ? "1" : "0";
    index_->Attribute(record, reader.Read(record), scratch_.get(), &out_);
    answers += " " + (out_.sites.empty() ? std::string("-")
                                         : std::to_string(out_.sites[0]->line));
    if (!is_known) continue;
    EXPECT_EQ(at_once.sites, out_.sites);
    EXPECT_EQ(at_once.result, out_.result);
    ASSERT_EQ(at_once.holes.size(), out_.holes.size());
    for (std::size_t i = 0; i < out_.holes.size(); ++i) {
      EXPECT_EQ(at_once.holes[i].span, out_.holes[i].span);
    }
  }
  EXPECT_EQ(answers, " 2 3 2 2 -");
  EXPECT_EQ(known, "00100") << "the fourth is of another logger";
}

TEST_F(RecordOf, ACallThatIsGivenItsLoggerMayHaveUsedThePrintedOne) {
  auto sites = SitesIn("java", "org/shop/desk/Server.java", "",
                       "package org.shop.desk;\nimport org.slf4j.*;\n"
                       "class Server {\n"
                       "Logger LOG = LoggerFactory.getLogger(Server.class);\n"
                       "void f() { LOG.info(\"{}={}\", a, b); } }\n");
  const auto more = SitesIn("java", "org/shop/desk/Env.java", "",
                            "package org.shop.desk;\nimport org.slf4j.*;\n"
                            "class Env {\n"
                            "void f(String m, Logger log) {\n\n"
                            "log.info(m + b); } }\n");
  sites.insert(sites.end(), more.begin(), more.end());
  Index(std::move(sites));
  record_ = "INFO org.shop.desk.Server: environment:java=17";
  header_.level = Part("INFO");
  header_.logger = Part("org.shop.desk.Server");
  Message("environment:java=17");
  EXPECT_EQ(Ask(), "AMBIGUOUS 6 5");
}

TEST_F(RecordOf, TheMethodBehindALoggerIsNoPartOfIt) {
  Index(SitesIn("java", "org/shop/Server.java", "",
                "package org.shop;\nimport org.slf4j.*;\n"
                "class Server {\n"
                "Logger LOG = LoggerFactory.getLogger(Server.class);\n"
                "void open() { LOG.info(\"open {}\", a); } }\n"));
  record_ = "INFO o.s.Server.open:5 - open 7";
  header_.level = Part("INFO");
  header_.logger = Part("o.s.Server.open");
  Message("open 7");
  EXPECT_EQ(Ask(), "HIGH 5");
}

TEST_F(RecordOf, AGroupOfKeysIsFoundByItsName) {
  Index(SitesIn("go", "desk.go", "", R"(package a
import "log/slog"
func f(l *slog.Logger) {
	l.WithGroup("req").Info("served it", "status", 200, slog.Group("user", "id", n))
	l.Info("served it", "status", 200)
})"));
  record_ = "level=INFO msg=\"served it\" req.status=200 req.user.id=7";
  Message("served it");
  fields_ = {{Part("req.status"), SpanOf("200")},
             {Part("req.user.id"), SpanOf("7")}};
  header_.fields = fields_;
  scratch_->origin = Origin::kOwn;
  EXPECT_EQ(Ask(), "HIGH 4");
}

TEST_F(RecordOf, APrefixDoesNotHideTheStrongerTemplate) {
  Index(SitesIn("python", "pay.py", "pay",
                "log.info('%s failed %s', a, b)\n"
                "log.info('request for the shop failed due to %s', a)\n"));
  record_ = "12:00 [client=1] request for the shop failed due to x";
  header_.time_ms = 1;
  Message("[client=1] request for the shop failed due to x");
  scratch_->origin = Origin::kOwn;
  EXPECT_EQ(Ask(), "HIGH 2");
  EXPECT_EQ(ArgumentOf("x"), "a");
}

}  // namespace
}  // namespace logspill
