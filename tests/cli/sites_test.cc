#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <string>
#include <vector>

#include "tests/cli/workshop.h"

namespace logspill {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kDesk = R"(import logging
LOG = logging.getLogger(__name__)

class Desk:
    def serve(self, consumer):
        LOG.debug('serving {} %s of %s',
                  consumer.uuid, len(consumer.name))
        LOG.info('paid', extra={'mail': consumer.email})
        LOG.warning(anything)
)";

std::vector<std::string> SplitLines(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = text.find('\n', begin);
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

std::string Field(const std::string& line, const char* pointer) {
  simdjson::dom::parser parser;
  const simdjson::padded_string padded(line);
  simdjson::dom::element root;
  if (parser.parse(padded).get(root) != simdjson::SUCCESS) return "no JSON";
  simdjson::dom::element field;
  if (root.at_pointer(pointer).get(field) != simdjson::SUCCESS) {
    return "no field";
  }
  return simdjson::to_string(field);
}

TEST(Sites, PrintsJsonLinesWithTheSummaryLast) {
  const Workshop workshop;
  workshop.Write("src/desk.py", kDesk);
  const Outcome outcome = workshop.Run("sites src --format jsonl");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const auto lines = SplitLines(outcome.out);
  ASSERT_EQ(lines.size(), 4u);
  const std::string& site = lines[0];
  EXPECT_EQ(Field(site, "/type"), "\"site\"");
  EXPECT_EQ(Field(site, "/schema"), "\"logspill/1\"");
  EXPECT_THAT(Field(site, "/id"), HasSubstr("\"py:"));
  EXPECT_EQ(Field(site, "/language"), "\"python\"");
  EXPECT_EQ(Field(site, "/root"), "\"src\"");
  EXPECT_EQ(Field(site, "/file"), "\"desk.py\"");
  EXPECT_EQ(Field(site, "/line"), "6");
  EXPECT_EQ(Field(site, "/end_line"), "7");
  EXPECT_EQ(Field(site, "/column"), "9");
  EXPECT_EQ(Field(site, "/function"), "\"serve\"");
  EXPECT_EQ(Field(site, "/class"), "\"Desk\"");
  EXPECT_EQ(Field(site, "/logger"), "\"desk\"");
  EXPECT_EQ(Field(site, "/level"), "\"debug\"");
  EXPECT_EQ(Field(site, "/template"), "\"serving {{}} {} of {}\"");
  EXPECT_EQ(Field(site, "/holes/0/argument"), "\"consumer.uuid\"");
  EXPECT_EQ(Field(site, "/holes/0/conversion"), "\"%s\"");
  EXPECT_EQ(Field(site, "/holes/0/key"), "null");
  EXPECT_EQ(Field(site, "/holes/0/sensitivity"), "\"consumer_uuid\"");
  EXPECT_EQ(Field(site, "/holes/1/sensitivity"), "null") << "a length";
  EXPECT_EQ(Field(site, "/flags"), "[]");
  EXPECT_EQ(Field(lines[1], "/holes/0/key"), "\"mail\"");
  EXPECT_EQ(Field(lines[1], "/holes/0/in_template"), "false");
  EXPECT_EQ(Field(lines[2], "/flags/0"), "\"unresolved\"");
  const std::string& summary = lines[3];
  EXPECT_EQ(Field(summary, "/type"), "\"summary\"");
  EXPECT_EQ(Field(summary, "/files"), "1");
  EXPECT_EQ(Field(summary, "/sites"), "3");
  EXPECT_EQ(Field(summary, "/unresolved"), "1");
  EXPECT_EQ(Field(summary, "/by_language/python"), "3");
  EXPECT_EQ(Field(summary, "/by_framework/logging"), "3");
  EXPECT_EQ(Field(summary, "/by_level/info"), "1");
  EXPECT_EQ(Field(summary, "/complete"), "true");
}

// Values in the source are as secret as in a log.
constexpr char kRaw[] =
    "import logging\n"
    "LOG = logging.getLogger(__name__)\n"
    "def f(x):\n"
    "    LOG.info('moved 4f3c2b1a-9d8e-4f7a-8b6c-5d4e3f2a1b0c to %s', x)\n"
    "    user_id = find('4f3c2b1a-9d8e-4f7a-8b6c-5d4e3f2a1b0c')\n"
    "    LOG.info('the one who came is %s',\n"
    "             user_id or '4f3c2b1a-9d8e-4f7a-8b6c-5d4e3f2a1b0c')\n";
constexpr char kRawLog[] =
    "2026-11-22 21:00:33.638 1 INFO a [-] moved "
    "4f3c2b1a-9d8e-4f7a-8b6c-5d4e3f2a1b0c to "
    "9a8b7c6d-5e4f-4a3b-9c2d-1e0f9a8b7c6d\n"
    "2026-11-22 21:00:34.638 1 INFO a [-] the one who came is "
    "9a8b7c6d-5e4f-4a3b-9c2d-1e0f9a8b7c6d\n";

TEST(Sites, NoRawValueOfTheSourceIsShown) {
  const Workshop workshop;
  workshop.Write("src/a.py", kRaw);
  workshop.Write("a.log", kRawLog);
  for (const std::string command :
       {"sites src", "sites src --format jsonl", "trace a.log --source src",
        "trace a.log --source src --format jsonl",
        "scan a.log --source src --min-severity info --predictions all",
        "scan a.log --source src --min-severity info --format jsonl "
        "--predictions all",
        "scan a.log --source src --min-severity info --format sarif"}) {
    const Outcome outcome = workshop.Run(command);
    EXPECT_THAT(outcome.out, HasSubstr("a.py")) << command << outcome.err;
    EXPECT_THAT(outcome.out, Not(HasSubstr("4f3c2b1a"))) << command;
    EXPECT_THAT(outcome.out, HasSubstr("[u")) << command;
  }
}

TEST(Sites, RecordsAreStillComparedWithTheRawText) {
  const Workshop workshop;
  workshop.Write("src/a.py", kRaw);
  workshop.Write("a.log", kRawLog);
  const Outcome json = workshop.Run("sites src --format jsonl --output s");
  ASSERT_EQ(json.status, 0) << json.err;
  for (const std::string from : {"--source src", "--sites s"}) {
    const auto lines =
        SplitLines(workshop.Run("trace a.log --format jsonl " + from).out);
    ASSERT_EQ(lines.size(), 3u) << from;
    EXPECT_EQ(Field(lines[0], "/result"), "\"HIGH\"") << from;
    EXPECT_EQ(Field(lines[0], "/sites/0/line"), "4") << from;
    EXPECT_EQ(Field(lines[1], "/sites/0/line"), "6") << from;
  }
}

constexpr char kWeb[] =
    "from flask import Flask\n"
    "app = Flask(__name__)\n"
    "@app.route('/readers/<uuid:reader>/users/<id>', methods=['PUT'])\n"
    "def put(reader, id):\n"
    "    LOG.info('serving %s', request.url)\n";

TEST(Sites, ListsTheRoutesThatTheCodeDeclares) {
  const Workshop workshop;
  workshop.Write("src/web.py", kWeb);
  workshop.Write("src/api.yaml",
                 "openapi: 3.0.0\npaths:\n  /books/{isbn}:\n    get: {}\n");
  const Outcome json = workshop.Run("sites src --routes --format jsonl");
  EXPECT_EQ(json.status, 0) << json.err;
  const auto lines = SplitLines(json.out);
  ASSERT_EQ(lines.size(), 3u) << json.out;
  EXPECT_EQ(Field(lines[0], "/framework"), "\"openapi\"");
  const std::string& route = lines[1];
  EXPECT_EQ(Field(route, "/type"), "\"route\"");
  EXPECT_EQ(Field(route, "/schema"), "\"logspill/1\"");
  EXPECT_EQ(Field(route, "/path"), "\"/readers/{reader}/users/{id}\"");
  EXPECT_EQ(Field(route, "/parameters"), "[\"reader\",\"id\"]");
  EXPECT_EQ(Field(route, "/methods"), "[\"PUT\"]");
  EXPECT_EQ(Field(route, "/framework"), "\"flask\"");
  EXPECT_EQ(Field(route, "/root"), "\"src\"");
  EXPECT_EQ(Field(route, "/file"), "\"web.py\"");
  EXPECT_EQ(Field(route, "/line"), "3");
  EXPECT_EQ(Field(lines[2], "/routes"), "2");
  EXPECT_EQ(Field(lines[2], "/routes_by_framework/flask"), "1");
  EXPECT_EQ(Field(lines[2], "/sites"), "1");
  const Outcome text = workshop.Run("sites src --routes");
  EXPECT_THAT(text.out, HasSubstr("web.py:3"));
  EXPECT_THAT(text.out, HasSubstr("PUT "));
  EXPECT_THAT(text.out, HasSubstr("/readers/{reader}/users/{id}\n"));
  EXPECT_THAT(text.out, Not(HasSubstr("serving")));
}

TEST(Sites, SayWhatTheRoutesCarryWhereAUrlIsPrinted) {
  const Workshop workshop;
  workshop.Write("src/web.py", kWeb);
  const Outcome json = workshop.Run("sites src --format jsonl");
  const auto lines = SplitLines(json.out);
  ASSERT_EQ(lines.size(), 3u) << json.out;
  EXPECT_EQ(Field(lines[0], "/holes/0/sensitivity"), "\"url\"");
  EXPECT_EQ(Field(lines[0], "/holes/0/in_paths"), "[\"user_id\"]");
  EXPECT_EQ(Field(lines[1], "/type"), "\"route\"");
  EXPECT_EQ(Field(lines[2], "/routes"), "1");
  EXPECT_THAT(workshop.Run("sites src").out, HasSubstr("url (user_id)"));
}

TEST(Sites, ListFormatsOfAccessLogs) {
  const Workshop workshop;
  workshop.Write("etc/nginx.conf",
                 "log_format main '$remote_addr \"$request\" $status';\n");
  const Outcome json = workshop.Run("sites etc --format jsonl");
  EXPECT_EQ(json.status, 0) << json.err;
  const auto lines = SplitLines(json.out);
  ASSERT_EQ(lines.size(), 2u) << json.out;
  EXPECT_EQ(Field(lines[0], "/framework"), "\"nginx\"");
  EXPECT_EQ(Field(lines[0], "/template"), "\"{} \\\"{}\\\" {}\"");
  EXPECT_EQ(Field(lines[0], "/holes/1/argument"), "\"request line\"");
  EXPECT_EQ(Field(lines[0], "/flags/0"), "\"format\"");
}

TEST(Sites, ListTheFormatsThatAreBuiltInWhereAsked) {
  const Workshop workshop;
  workshop.Write("src/desk.py", kDesk);
  EXPECT_THAT(workshop.Run("sites src").out, Not(HasSubstr("access/nginx")));
  const Outcome beside = workshop.Run("sites src --access-formats");
  EXPECT_THAT(beside.out, HasSubstr("desk.py:6"));
  EXPECT_THAT(beside.out, HasSubstr("access/nginx:"));
  const Outcome alone = workshop.Run("sites --access-formats --format jsonl");
  EXPECT_EQ(alone.status, 0) << alone.err;
  EXPECT_THAT(alone.out, HasSubstr("\"function\":\"combined\""));
  EXPECT_THAT(alone.out, HasSubstr("built-in"));
}

TEST(Sites, PrintsATableAndWhatThereIsInAll) {
  const Workshop workshop;
  workshop.Write("src/desk.py", kDesk);
  workshop.Write("src/a/b.go",
                 "package b\nimport \"log\"\nfunc f(id string) {\n"
                 "\tlog.Printf(\"user %s\", userID)\n}\n");
  const Outcome outcome = workshop.Run("sites src");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  EXPECT_THAT(outcome.out, HasSubstr("desk.py:6  "));
  EXPECT_THAT(outcome.out, HasSubstr("serving {{}} {} of {}"));
  EXPECT_THAT(outcome.out, HasSubstr("consumer.uuid: consumer_uuid"));
  EXPECT_THAT(outcome.out, HasSubstr("a/b.go:4"));
  EXPECT_THAT(outcome.out, HasSubstr("4 log calls in 2 files"));
  EXPECT_THAT(outcome.out, HasSubstr("3 python, 1 go"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("\x1b")));
}

TEST(Sites, WhatCannotBeReadIsNamedAndMakesItIncomplete) {
  const Workshop workshop;
  workshop.Write("src/desk.py", kDesk);
  workshop.Write("src/binary.py", std::string("LOG.info('x')\0\1", 15));
  Outcome outcome = workshop.Run("sites src --format jsonl");
  EXPECT_EQ(outcome.status, 0) << "what is no text is no source";
  EXPECT_THAT(outcome.out, HasSubstr("src/binary.py: not text"));
  outcome = workshop.Shell(
      "ln -s gone.py src/dangling.py; logspill sites src --format jsonl");
  EXPECT_EQ(outcome.status, 3);
  EXPECT_THAT(outcome.err, HasSubstr("src/dangling.py: "));
  EXPECT_THAT(outcome.out, HasSubstr(R"("complete":false)"));
}

TEST(Sites, WrongUseListsNothing) {
  const Workshop workshop;
  workshop.Write("src/desk.py", kDesk);
  for (const char* arguments :
       {"sites", "sites missing", "sites src --format xml",
        "sites src --languages missing.toml", "sites src --min-severity high",
        "sites src --changed-since HEAD", "sites src --threads 0"}) {
    const Outcome outcome = workshop.Run(arguments);
    EXPECT_EQ(outcome.status, 2) << arguments;
    EXPECT_EQ(outcome.out, "") << arguments;
    EXPECT_THAT(outcome.err, HasSubstr("logspill: ")) << arguments;
  }
}

TEST(Sites, ChangedSinceLeavesOutWhatDidNotChange) {
  const Workshop workshop;
  workshop.Write("src/old.py", "LOG.info('old')\n");
  workshop.Write("src/touched.py", "LOG.info('before')\n");
  const std::string git =
      "git -c user.name=n -c user.email=e@example.org -c init.defaultBranch=m ";
  const Outcome made = workshop.Shell(git + "init -q . && " + git +
                                      "add . && " + git + "commit -q -m first");
  if (made.status != 0) GTEST_SKIP() << "no git: " << made.err;
  workshop.Write("src/touched.py", "LOG.info('after')\n");
  workshop.Write("src/new.py", "LOG.info('new')\n");
  Outcome outcome = workshop.Run("sites src --changed-since HEAD");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("after"));
  EXPECT_THAT(outcome.out, HasSubstr("new.py:1"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("old.py")));
  outcome = workshop.Run("sites src --changed-since no-such-revision");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("--changed-since no-such-revision"));
  outcome = workshop.Run("sites src --changed-since --output=x");
  EXPECT_EQ(outcome.status, 2) << "a revision is no option of git";
}

