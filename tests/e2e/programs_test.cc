// Programs that log through every framework that the tables know, and print
// their own place with every message: each line that one of them prints is a
// call site that is listed, with its level, its template and its arguments; and
// no site is listed that prints nothing.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include "patterns/loader.h"
#include "scanner/callsite/source_pass.h"
#include "tests/e2e/printed_lines.h"
#include "tests/e2e/site_fits.h"
#include "tests/house/shell.h"

namespace logspill::e2e {
namespace {

namespace fs = std::filesystem;

constexpr char kPrograms[] = LOGSPILL_SOURCE_DIR "/tests/e2e/programs/";
constexpr int kAbsent = 77;  // exit status: toolchain or packages are not here

struct Program {
  const char* language;
  std::size_t frameworks;  // that it logs through
};

void PrintTo(const Program& program, std::ostream* out) {
  *out << program.language;
}

// Where downloads and builds stay between runs.
std::string CacheFolder(const std::string& language) {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  const fs::path base = cache && *cache
                            ? fs::path(cache)
                            : fs::path(home ? home : "/tmp") / ".cache";
  return (base / "logspill-e2e" / language).string();
}

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::string> LinesOf(const std::string& path) {
  std::istringstream in(ReadFile(path));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

class Programs : public testing::TestWithParam<Program> {
 protected:
  Programs() : folder_(kPrograms + std::string(GetParam().language)) {}

  // What the program prints; where it cannot be run here, what it printed where
  // it was recorded.
  std::string Output() const {
    const std::string recorded = ReadFile(folder_ + "/recorded.log");
    const house::ShellResult run =
        house::RunShell(house::Quoted(folder_ + "/run") + " " +
                        house::Quoted(CacheFolder(GetParam().language)));
    if (run.status == kAbsent) {
      std::cout << "compared with the recorded output, for: " << run.err;
      return recorded;
    }
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(run.out, recorded) << "tests/e2e/programs/record records anew";
    return run.out;
  }

  // The sites that say in the source that they are never reached.
  bool IsUnreachable(const CallSite& site) const {
    const auto lines = LinesOf(folder_ + "/" + site.file);
    for (std::uint32_t at = site.line; at <= site.end_line; ++at) {
      if (at <= lines.size() &&
          lines[at - 1].find("unreachable") != std::string::npos) {
        return true;
      }
    }
    return false;
  }

  std::string folder_;
};

std::string Shown(const CallSite& site) {
  std::string text = site.file + ":" + std::to_string(site.line) + " " +
                     site.framework + " " + site.level + " '" +
                     site.message.Text() + "'";
  for (const Hole& hole : site.message.holes)
    text += " <" + hole.argument + ">";
  for (const Hole& field : site.fields) {
    text += " " + field.key + "=<" + field.argument + ">";
  }
  for (const std::string& flag : site.flags) text += " !" + flag;
  return text;
}

TEST_P(Programs, EachPrintedLineIsACallSiteAndEachCallSiteIsPrinted) {
  const PrintedLines printed = ReadPrinted(Output());
  ASSERT_EQ(printed.wrong, "");
  const auto languages = LoadLanguages({});
  ASSERT_TRUE(languages.ok()) << languages.error().message;
  const auto pass = ExtractCallSites(folder_, *languages, {});
  ASSERT_TRUE(pass.ok()) << pass.error().message;
  std::set<const CallSite*> seen;
  std::set<std::string> frameworks;
  for (const PrintedLine& line : printed.lines) {
    frameworks.insert(line.framework);
    bool found = false;
    std::string there;
    for (const CallSite& site : pass->sites) {
      if (!IsPlaceOf(site, line)) continue;
      const std::string why = WhyNot(site, line, printed.values);
      there += "\n  " + Shown(site) + ": " + why;
      if (!why.empty()) continue;
      found = true;
      seen.insert(&site);
    }
    EXPECT_TRUE(found) << line.text << "\nlisted there:" << there;
  }
  for (const CallSite& site : pass->sites) {
    EXPECT_TRUE(seen.contains(&site) || IsUnreachable(site))
        << "listed, but never printed: " << Shown(site);
  }
  EXPECT_EQ(frameworks.size(), GetParam().frameworks);
}

INSTANTIATE_TEST_SUITE_P(
    EachLanguage, Programs,
    testing::Values(Program{"c", 4}, Program{"cpp", 6}, Program{"go", 8},
                    Program{"java", 7}, Program{"javascript", 7},
                    Program{"python", 7}, Program{"ruby", 3},
                    Program{"rust", 3}, Program{"typescript", 7}),
    [](const auto& instance) { return std::string(instance.param.language); });

}  // namespace
}  // namespace logspill::e2e
