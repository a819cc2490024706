// A real service's log against the installed source of that service.  Both are
// looked for where they usually are; without them the test is skipped.

#include <zlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "scanner/correlate/attributor.h"
#include "tests/callsite/python.h"

namespace logspill {
namespace {

namespace fs = std::filesystem;

constexpr char kPackages[] = "/usr/lib/python3/dist-packages";
constexpr const char* kRoots[] = {"placement", "oslo_config",
                                  "oslo_concurrency", "alembic"};

fs::path Corpus() {
  const char* set = std::getenv("LOGSPILL_CORPUS");
  return set ? fs::path(set)
             : fs::path(LOGSPILL_SOURCE_DIR) / ".." / "shared" / "corpus";
}

std::vector<std::string> ReadLines(const fs::path& path) {
  std::string text;
  gzFile file = ::gzopen(path.c_str(), "rb");  // plain files, too
  char buffer[1 << 16];
  int got = 0;
  while (file && (got = ::gzread(file, buffer, sizeof buffer)) > 0) {
    text.append(buffer, static_cast<std::size_t>(got));
  }
  if (file) ::gzclose(file);
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

class Placement : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(Corpus() / "placement/placement.log.gz")) {
      GTEST_SKIP() << "no corpus at " << Corpus();
    }
    std::vector<CallSite> sites;
    for (const char* root : kRoots) {
      const fs::path folder = fs::path(kPackages) / root;
      if (!fs::exists(folder)) GTEST_SKIP() << "not installed: " << folder;
      auto pass = ExtractCallSites(folder.string(), {Python()}, {.threads = 2});
      ASSERT_TRUE(pass.ok()) << pass.error().message;
      EXPECT_TRUE(pass->stats.failed.empty()) << pass->stats.failed.front();
      unresolved_ += pass->stats.unresolved;
      for (CallSite& site : pass->sites) sites.push_back(std::move(site));
    }
    auto index = CallSiteIndex::Build(std::move(sites));
    ASSERT_TRUE(index.ok()) << index.error().message;
    index_.emplace(std::move(*index));
    scratch_ = index_->NewScratch();
  }

  const Attribution& Ask(const std::string& record) {
    const RecordHeader header = reader_.Read(record);
    index_->Attribute(record, header, scratch_.get(), &out_);
    return out_;
  }

  // `truth` is "placement/requestlog.py:55".
  static bool IsAt(const CallSite& site, const std::string& truth) {
    const std::size_t colon = truth.rfind(':');
    const auto line =
        static_cast<std::uint32_t>(std::stoul(truth.substr(colon + 1)));
    const std::string path = site.root + "/" + site.file;
    return path.ends_with("/" + truth.substr(0, colon)) && site.line <= line &&
           line <= site.end_line;
  }

  std::optional<CallSiteIndex> index_;
  std::unique_ptr<CallSiteIndex::Scratch> scratch_;
  HeaderReader reader_{2026};
  Attribution out_;
  std::uint64_t unresolved_ = 0;
};

TEST_F(Placement, EveryRecordFindsItsCallAndNoneAWrongOne) {
  const auto records = ReadLines(Corpus() / "placement/placement.log.gz");
  const auto truth = ReadLines(Corpus() / "placement/truth.tsv");
  ASSERT_EQ(records.size(), 10'662u);
  std::size_t all = 0, unique = 0, tied = 0, wrong = 0, none = 0;
  for (const std::string& row : truth) {
    const std::size_t tab = row.find('\t');
    const std::string& record = records.at(std::stoul(row) - 1);
    const Attribution& found = Ask(record);
    ++all;
    if (found.sites.empty()) {
      ++none;
      continue;
    }
    bool right = false;
    for (const CallSite* site : found.sites) {
      right |= IsAt(*site, row.substr(tab + 1));
    }
    EXPECT_TRUE(right) << row << " got " << found.sites[0]->file << ":"
                       << found.sites[0]->line;
    wrong += !right;
    unique += right && found.sites.size() == 1;
    tied += right && found.sites.size() > 1;
    EXPECT_EQ(found.result == AttributionResult::kHigh,
              found.sites.size() == 1);
  }
  std::printf("records %zu unique %zu tied %zu wrong %zu none %zu\n", all,
              unique, tied, wrong, none);
  EXPECT_EQ(wrong, 0u);
  EXPECT_GE(unique * 100, all * 91);
  EXPECT_GE((unique + tied) * 1000, all * 999);
}

TEST_F(Placement, TheConsumersUuidIsTheArgumentThatPrintedIt) {
  const std::string before = "Supplied project or user ID for consumer ";
  std::size_t seen = 0;
  for (const std::string& record :
       ReadLines(Corpus() / "placement/placement.log.gz")) {
    const std::size_t at = record.find(before);
    if (at == std::string::npos) continue;
    ++seen;
    const auto begin = static_cast<std::uint32_t>(at + before.size());
    const Attribution& found = Ask(record);
    ASSERT_EQ(found.result, AttributionResult::kHigh);
    EXPECT_TRUE(IsAt(*found.sites[0], "placement/handlers/util.py:227"));
    EXPECT_EQ(found.sites[0]->function, "update_consumers");
    const int hole = found.HoleOf({begin, begin + 36});
    ASSERT_EQ(hole, 0);
    EXPECT_EQ(found.sites[0]->message.holes[0].argument, "consumer.uuid");
  }
  EXPECT_EQ(seen, 208u);
}

TEST_F(Placement, EveryCallThatPrintedARecordIsListed) {
  std::set<std::string> places;
  for (const std::string& row : ReadLines(Corpus() / "placement/truth.tsv")) {
    places.insert(row.substr(row.find('\t') + 1));
  }
  ASSERT_EQ(places.size(), 33u);
  for (const std::string& place : places) {
    EXPECT_TRUE(
        std::any_of(index_->sites().begin(), index_->sites().end(),
                    [&](const CallSite& site) { return IsAt(site, place); }))
        << place;
  }
}

TEST_F(Placement, AlmostEveryMessageIsResolved) {
  EXPECT_LE(unresolved_ * 100, index_->sites().size() * 2);
}

TEST_F(Placement, ForeignLogsFindNoCall) {
  std::size_t records = 0, attributed = 0;
  std::error_code ignored;
  for (const auto& entry :
       fs::recursive_directory_iterator(Corpus() / "loghub", ignored)) {
    if (entry.path().extension() != ".log") continue;
    reader_ = HeaderReader(2026);
    for (const std::string& record : ReadLines(entry.path())) {
      ++records;
      attributed += !Ask(record).sites.empty();
    }
  }
  if (records == 0) GTEST_SKIP() << "no foreign logs";
  EXPECT_LE(attributed * 2000, records);
}

}  // namespace
}  // namespace logspill