TEST(Sites, ChangedSinceLimitsRoutesAsWell) {
  const Workshop workshop;
  workshop.Write("src/old.py", kWeb);
  const std::string git =
      "git -c user.name=n -c user.email=e@example.org -c init.defaultBranch=m ";
  const Outcome made = workshop.Shell(git + "init -q . && " + git +
                                      "add . && " + git + "commit -q -m first");
  if (made.status != 0) GTEST_SKIP() << "no git: " << made.err;
  workshop.Write("src/new.py",
                 "from flask import Flask\n"
                 "app = Flask(__name__)\n"
                 "@app.route('/fines/<fine>')\n"
                 "def put(fine): pass\n");
  const Outcome all = workshop.Run("sites src --routes");
  EXPECT_THAT(all.out, HasSubstr("/readers/{reader}"));
  const Outcome outcome =
      workshop.Run("sites src --routes --changed-since HEAD");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("/fines/{fine}"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("/readers")));
  const Outcome one = workshop.Run("sites src/new.py --changed-since HEAD");
  EXPECT_EQ(one.status, 0) << one.err;
}

TEST(Sites, WhatGitCannotSayIsSaidInWords) {
  const Workshop workshop;
  workshop.Write("src/a.py", kDesk);
  Outcome outcome = workshop.Run("sites src --changed-since HEAD");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("git"));
  outcome = workshop.Shell(
      "program=$(type -P logspill); PATH=/nowhere; "
      "$program sites src --changed-since HEAD");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("git cannot be run"));
  if (workshop.Shell("git init -q .").status != 0) GTEST_SKIP() << "no git";
  outcome = workshop.Run("sites src --changed-since gone");
  EXPECT_THAT(outcome.err, HasSubstr("no such revision in src"));
}

