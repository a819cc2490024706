// Logs whose call sites are known, against the sources that printed them.

#include <gtest/gtest.h>
#include <simdjson.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "tests/e2e/printed_lines.h"
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
  struct Hole {
    std::string argument;
    std::size_t begin = 0, end = 0;  // in the record
  };
  std::vector<Hole> holes;
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
    for (const element hole : json["holes"].get_array()) {
      record.holes.push_back({Text(hole, "argument"),
                              hole["span"].at(0).get_uint64(),
                              hole["span"].at(1).get_uint64()});
    }
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

// What these print has no header.
bool JustPrints(const std::string& framework) {
  static const std::set<std::string> names = {
      "System.out", "console", "fmt",   "iostream",  "print",
      "println",    "puts",    "stdio", "sys.stderr"};
  return names.contains(framework);
}

struct LogOfProgram {
  std::string text;
  std::map<std::uint64_t, std::string> truth;
};

// `places`: each record says where it was printed.
LogOfProgram LogOf(const PrintedLines& printed, bool places) {
  LogOfProgram log;
  std::uint64_t line = 1;
  for (const PrintedLine& each : printed.lines) {
    if (JustPrints(each.framework) || each.message.empty()) continue;
    const std::string place = each.file + ":" + std::to_string(each.line);
    std::string level = each.level;
    std::transform(level.begin(), level.end(), level.begin(), ::toupper);
    std::string record = "2026-11-22 21:00:30.688 ";
    record += level.empty() ? "INFO" : level;
    if (places) record += " " + fs::path(place).filename().string() + ":";
    record += " " + each.message;
    if (!record.ends_with('\n')) record += '\n';
    log.truth[line] = place;
    line += static_cast<std::uint64_t>(
        std::count(record.begin(), record.end(), '\n'));
    log.text += record;
  }
  return log;
}

class TraceOfProgram : public testing::TestWithParam<const char*> {
 protected:
  TraceOfProgram() {
    std::string name = (fs::temp_directory_path() / "trace.XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~TraceOfProgram() override { fs::remove_all(folder_); }

  // What is known of an expression's values must stand in its holes.
  static std::size_t CheckHoles(const TracedLine& record,
                                const std::string& text, const Values& values) {
    std::size_t checked = 0;
    for (const TracedLine::Hole& hole : record.holes) {
      const auto [first, last] = values.equal_range(hole.argument);
      if (first == last) continue;
      const std::string found = text.substr(hole.begin, hole.end - hole.begin);
      const bool right = std::any_of(first, last, [&](const auto& value) {
        return found.find(value.second) != std::string::npos;
      });
      EXPECT_TRUE(right) << text << ": '" << found << "' is not "
                         << hole.argument;
      ++checked;
    }
    return checked;
  }

  Score TraceIt(bool places) const {
    const std::string source = kPrograms + std::string(GetParam());
    std::ifstream in(source + "/recorded.log");
    std::ostringstream recorded;
    recorded << in.rdbuf();
    const PrintedLines printed = ReadPrinted(recorded.str());
    EXPECT_EQ(printed.wrong, "");
    const LogOfProgram log = LogOf(printed, places);
    std::ofstream(folder_ + "/log") << log.text;
    const auto traced = Trace(house::Quoted(folder_ + "/log") +
                              " --no-cache --source " + house::Quoted(source));
    std::size_t checked = 0;
    std::istringstream lines(log.text);
    std::uint64_t number = 0;
    for (std::string line; std::getline(lines, line);) {
      const auto record = traced.find(++number);
      if (record == traced.end() || record->second.places.size() != 1) continue;
      checked += CheckHoles(record->second, line, printed.values);
    }
    EXPECT_GE(checked, 5u);
    return ScoreOf(traced, log.truth);
  }

  std::string folder_;
};

// The frameworks of one program print the same words, so that many calls tie.
TEST_P(TraceOfProgram, FindsNoWrongCallByTextAndLevelAlone) {
  const Score score = TraceIt(false);
  EXPECT_GE(score.all, 15u);
  EXPECT_EQ(score.wrong, 0u);
  EXPECT_GE((score.unique + score.tied) * 100, score.all * 80);
}

TEST_P(TraceOfProgram, FindsEveryCallByThePlaceThatIsPrinted) {
  const Score score = TraceIt(true);
  EXPECT_GE(score.all, 15u);
  EXPECT_EQ(score.wrong, 0u);
  EXPECT_GE(score.unique * 100, score.all * 99);
}

INSTANTIATE_TEST_SUITE_P(Programs, TraceOfProgram,
                         testing::Values("c", "cpp", "go", "java", "javascript",
                                         "python", "ruby", "rust",
                                         "typescript"),
                         [](const auto& instance) {
                           return std::string(instance.param);
                         });

}  // namespace
}  // namespace logspill::e2e
