// Calls that reach the log through functions of the code base, and constants of
// other files.

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/callsite/listing.h"

namespace logspill {
namespace {

namespace fs = std::filesystem;

class Wrappers : public testing::Test {
 protected:
  Wrappers() {
    std::string name = (fs::temp_directory_path() / "wrappers.XXXXXX").string();
    root_ = ::mkdtemp(name.data());
  }
  ~Wrappers() override {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }

  void Write(const std::string& file, const std::string& text) const {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file, std::ios::binary) << text;
  }

  // "file:line text @via:line !flags"
  std::string Listed(SourceOptions options = {}) {
    auto languages = LoadLanguages({});
    if (!languages) return languages.error().message;
    auto pass = ExtractCallSites(root_.string(), *languages, options);
    if (!pass) return pass.error().message;
    cached_ = pass->stats.files_cached;
    std::string text = "\n";
    for (const CallSite& site : pass->sites) {
      text += site.file + ":" + LineOf(site);
      if (!site.via.file.empty()) {
        text += " @" + site.via.file + ":" + std::to_string(site.via.line);
      }
      text += "\n";
    }
    return text;
  }

  fs::path root_;
  std::uint64_t cached_ = 0;
};

TEST_F(Wrappers, TheSiteIsWhereTheFrameworkPrintsAndViaTheCaller) {
  Write("a.py",
        "def note(text, *args):\n"
        "    LOG.info(text, *args)\n"
        "\n"
        "def pay(user):\n"
        "    note('paid %s', user.id)\n"
        "    note('closed')\n");
  EXPECT_EQ(Listed(), R"(
a.py:2 logging info: paid {} | user.id %s @a.py:5
a.py:2 logging info: closed @a.py:6
)");
}

TEST_F(Wrappers, StacklevelTurnsTheTwoRound) {
  Write("a.py",
        "def note(text):\n"
        "    LOG.warning(text, stacklevel=2)\n"
        "note('careful')\n");
  EXPECT_EQ(Listed(), "\na.py:3 logging warning: careful @a.py:2\n");
}

TEST_F(Wrappers, AreFollowedTwiceAndOverFiles) {
  Write("lib/notes.py",
        "class Notes:\n"
        "    def note_it(self, level, text):\n"
        "        self.log.log(level, '[notes] ' % () if 0 else text)\n"
        "    def note_plain(self, text):\n"
        "        self.log.info(text)\n"
        "    def note_more(self, text):\n"
        "        self.note_plain(text)\n");
  Write("app.py", "notes.note_more('far away')\nnotes.note_plain('near')\n");
  const std::string listed = Listed();
  EXPECT_NE(listed.find("lib/notes.py:5 logging info: far away @app.py:1\n"),
            std::string::npos)
      << listed;
  EXPECT_NE(listed.find("lib/notes.py:5 logging info: near @app.py:2\n"),
            std::string::npos)
      << listed;
}

TEST_F(Wrappers, ANameThatTwoFilesDefineIsNotGuessed) {
  Write("a.py", "def note(text):\n    LOG.info(text)\nnote('own')\n");
  Write("b.py", "def note(text):\n    pass\nnote('none')\n");
  Write("c.py", "from b import note\nnote('whose')\n");
  EXPECT_EQ(Listed(), "\na.py:2 logging info: own @a.py:3\n");
}

TEST_F(Wrappers, TheLevelMayBePassedOnToo) {
  Write("a.py",
        "def note(level, text):\n"
        "    LOG.log(level, text)\n"
        "note(logging.ERROR, 'failed')\n");
  EXPECT_EQ(Listed(), "\na.py:2 logging error: failed @a.py:3\n");
}

TEST_F(Wrappers, SelfCountsWhereTheFunctionIsNoMethod) {
  Write("a.py",
        "def limit(self, text):\n"
        "    LOG.warning(text)\n"
        "limit(self, 'seldom')\n");
  EXPECT_EQ(Listed(), "\na.py:2 logging warning: seldom @a.py:3\n");
}

TEST_F(Wrappers, WithoutCallersStayAsTheyAre) {
  Write("a.py", "def note(text):\n    LOG.info(text)\n");
  EXPECT_EQ(Listed(),
            "\na.py:2 logging info: {} | text !unresolved !wrapper\n");
}

TEST_F(Wrappers, AParameterInASentenceIsAValueNotAMessage) {
  Write("a.py",
        "def greet(name):\n    LOG.info('hello ' + name)\ngreet('you')\n");
  EXPECT_EQ(Listed(), "\na.py:2 logging info: hello {} | name\n");
}

TEST_F(Wrappers, FormatsInOtherLanguagesAreFilledByTheirCallers) {
  Write(
      "a.go",
      "package main\nimport \"log\"\n"
      "func logf(format string, args ...any) { log.Printf(format, args...) }\n"
      "func pay(id string) { logf(\"paid %s\", id) }\n");
  Write("b.c",
        "static void report(const char *fmt, ...) {\n"
        "  va_list ap;\n  vfprintf(stderr, fmt, ap);\n}\n"
        "void f(int n) { report(\"n %d\", n); }\n");
  EXPECT_EQ(Listed(), R"(
a.go:3 log -: paid {} | id %s @a.go:4
b.c:3 stdio -: n {} | n %d !print @b.c:5
)");
}

TEST_F(Wrappers, MacrosPrintThePlaceOfTheirCallers) {
  Write("log.h",
        "#define LOG_OOPS(fmt, ...) \\\n"
        "  fprintf(stderr, \"oops: \" fmt \"\\n\", ##__VA_ARGS__)\n"
        "void log_impl(int level, const char *file, const char *format, ...);\n"
        "#define NOTE(text, ...) do { if (on) \\\n"
        "  log_impl(LOG_ERR, __FILE__, text, __VA_ARGS__); } while (0)\n");
  Write(
      "log.c",
      "void log_impl(int level, const char *file, const char *format, ...) {\n"
      "  va_list ap;\n"
      "  vsyslog(level, format, ap);\n"
      "}\n");
  Write("main.c",
        "void f(int n) {\n  LOG_OOPS(\"n %d\", n);\n  NOTE(\"noted %d\", "
        "n);\n}\n");
  EXPECT_EQ(Listed(), R"(
main.c:2 stdio -: oops: n {}
 | n %d !print @log.h:1
main.c:3 syslog error: noted {} | n %d @log.c:3
)");
}

TEST_F(Wrappers, ConstantsOfOtherFilesAreFollowedWhereOneFileDefinesThem) {
  Write("messages.py", "LATE = 'late %s'\nTWICE = 'one'\n");
  Write("other.py", "TWICE = 'two'\n");
  Write("app.py",
        "from messages import LATE\n"
        "LOG.info(LATE, x)\n"
        "LOG.info(messages.LATE, y)\n"
        "LOG.info(TWICE)\n");
  EXPECT_EQ(Listed(), R"(
app.py:2 logging info: late {} | x %s
app.py:3 logging info: late {} | y %s
app.py:4 logging info: {} | TWICE !unresolved
)");
}

TEST_F(Wrappers, TheCacheChangesNothing) {
  Write("lib.py", "def note(text):\n    LOG.info(text)\n");
  Write("app.py", "note('far')\nLOG.info(LATE)\n");
  Write("messages.py", "LATE = 'late'\n");
  const std::string folder = (root_ / ".cache").string();
  const std::string cold = Listed({.threads = 1, .cache_folder = folder});
  EXPECT_EQ(cached_, 0u);
  EXPECT_EQ(Listed({.threads = 2, .cache_folder = folder}), cold);
  EXPECT_EQ(cached_, 3u);
  EXPECT_EQ(Listed(), cold);
  Write("app.py", "note('further')\n");
  const std::string changed = Listed({.threads = 1, .cache_folder = folder});
  EXPECT_EQ(changed, "\nlib.py:2 logging info: further @app.py:1\n");
}

TEST_F(Wrappers, IdsAreUnlikeAndStay) {
  Write("a.py",
        "def note(text):\n    LOG.info(text)\nnote('one')\nnote('two')\n");
  auto pass = ExtractCallSites(root_.string(), {BuiltIn("python")}, {});
  ASSERT_TRUE(pass.ok());
  ASSERT_EQ(pass->sites.size(), 2u);
  EXPECT_NE(pass->sites[0].id, pass->sites[1].id);
}

TEST_F(Wrappers, TheCallerThatTheFrameworkPrintsIsThePlace) {
  Write("a.py",
        "def old(name):\n"
        "    warnings.warn('old ' + name, stacklevel=2)\n"
        "def told(text):\n"
        "    LOG.info(text, stacklevel=2)\n"
        "def twice(text):\n"
        "    told(text)\n"
        "old('pay')\n"
        "twice('paid')\n");
  EXPECT_EQ(Listed(), R"(
a.py:6 logging info: paid @a.py:8
a.py:7 warnings warning: old pay @a.py:2
)");
}

TEST_F(Wrappers, ATagInBracketsIsNoWordOfTheMessage) {
  Write("a.py",
        "def note(text):\n    LOG.info('[desk] ' + text)\n"
        "def named(text):\n    LOG.info('name ' + text)\n"
        "note('paid')\nnamed('late')\n");
  EXPECT_EQ(Listed(), R"(
a.py:2 logging info: [desk] paid @a.py:5
a.py:4 logging info: name {} | text
)");
}

TEST_F(Wrappers, StarArgumentsHaveTheMessageFirst) {
  Write("a.py",
        "class Desk:\n"
        "    def log_error(self, *args, **kw):\n"
        "        self.logger.error(*args, **kw)\n"
        "\n"
        "    def pay(self, user):\n"
        "        self.log_error('cannot pay %s', user.id)\n");
  EXPECT_EQ(Listed(), R"(
a.py:3 logging error: cannot pay {} | user.id %s @a.py:6
)");
}

TEST_F(Wrappers, FilesOfAGoPackageShareTheirNames) {
  const std::string head = "package a\nimport \"log/slog\"\n";
  Write("a/use.go", head +
                        "func F(l *slog.Logger, text string) {\n"
                        "\tl.Info(openMsg, \"n\", 1)\n"
                        "\tl.Warn(text)\n}\n");
  Write("a/names.go",
        "package a\nconst openMsg = \"opened database\"\n"
        "const text = \"is a parameter there\"\n");
  Write("b/names.go", "package b\nconst openMsg = \"of another folder\"\n");
  EXPECT_EQ(Listed(), R"(
a/use.go:4 slog info: opened database | n=1
a/use.go:5 slog warning: {} | text !unresolved !wrapper
)");
}

}  // namespace
}  // namespace logspill