TEST(Sites, ASingleFileIsARootByItsFolder) {
  const Workshop workshop;
  workshop.Write("src/desk.py", kDesk);
  workshop.Write("src/odd.txt", "hello");
  workshop.Write("src/binary.py", std::string("LOG.info('x')\0\1", 15));
  const Outcome outcome = workshop.Run(
      "sites src/desk.py src/odd.txt src/binary.py --format jsonl");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const auto lines = SplitLines(outcome.out);
  ASSERT_EQ(lines.size(), 4u) << outcome.out;
  EXPECT_EQ(Field(lines[0], "/root"), "\"src\"");
  EXPECT_EQ(Field(lines[0], "/file"), "\"desk.py\"");
  EXPECT_EQ(Field(lines[3], "/skipped/0"),
            "\"src/odd.txt: of no language that is known\"");
  EXPECT_EQ(Field(lines[3], "/skipped/1"), "\"src/binary.py: not text\"");
  workshop.Write("a.log",
                 "2026-11-22 21:00:33.638 1 DEBUG desk [-] serving {} "
                 "4f3c2b1a-9d8e-4f7a-8b6c-5d4e3f2a1b0c of 7\n");
  const Outcome scan = workshop.Run("scan a.log --source src/desk.py");
  EXPECT_EQ(scan.status, 1) << scan.err;
  EXPECT_THAT(scan.out, HasSubstr("sed -n 6,7p src/desk.py"));
}

