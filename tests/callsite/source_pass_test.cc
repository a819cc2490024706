#include "scanner/callsite/source_pass.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/callsite/python.h"

namespace logspill {
namespace {

namespace fs = std::filesystem;

class SourcePass : public testing::Test {
 protected:
  SourcePass() {
    std::string name = (fs::temp_directory_path() / "logspill.XXXXXX").string();
    root_ = ::mkdtemp(name.data());
  }
  ~SourcePass() override {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }

  void Write(const std::string& file, const std::string& text) {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file, std::ios::binary) << text;
  }

  SourcePassResult Run(unsigned threads = 1) {
    auto result =
        ExtractCallSites(root_.string(), {Python()}, {.threads = threads});
    if (!result) {
      ADD_FAILURE() << result.error().message;
      return {};
    }
    return std::move(*result);
  }

  static bool Names(const SourceStats& stats, const std::string& file) {
    return std::any_of(
        stats.failed.begin(), stats.failed.end(),
        [&](const std::string& why) { return why.starts_with(file + ": "); });
  }

  fs::path root_;
};

TEST_F(SourcePass, OneLongLineOfTextMakesNoFileMinified) {
  std::string sum = "x = ''";
  for (int i = 0; i < 8'000; ++i) sum += "+'part " + std::to_string(i) + "'+y";
  Write("long.py", "LOG.info('before')\n" + sum + "\nLOG.info('after')\n");
  Write("blob.py",
        "LOG.info('here')\nDATA = '" + std::string(300'000, 'A') + "'\n");
  const auto result = Run();
  EXPECT_EQ(result.sites.size(), 3u);
  EXPECT_TRUE(result.stats.skipped.empty());
}

TEST_F(SourcePass, Utf16IsReadAndWhatIsNoTextIsNamed) {
  const std::string text = "LOG.info('wide %s', consumer.uuid)\n";
  std::string little = "\xff\xfe";
  std::string big = "\xfe\xff";
  std::string bare;
  for (const char c : text) {
    bare += {c, '\0'};
    big += {'\0', c};
  }
  Write("little.py", little + bare);
  Write("big.py", big);
  Write("bare.py", bare);
  const auto result = Run();
  ASSERT_EQ(result.sites.size(), 2u);
  for (const CallSite& site : result.sites) {
    EXPECT_EQ(site.message.Text(), "wide {}") << site.file;
  }
  EXPECT_EQ(result.stats.skipped,
            std::vector<std::string>{"bare.py: not text"});
}

TEST_F(SourcePass, AFileIsARootByItsFolder) {
  Write("shop/till.py", "LOG.info('one')\n");
  auto result = ExtractCallSites((root_ / "shop/till.py").string(), {Python()},
                                 {.threads = 1});
  ASSERT_TRUE(result);
  ASSERT_EQ(result->sites.size(), 1u);
  EXPECT_EQ(result->sites[0].root, (root_ / "shop").string());
  EXPECT_EQ(result->sites[0].file, "till.py");
}

TEST_F(SourcePass, ModulesFollowThePackages) {
  Write("shop/__init__.py", "LOG = getLogger(__name__)\nLOG.info('package')\n");
  Write("shop/till/__init__.py", "");
  Write("shop/till/cash.py", "LOG = getLogger(__name__)\nLOG.info('module')\n");
  Write("tool.py", "LOG = getLogger(__name__)\nLOG.info('script')\n");
  const auto result = Run();
  ASSERT_EQ(result.sites.size(), 3u);
  EXPECT_EQ(result.sites[0].logger, "shop");
  EXPECT_EQ(result.sites[1].logger, "shop.till.cash");
  EXPECT_EQ(result.sites[2].logger, "tool");
}

TEST_F(SourcePass, AHeaderIsOfTheLanguageThatItsTextShows) {
  Write("cart.h",
        "#pragma once\nnamespace shop {\nclass Cart {\n public:\n"
        "  void Pay() { std::cerr << \"paid \" << id_; }\n};\n}\n");
  Write("till.h", "static void pay(void) { printf(\"paid\\n\"); }\n");
  const auto languages = LoadLanguages({});
  ASSERT_TRUE(languages.ok());
  const auto pass = ExtractCallSites(root_.string(), *languages, {});
  ASSERT_TRUE(pass.ok());
  ASSERT_EQ(pass->sites.size(), 2u);
  EXPECT_EQ(pass->sites[0].language, "cpp");
  EXPECT_EQ(pass->sites[0].message.Text(), "paid {}");
  EXPECT_EQ(pass->sites[1].language, "c");
}

TEST_F(SourcePass, RustModulesAreThoseOfTheirCrate) {
  Write("Cargo.toml", "[package]\nname = \"corner-shop\"\n");
  Write("src/main.rs", "fn f() { log::info!(\"a\"); }\n");
  Write("src/till/cash.rs", "fn f() { log::info!(\"b\"); }\n");
  Write("src/till/mod.rs", "fn f() { log::info!(\"c\"); }\n");
  const auto languages = LoadLanguages({});
  ASSERT_TRUE(languages.ok());
  const auto result = ExtractCallSites(root_.string(), *languages, {});
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result->sites.size(), 3u);
  EXPECT_EQ(result->sites[0].logger, "corner_shop");
  EXPECT_EQ(result->sites[1].logger, "corner_shop::till::cash");
  EXPECT_EQ(result->sites[2].logger, "corner_shop::till");
}

TEST_F(SourcePass, ThreadsNeverChangeTheResult) {
  for (int i = 0; i < 40; ++i) {
    Write("f" + std::to_string(i) + ".py",
          "LOG.info('number " + std::to_string(i) + "')\n");
  }
  const auto one = Run(1);
  const auto four = Run(4);
  ASSERT_EQ(one.sites.size(), 40u);
  ASSERT_EQ(four.sites.size(), 40u);
  for (std::size_t i = 0; i < 40; ++i) {
    EXPECT_EQ(one.sites[i].id, four.sites[i].id);
    EXPECT_EQ(one.sites[i].file, four.sites[i].file);
  }
}

TEST_F(SourcePass, FilesWithoutATokenAreNotParsed) {
  Write("a.py", "x = 1\n");
  Write("b.py", "LOG.info('b')\n");
  Write("c.txt", "LOG.info('c')\n");
  const auto result = Run();
  EXPECT_EQ(result.stats.files, 2u);
  EXPECT_EQ(result.stats.files_parsed, 1u);
  EXPECT_EQ(result.sites.size(), 1u);
}

TEST_F(SourcePass, OtherPeoplesCodeIsLeftOut) {
  Write("node_modules/a.py", "LOG.info('a')\n");
  Write(".git/a.py", "LOG.info('a')\n");
  Write("vendor/a.py", "LOG.info('a')\n");
  Write("own/a.py", "LOG.info('a')\n");
  const auto result = Run();
  ASSERT_EQ(result.sites.size(), 1u);
  EXPECT_EQ(result.sites[0].file, "own/a.py");
}

TEST_F(SourcePass, LinksThatLeadOutOfTheRootAreNotFollowed) {
  Write("in/real/a.py", "LOG.info('in')\n");
  Write("out/b.py", "LOG.info('out')\n");
  fs::create_directory_symlink(root_ / "out", root_ / "in/away");
  fs::create_directory_symlink(root_ / "in/real", root_ / "in/again");
  fs::create_directory_symlink("/", root_ / "in/disk");
  root_ /= "in";
  const auto result = Run();
  root_ = root_.parent_path();
  ASSERT_EQ(result.sites.size(), 1u);
  EXPECT_EQ(result.sites[0].file, "real/a.py");
}

// Links to folders that hold links are added while links are followed.
TEST_F(SourcePass, LinksBehindLinksAreFollowed) {
  Write("real/deep/a.py", "LOG.info('a')\n");
  for (int i = 0; i < 20; ++i) {
    fs::create_symlink("nowhere", root_ / ("real/b" + std::to_string(i)));
    fs::create_directory_symlink(root_ / "real",
                                 root_ / ("c" + std::to_string(i)));
  }
  EXPECT_EQ(Run().sites.size(), 1u);
}

TEST_F(SourcePass, LinksAreFollowedOnceAndLoopsEnd) {
  Write("real/a.py", "LOG.info('a')\n");
  fs::create_directory_symlink(root_, root_ / "real/loop");
  fs::create_directory_symlink(root_ / "real", root_ / "again");
  fs::create_symlink(root_ / "real/a.py", root_ / "a.py");
  fs::create_symlink(root_ / "nowhere.py", root_ / "dangling.py");
  const auto result = Run();
  ASSERT_EQ(result.sites.size(), 1u);
  EXPECT_EQ(result.sites[0].file, "real/a.py");
  EXPECT_TRUE(Names(result.stats, "dangling.py"));
}

TEST_F(SourcePass, WhatCannotBeReadIsNamedAndTheRestIsRead) {
  Write("good.py", "LOG.info('good')\n");
  Write("binary.py", std::string("LOG.info('x')\0\1\2", 16));
  Write("huge.py", "LOG.info('x')\n" + std::string(17u << 20, '#'));
  const auto result = Run();
  ASSERT_EQ(result.sites.size(), 1u);
  const std::vector<std::string> skipped = {"binary.py: not text",
                                            "huge.py: over 8 MiB: generated"};
  EXPECT_EQ(result.stats.skipped, skipped);
  EXPECT_TRUE(result.stats.failed.empty());
}

TEST_F(SourcePass, MalformedSourceNeverCrashes) {
  const std::string call = "LOG.info('kept')\n";
  Write("nested.py", call + "x = " + std::string(10'000, '(') +
                         std::string(10'000, ')') + "\n");
  Write("open.py", call + "x = " + std::string(10'000, '['));
  Write("utf8.py", call + "LOG.info('\xff\xfe\xc3')\n");
  Write("cut.py", call + "LOG.info('cut");
  std::string sum = "LOG.info('a'";
  for (int i = 0; i < 5'000; ++i) sum += " + 'a'";
  Write("sum.py", call + sum + ")\n");
  std::string names = call + "a0 = 'x' + a0\n";
  for (int i = 1; i < 500; ++i) {
    names += "a" + std::to_string(i) + " = a" + std::to_string(i - 1) + " + a" +
             std::to_string(i - 1) + "\n";
  }
  Write("names.py", names + "LOG.info(a499)\n");
  Write("circle.py", call + "a = b + 'x'\nb = a + 'y'\nLOG.info(a)\n");
  const auto result = Run();
  EXPECT_EQ(result.stats.files, 7u);
  EXPECT_GE(result.stats.files_damaged, 2u);
  const auto kept = std::count_if(
      result.sites.begin(), result.sites.end(),
      [](const CallSite& site) { return site.message.Text() == "kept"; });
  EXPECT_GE(kept, 5);
}

// Every language has to stand what a file can hold.
TEST_F(SourcePass, MalformedSourceOfNoLanguageCrashesOrHangs) {
  const auto languages = LoadLanguages({});
  ASSERT_TRUE(languages.ok());
  std::string chain = "log";
  for (int i = 0; i < 3'000; ++i) chain += ".info(\"a\" + b)";
  std::string stream = "LOG(INFO)";
  for (int i = 0; i < 10'000; ++i) stream += " << x";
  std::string escapes = "log.info(\"";
  for (int i = 0; i < 1'000; ++i) escapes += "\\";
  const std::vector<std::string> texts = {
      std::string(10'000, '(') + "log.info(\"a\")",
      std::string(10'000, '[') + std::string(10'000, '{'),
      "log.info(" + std::string(10'000, '(') + std::string(10'000, ')') + ");",
      "x = " + chain + ";",
      stream + " << \"a\";",
      escapes,
      "log.info(\"\xff\xfe\xc3 {} %\", a); console.log('",
      "info!(" + std::string(5'000, '(') + "\"a\"",
      "#define LOG_A(fmt, ...) log_info(" + std::string(2'000, '(') + "\n",
      "log.info(`${`${`${a}`}`}`); print(f\"{f'{x}'}",
      "log.info(\"%(\", \"%*\", \"{\", \"{0\", '{}}');",
  };
  int number = 0;
  for (const Language& language : *languages) {
    for (const std::string& text : texts) {
      Write("f" + std::to_string(number++) + language.extensions[0], text);
    }
  }
  auto result = ExtractCallSites(root_.string(), *languages, {.threads = 2});
  ASSERT_TRUE(result.ok()) << result.error().message;
  EXPECT_EQ(result->stats.files, static_cast<std::uint64_t>(number));
}

TEST_F(SourcePass, WhatMachinesWroteForMachinesIsNamedAndLeftOut) {
  std::string one_line;
  for (int i = 0; i < 5'000; ++i) one_line += "log.info('user '+a);";
  Write("app.min.js", one_line);
  Write("app.js", "log.info('user ' + a);\n");
  const auto languages = LoadLanguages({});
  ASSERT_TRUE(languages.ok());
  const auto result = ExtractCallSites(root_.string(), *languages, {});
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->sites.size(), 1u);
  EXPECT_EQ(result->stats.skipped,
            std::vector<std::string>{"app.min.js: minified"});
}

TEST_F(SourcePass, WhatIsIgnoredOrBuiltIsLeftOut) {
  Write(".gitignore", "gen/\n*.tmp.py\n");
  Write("gen/a.py", "LOG.info('a')\n");
  Write("b.tmp.py", "LOG.info('b')\n");
  Write("setup.py", "x = 1\n");
  Write("build/lib/c.py", "LOG.info('c')\n");
  Write("my_env/pyvenv.cfg", "");
  Write("my_env/lib/d.py", "LOG.info('d')\n");
  Write("inner/.gitignore", "!e.tmp.py\n");
  Write("inner/e.tmp.py", "LOG.info('e')\n");
  Write("inner/build/f.py", "LOG.info('f')\n");
  const auto result = Run();
  ASSERT_EQ(result.sites.size(), 2u);
  EXPECT_EQ(result.sites[0].file, "inner/build/f.py");
  EXPECT_EQ(result.sites[1].file, "inner/e.tmp.py");
}

TEST_F(SourcePass, ALanguageIsMadeReadyOnlyWhereItHasFiles) {
  Write("a.py", "LOG.info('a')\n");
  Language broken = Python();
  broken.name = "broken";
  broken.grammar = "no_such_grammar";
  broken.extensions = {".brk"};
  EXPECT_TRUE(
      ExtractCallSites(root_.string(), {Python(), broken}, {.threads = 1})
          .ok());
  Write("b.brk", "LOG.info('b')\n");
  EXPECT_FALSE(
      ExtractCallSites(root_.string(), {Python(), broken}, {.threads = 1})
          .ok());
}

TEST_F(SourcePass, AMissingRootIsAnError) {
  const auto result = ExtractCallSites((root_ / "missing").string(), {Python()},
                                       {.threads = 1});
  ASSERT_FALSE(result.ok());
  EXPECT_NE(result.error().message.find("missing"), std::string::npos);
}

TEST_F(SourcePass, ALanguageThatDoesNotFitItsGrammarIsAnError) {
  Write("a.py", "LOG.info('a')\n");
  Language python = Python();
  python.query += "\n(no_such_node) @call\n";
  EXPECT_FALSE(ExtractCallSites(root_.string(), {python}, {.threads = 1}).ok());
  python = Python();
  python.name = "klingon";
  EXPECT_FALSE(ExtractCallSites(root_.string(), {python}, {.threads = 1}).ok());
  python = Python();
  python.nodes.emplace_back("string", "mystery");
  EXPECT_FALSE(ExtractCallSites(root_.string(), {python}, {.threads = 1}).ok());
}

}  // namespace
}  // namespace logspill
