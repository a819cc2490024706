// Logs whose call sites are known, against the sources that printed them.

#include <gtest/gtest.h>
#include <simdjson.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "tests/e2e/scan_result.h"
#include "tests/house/shell.h"

namespace logspill::e2e {
namespace {

namespace fs = std::filesystem;
using simdjson::dom::element;

constexpr char kPackages[] = "/usr/lib/python3/dist-packages/";
constexpr const char* kRoots[] = {"placement", "oslo_config",
                                  "oslo_concurrency", "alembic"};
constexpr char kPrograms[] = LOGSPILL_SOURCE_DIR "/tests/e2e/programs/";

struct TracedLine {
  std::string result;
  std::vector<std::string> places;  // "root/file:line:end_line"
};

std::string Text(const element& object, const char* key) {
  return std::string(std::string_view(object[key]));
}

// By line.
std::map<std::uint64_t, TracedLine> Trace(const std::string& arguments) {
  const house::ShellResult run = house::RunShell(
      std::string(LOGSPILL_PROGRAM) + " trace --format jsonl " + arguments);
  EXPECT_EQ(run.status, 0) << run.err;
  std::map<std::uint64_t, TracedLine> traced;
  simdjson::dom::parser parser;
  std::istringstream lines(run.out);
  for (std::string line; std::getline(lines, line);) {
    const element json = parser.parse(line);
    if (Text(json, "type") != "record") continue;
    TracedLine& record = traced[json["line"].get_uint64()];
    record.result = Text(json, "result");
    for (const element site : json["sites"].get_array()) {
      record.places.push_back(
          Text(site, "root") + "/" + Text(site, "file") + ":" +
          std::to_string(site["line"].get_uint64().value()) + ":" +
          std::to_string(site["end_line"].get_uint64().value()));
    }
  }
  return traced;
}

// `truth` is "placement/requestlog.py:55".
bool IsAt(const std::string& place, const std::string& truth) {
  const std::size_t last = place.rfind(':');
  const std::size_t first = place.rfind(':', last - 1);
  const std::size_t colon = truth.rfind(':');
  const std::string file = "/" + truth.substr(0, colon);
  const auto line = std::stoul(truth.substr(colon + 1));
  return ("/" + place.substr(0, first)).ends_with(file) &&
         std::stoul(place.substr(first + 1)) <= line &&
         line <= std::stoul(place.substr(last + 1));
}

struct Score {
  std::size_t all = 0, unique = 0, tied = 0, wrong = 0;
};

Score ScoreOf(const std::map<std::uint64_t, TracedLine>& traced,
              const std::map<std::uint64_t, std::string>& truth) {
  Score score;
  for (const auto& [line, place] : truth) {
    ++score.all;
    const auto found = traced.find(line);
    if (found == traced.end() || found->second.places.empty()) continue;
    bool right = false;
    std::string seen;
    for (const std::string& each : found->second.places) {
      right |= IsAt(each, place);
      seen += " " + each;
    }
    EXPECT_TRUE(right) << "line " << line << " is of " << place << ", not"
                       << seen;
    score.wrong += right ? 0 : 1;
    if (!right) continue;
    ++(found->second.places.size() == 1 ? score.unique : score.tied);
  }
  return score;
}

std::string PlacementSources() {
  std::string arguments;
  for (const char* root : kRoots) {
    if (!fs::exists(std::string(kPackages) + root)) return {};
    arguments += std::string(" --source ") + kPackages + root;
  }
  return arguments;
}

TEST(TraceOfPlacement, FindsEveryCallAndNoneAWrongOne) {
  if (Corpus().empty()) GTEST_SKIP() << "no corpus; set LOGSPILL_CORPUS";
  const std::string sources = PlacementSources();
  if (sources.empty()) GTEST_SKIP() << "no sources below " << kPackages;
  std::map<std::uint64_t, std::string> truth;
  std::ifstream rows(Corpus() / "placement/truth.tsv");
  for (std::string row; std::getline(rows, row);) {
    truth[std::stoull(row)] = row.substr(row.find('\t') + 1);
  }
  const std::string log =
      house::Quoted((Corpus() / "placement/placement.log.gz").string());
  for (const char* option : {"", " --ignore-printed-location"}) {
    const Score score = ScoreOf(Trace(log + sources + option), truth);
    EXPECT_EQ(score.all, truth.size());
    EXPECT_EQ(score.wrong, 0u);
    EXPECT_GE((score.unique + score.tied) * 1000, score.all * 999);
    EXPECT_GE(score.unique * 100, score.all * 91);
  }
}

TEST(TraceOfPlacement, ForeignLogsFindNoCall) {
  if (Corpus().empty()) GTEST_SKIP() << "no corpus; set LOGSPILL_CORPUS";
  const std::string sources = PlacementSources();
  if (sources.empty()) GTEST_SKIP() << "no sources below " << kPackages;
  for (const auto& entry :
       fs::recursive_directory_iterator(Corpus() / "loghub")) {
    if (!entry.path().string().ends_with("_2k.log")) continue;
    std::size_t found = 0;
    const auto traced = Trace(house::Quoted(entry.path().string()) + sources);
    for (const auto& [line, record] : traced) {
      found += record.places.empty() ? 0 : 1;
    }
    EXPECT_GE(traced.size(), 1999u) << entry.path();
    EXPECT_LE(found * 2000, traced.size()) << entry.path();
  }
}

struct Program {
  const char* name;
  const char* needs;  // a command that succeeds where the toolchain is
  const char* run;    // $1: the file, $2: a folder to build in
};

void PrintTo(const Program& program, std::ostream* out) {
  *out << program.name;
}

class TraceOfProgram : public testing::TestWithParam<Program> {
 protected:
  TraceOfProgram() {
    std::string name = (fs::temp_directory_path() / "trace.XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~TraceOfProgram() override { fs::remove_all(folder_); }

  std::string folder_;
};

// Each prints "LINE message"; the line is taken away and must be found again.
TEST_P(TraceOfProgram, FindsEveryCallByItsTextAlone) {
  const Program& program = GetParam();
  if (house::RunShell(program.needs).status != 0) {
    GTEST_SKIP() << "no toolchain: " << program.needs;
  }
  const std::string file = kPrograms + std::string(program.name);
  const std::string build = folder_ + "/build";
  const std::string source = folder_ + "/src";
  fs::create_directories(build);
  fs::create_directories(source);
  fs::copy(file, source);
  const house::ShellResult run =
      house::RunShell("set -e; set -- " + house::Quoted(file) + " " +
                      house::Quoted(build) + "; " + program.run);
  ASSERT_EQ(run.status, 0) << run.err;
  std::map<std::uint64_t, std::string> truth;
  std::ofstream log(folder_ + "/log");
  std::istringstream lines(run.out);
  for (std::string line; std::getline(lines, line);) {
    truth[truth.size() + 1] =
        std::string(program.name) + ":" + std::to_string(std::stoul(line));
    log << "2026-11-22 21:00:30.688 " << line.substr(line.find(' ') + 1)
        << "\n";
  }
  log.close();
  const Score score =
      ScoreOf(Trace(house::Quoted(folder_ + "/log") + " --no-cache --source " +
                    house::Quoted(source)),
              truth);
  EXPECT_GE(score.all, 6u);
  EXPECT_EQ(score.wrong, 0u);
  EXPECT_GE(score.unique * 100, score.all * 99);
}

INSTANTIATE_TEST_SUITE_P(
    Programs, TraceOfProgram,
    testing::Values(
        Program{"main.py", "python3 -c 'import logging'",
                "python3 $1 2>/dev/null"},
        Program{"main.go", "go version",
                "cp $1 $2; cd $2; export GOFLAGS=-mod=mod GOTOOLCHAIN=local; "
                "go mod init main >/dev/null 2>&1; go run main.go 2>/dev/null"},
        Program{"Main.java", "javac -version",
                "javac -d $2 $1; java -cp $2 Main"},
        Program{"main.js", "node --version", "node $1"}),
    [](const auto& instance) {
      const std::string name = instance.param.name;
      return name.substr(name.find('.') + 1);
    });

}  // namespace
}  // namespace logspill::e2e