TEST(Sites, ASitesFileBringsTheRoutesAlong) {
  const Workshop workshop;
  workshop.Write("src/web.py", kWeb);
  std::string log;
  for (int i = 0; i < 9; ++i) {
    log += "10.0.0.1 - - [22/Nov/2026:21:00:3" + std::to_string(i) +
           " +0000] \"PUT /readers/4f3c2b1a-9d8e-4f7a-8b6c-5d4e3f2a1b0" +
           std::to_string(i) + "/users/77 HTTP/1.1\" 200 12 \"-\" \"curl\"\n";
  }
  workshop.Write("a.log", log);
  workshop.Write("k", "0123456789abcdef0123456789abcdef");
  ASSERT_EQ(workshop
                .Shell("chmod 600 k; logspill sites src --format jsonl "
                       "--output s.jsonl")
                .status,
            0);
  const std::string scan =
      "scan a.log --key-file k --min-severity info --format jsonl ";
  const auto without_time = [](const std::string& text) {
    return text.substr(0, text.rfind(",\"seconds\""));
  };
  const std::string by_source =
      without_time(workshop.Run(scan + "--source src").out);
  EXPECT_THAT(by_source, HasSubstr("reader"));
  EXPECT_EQ(without_time(workshop.Run(scan + "--sites s.jsonl").out),
            by_source);
  EXPECT_NE(without_time(workshop.Run(scan).out), by_source);
}

