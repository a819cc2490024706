// What the source says of values does not depend on how the logs are read.

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "tests/engine/scan_fixture.h"

namespace logspill {
namespace {

CallSite MakeSite(std::string root, std::uint32_t line, std::string begin) {
  CallSite site;
  site.id = root + std::to_string(line);
  site.language = "python";
  site.root = std::move(root);
  site.file = "desk.py";
  site.line = site.end_line = line;
  site.message.literals = {std::move(begin), " at the desk of the house"};
  site.message.holes = {{"consumer.uuid", "%s"}};
  return site;
}

std::string Id(std::size_t number) {
  std::string digits = std::to_string(number);
  return "f81d4fae-7dec-41d0-a765-" + std::string(12 - digits.size(), '0') +
         digits;
}

class CallSiteScan : public ScannerTest {
 protected:
  CallSiteScan() : ScannerTest(BuiltInRules()) {
    Subject consumer;
    consumer.name = "consumer";
    consumer.words = {"consumer"};
    subjects_ = SubjectTable({consumer});
  }

  // Of a hundred records so many are printed by the call sites.
  static std::string Log(std::size_t percent, std::size_t records) {
    std::string text;
    for (std::size_t i = 0; i < records; ++i) {
      const bool ours = i * 37 % 100 < percent;
      text += ours ? "INFO Served the person " + Id(i % 97) +
                         " at the desk of the house\n"
                   : "INFO something else happened to " + Id(i % 97) +
                         std::string(i % 7 * 40, ' ') + "\n";
    }
    return text;
  }

  KeepingSink ScanWith(const CallSiteIndex& index, const std::string& text,
                       const Way& way) {
    const std::vector<MemoryText> inputs = {{"one.log", {{"", text}}}};
    MemoryQueue queue(&inputs, way.block_bytes + way.threads);
    ScanOptions options;
    options.block_bytes = way.block_bytes;
    options.threads = way.threads;
    options.stream = way.stream;
    options.min_severity = Severity::kInfo;
    options.call_sites = &index;
    Scanner scanner(&agreement_.database(), &classifier_, &key_, options);
    KeepingSink sink;
    EXPECT_TRUE(scanner.Run(queue, sink));
    return sink;
  }

  // "12 consumer_uuid argument 'consumer.uuid' ...", one a finding.
  static std::vector<std::string> Rows(const KeepingSink& sink) {
    std::vector<std::string> rows;
    for (const Finding& finding : sink.findings) {
      std::string row = std::to_string(finding.line) + " " + finding.class_name;
      for (const std::string& reason : finding.reasons) row += "; " + reason;
      rows.push_back(std::move(row));
    }
    return rows;
  }

  static std::set<std::string> Classes(const KeepingSink& sink) {
    std::set<std::string> classes;
    for (const Finding& finding : sink.findings) {
      classes.insert(finding.class_name);
    }
    return classes;
  }

  const std::vector<Way> ways_ = {
      {1 << 10, 1}, {8 << 10, 4}, {64 << 10, 2}, {4 << 20, 8}};
};

CallSiteIndex IndexOf(std::vector<CallSite> sites) {
  auto index = CallSiteIndex::Build(std::move(sites));
  EXPECT_TRUE(index.ok());
  return std::move(*index);
}

TEST_F(CallSiteScan, AnArgumentNamesTheValueWhereverItStands) {
  const CallSiteIndex index =
      IndexOf({MakeSite("src", 5, "Served the person ")});
  const std::string text = Log(60, 3000);
  const KeepingSink first = ScanWith(index, text, ways_[0]);
  EXPECT_EQ(Classes(first), std::set<std::string>{"consumer_uuid"});
  EXPECT_EQ(first.findings.size(), 3000u);
  ASSERT_EQ(first.summary.coverage.roots.size(), 1u);
  EXPECT_FALSE(first.summary.coverage.roots[0].below_floor());
  for (const Way& way : ways_) {
    const KeepingSink sink = ScanWith(index, text, way);
    EXPECT_EQ(Rows(sink), Rows(first)) << way;
    EXPECT_EQ(sink.summary.coverage.roots[0].matched,
              first.summary.coverage.roots[0].matched)
        << way;
    EXPECT_EQ(sink.summary.coverage.roots[0].records_sampled,
              first.summary.coverage.roots[0].records_sampled)
        << way;
  }
}

TEST_F(CallSiteScan, BelowTheFloorItNamesNothingHoweverTheLogIsRead) {
  const CallSiteIndex index =
      IndexOf({MakeSite("src", 5, "Served the person ")});
  const std::string text = Log(8, 3000);
  const KeepingSink first = ScanWith(index, text, ways_[0]);
  ASSERT_TRUE(first.summary.coverage.roots[0].below_floor());
  for (const Way& way : ways_) {
    const KeepingSink sink = ScanWith(index, text, way);
    EXPECT_EQ(Classes(sink), std::set<std::string>{"uuid"}) << way;
    EXPECT_EQ(Rows(sink), Rows(first)) << way;
  }
}

TEST_F(CallSiteScan, ARootThatIsNotTheSourceLeavesTheOthersTheirProof) {
  const CallSiteIndex index =
      IndexOf({MakeSite("src", 5, "Served the person "),
               MakeSite("wrong", 9, "Counted all the coins of ")});
  const KeepingSink sink = ScanWith(index, Log(60, 3000), ways_[2]);
  EXPECT_EQ(Classes(sink), std::set<std::string>{"consumer_uuid"});
  ASSERT_EQ(sink.summary.coverage.roots.size(), 2u);
  EXPECT_TRUE(sink.summary.coverage.roots[1].below_floor());
}

TEST_F(CallSiteScan, AStreamTakesBackWhatAWrongSourceSaid) {
  const CallSiteIndex index =
      IndexOf({MakeSite("src", 5, "Served the person ")});
  const KeepingSink sink = ScanWith(index, Log(8, 3000), {64 << 10, 1, true});
  std::set<std::string> printed;
  for (const Finding& finding : sink.findings) {
    if (finding.class_name == "consumer_uuid") {
      printed.insert(finding.fingerprint);
    }
  }
  ASSERT_FALSE(printed.empty());
  for (const Amendment& amendment : sink.amendments) {
    EXPECT_EQ(amendment.class_name, "uuid");
    printed.erase(amendment.fingerprint);
  }
  EXPECT_TRUE(printed.empty());
}

TEST_F(CallSiteScan, AValueThatManyGroupsHoldKeepsItsProof) {
  // More places than a value's neighbours: the rest are joined apart.
  std::vector<CallSite> sites;
  std::string text;
  for (std::uint32_t i = 0; i < 40; ++i) {
    const std::string begin = "Served in room number " +
                              std::string(1, char('a' + i % 26)) +
                              std::to_string(i) + " the person ";
    sites.push_back(MakeSite("src", i + 1, begin));
    sites.back().message.holes[0].argument = i == 39 ? "consumer.uuid" : "it";
    text += "INFO " + begin + Id(7) + " at the desk of the house\n";
  }
  const CallSiteIndex index = IndexOf(std::move(sites));
  EXPECT_EQ(Classes(ScanWith(index, text, ways_[1])),
            std::set<std::string>{"consumer_uuid"});
}

}  // namespace
}  // namespace logspill