TEST(Sites, AFileWithoutALineIsNoSitesFile) {
  const Workshop workshop;
  workshop.Write("a.log", "hello\n");
  workshop.Write("empty", "");
  workshop.Write("src/a.py", kDesk);
  for (const std::string file : {"empty", "src", "missing"}) {
    for (const std::string command : {"scan", "trace"}) {
      const Outcome outcome = workshop.Run(command + " a.log --sites " + file);
      EXPECT_EQ(outcome.status, 2) << command << " " << file;
      EXPECT_EQ(outcome.out, "");
      EXPECT_THAT(outcome.err, HasSubstr(file + ": "));
    }
  }
}

TEST(Sites, RoutesFitTheTerminal) {
  const Workshop workshop;
  workshop.Write("src/web.py",
                 "from flask import Flask\n"
                 "app = Flask(__name__)\n"
                 "@app.route('/" +
                     std::string(150, 'a') +
                     "/<id>')\n"
                     "def put(id): pass\n");
  const Outcome outcome = workshop.Run("sites src --routes");
  for (const std::string& line : SplitLines(outcome.out)) {
    EXPECT_LE(line.size(), 82u) << line;  // an ellipsis has three bytes
  }
}

TEST(Sites, AUserAddsFrameworksAndWrappersByData) {
  const Workshop workshop;
  workshop.Write("src/desk.py", "journal.scribble('user {}', user.id)\n");
  EXPECT_THAT(workshop.Run("sites src").out, HasSubstr("0 log calls"));
  workshop.Write("own/journal.toml", R"(
name = "python"
extends = true
tokens = [".scribble("]
[[call]]
framework = "journal"
receivers = ["journal"]
placeholders = "brace"
[call.methods]
scribble = "info"
)");
  for (const char* arguments : {"sites src --languages own",
                                "sites src --languages own/journal.toml"}) {
    const Outcome outcome = workshop.Run(arguments);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("desk.py:1")) << arguments;
    EXPECT_THAT(outcome.out, HasSubstr("user.id: user_id"));
    EXPECT_THAT(outcome.out, HasSubstr("1 journal"));
  }
  workshop.Write("logspill.toml", "[scan]\nlanguages = ['own']\n");
  EXPECT_THAT(workshop.Run("sites src").out, HasSubstr("1 journal"));
}

TEST(Sites, AConfigurationThatWasOnlyFoundLoadsNoCode) {
  const Workshop workshop;
  workshop.Write("src/desk.own", "log('x')\n");
  workshop.Write("own.toml",
                 "name = 'own'\ngrammar = './own.so'\nextensions = ['.own']\n"
                 "tokens = ['log(']\n");
  workshop.Write("own.scm", "(call) @call\n");
  workshop.Write("logspill.toml", "[scan]\nlanguages = ['own.toml']\n");
  const Outcome outcome = workshop.Run("sites src");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("only found here"));
  const Outcome named = workshop.Run("sites src --config logspill.toml");
  EXPECT_THAT(named.err, Not(HasSubstr("only found here")));
}

TEST(Sites, AUserAddsALanguageByDataAndItsGrammar) {
  const Workshop workshop;
  workshop.Write("src/Desk.cs", R"(
using Microsoft.Extensions.Logging;
namespace Shop.Pay {
  public class Desk {
    private readonly ILogger<Desk> _trail;
    const string Late = "late {OrderId}";
    public void Pay(string userId, int n) {
      _trail.LogInformation("Paid {OrderId} by {UserId}", orderId, user.Id);
      _trail.LogError(e, $"inter {userId} \"x\"");
      _trail.LogWarning(Late, orderId);
      Console.WriteLine(@"out ""{0}""", n);
    }
  }
}
)");
  const std::string data = LOGSPILL_SOURCE_DIR "/examples/languages/csharp";
  const Outcome set_up = workshop.Shell(
      "mkdir own && cp " + data + ".toml " + data +
      ".scm own/ && ln -s " LOGSPILL_C_SHARP_GRAMMAR " own/c_sharp.so");
  ASSERT_EQ(set_up.status, 0) << set_up.err;
  const Outcome outcome =
      workshop.Run("sites src --languages own --format jsonl --no-cache");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const auto lines = SplitLines(outcome.out);
  ASSERT_EQ(lines.size(), 5u) << outcome.out;
  EXPECT_EQ(Field(lines[0], "/template"), "\"Paid {} by {}\"");
  EXPECT_EQ(Field(lines[0], "/line"), "8");
  EXPECT_EQ(Field(lines[0], "/class"), "\"Desk\"");
  EXPECT_EQ(Field(lines[0], "/language"), "\"csharp\"");
  EXPECT_EQ(Field(lines[0], "/holes/1/argument"), "\"user.Id\"");
  EXPECT_EQ(Field(lines[0], "/holes/1/sensitivity"), "\"user_id\"");
  EXPECT_EQ(Field(lines[1], "/template"), R"("inter {} \"x\"")");
  EXPECT_EQ(Field(lines[1], "/level"), "\"error\"");
  EXPECT_EQ(Field(lines[2], "/template"), "\"late {}\"");
  EXPECT_EQ(Field(lines[3], "/template"), R"("out \"{}\"")");
  const Outcome without =
      workshop.Shell("rm own/c_sharp.so; logspill sites src --languages own");
  EXPECT_EQ(without.status, 2);
  EXPECT_THAT(without.err, HasSubstr("c_sharp.so"));
}

TEST(Sites, AWrongLanguageIsRefusedWithItsPlace) {
  const Workshop workshop;
  workshop.Write("src/a.py", "LOG.info('a')\n");
  workshop.Write("bad.toml", "name = \"python\"\nextends = true\nmethod = 1\n");
  Outcome outcome = workshop.Run("sites src --languages bad.toml");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("bad.toml:3:"));
  workshop.Write("bad.toml",
                 "name = \"python\"\nextends = true\n[[call]]\n"
                 "framework = \"x\"\nplaceholders = \"mystery\"\n");
  outcome = workshop.Run("sites src --languages bad.toml");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("unknown placeholders 'mystery'"));
  workshop.Write("bad.toml", "name = \"klingon\"\nextends = true\n");
  EXPECT_EQ(workshop.Run("sites src --languages bad.toml").status, 2);
}

}  // namespace
}  // namespace logspill
