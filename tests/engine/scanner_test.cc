// Block size, number of threads and the sizes of reads never change the
// findings, and they are those of the oracle.

#include "scanner/scanner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/engine/scan_fixture.h"

namespace logspill {
namespace {

using naive::LogGenerator;

class PackScannerTest : public ScannerTest {
 protected:
  PackScannerTest() : ScannerTest(BuiltInRules()) {}
};

std::vector<Way> RandomWays(std::uint64_t seed, int count) {
  std::mt19937_64 random(seed);
  std::vector<Way> ways = {{1 << 10, 1}, {4 << 20, 16}, {256 << 10, 2, true}};
  for (int i = 0; i < count; ++i) {
    const std::size_t bytes = (std::size_t{1} << 10) << (random() % 13);
    ways.push_back({std::min<std::size_t>(bytes + random() % bytes, 4 << 20),
                    static_cast<unsigned>(1 + random() % 16),
                    random() % 3 == 0});
  }
  return ways;
}

TEST_F(ScannerTest, BlockSizeAndThreadsNeverChangeTheFindings) {
  LogGenerator generator = Generator(1);
  const std::vector<MemoryText> inputs = {
      {"one.log", {{"", generator.Text(400'000)}}}};
  ExpectOracle(inputs, RandomWays(1, 16));
}

TEST_F(PackScannerTest, BlockSizeAndThreadsNeverChangeTheFindings) {
  LogGenerator generator = Generator(2);
  const std::vector<MemoryText> inputs = {
      {"one.log", {{"", generator.Text(250'000)}}}};
  ExpectOracle(inputs, RandomWays(2, 8));
}

TEST_F(ScannerTest, ManyInputsAndMembersKeepTheirFindingsInOrder) {
  LogGenerator generator = Generator(3);
  std::vector<MemoryText> inputs;
  for (int i = 0; i < 25; ++i) {
    MemoryText input{"input" + std::to_string(i), {}};
    const bool archive = generator.Chance(40);
    for (std::size_t n = archive ? generator.Below(5) : 1; n > 0; --n) {
      input.members.emplace_back(
          archive ? "entry" + std::to_string(n) : "",
          generator.Chance(10) ? "" : generator.Text(generator.Below(60'000)));
    }
    inputs.push_back(std::move(input));
  }
  ExpectOracle(inputs, RandomWays(3, 8));
}

TEST_F(ScannerTest, ARecordOfManyBlocksIsScannedWhole) {
  LogGenerator generator = Generator(4);
  std::string text = generator.Text(10'000) + "\n";
  text += generator.LongRecord(1'700'000) + "\n" + generator.Text(10'000);
  const std::vector<MemoryText> inputs = {{"long.log", {{"", text}}}};
  ExpectOracle(inputs, RandomWays(4, 4));
}

TEST_F(ScannerTest, ARegionIsCarriedAcrossBlocks) {
  LogGenerator generator = Generator(5);
  std::string text;
  for (std::size_t lines = 0; lines < 40; ++lines) {
    text += generator.Record() + "\n-----BEGIN BLOCK-----\n";
    for (std::size_t i = 0; i < lines % 25; ++i) {
      text += generator.Of("ABCDEFGH0123", 64) + "\n";
    }
    text += "-----END BLOCK-----\n" + generator.Record() + "\n";
  }
  const std::vector<MemoryText> inputs = {{"pem.log", {{"", text}}}};
  std::vector<Way> ways = RandomWays(5, 6);
  for (std::size_t bytes = 1024; bytes < 1100; bytes += 7) {
    ways.push_back({bytes, 3});
  }
  ExpectOracle(inputs, ways);
}

TEST_F(ScannerTest, AValueAtEveryDistanceFromABlocksEndIsFound) {
  std::string text;
  for (std::size_t pad = 0; pad < 200; ++pad) {
    text += std::string(pad, '.') + " 123e4567-e89b-12d3-a456-426614174000\n";
  }
  const std::vector<MemoryText> inputs = {{"edge.log", {{"", text}}}};
  std::vector<Way> ways;
  for (std::size_t bytes = 1024; bytes < 1200; bytes += 11) {
    ways.push_back({bytes, 1});
  }
  ExpectOracle(inputs, ways);
}

TEST_F(ScannerTest, NothingIsFoundInNothing) {
  ExpectOracle({}, {{256 << 10, 2}});
  ExpectOracle({{"empty.log", {{"", ""}}}}, {{256 << 10, 2}, {1 << 10, 1}});
  ExpectOracle({{"no-members.tar", {}}}, {{256 << 10, 2}});
}

TEST_F(ScannerTest, ClassSeverityAndSummaryDoNotDependOnTheWay) {
  LogGenerator generator = Generator(6);
  std::vector<MemoryText> inputs;
  for (int i = 0; i < 4; ++i) {
    inputs.push_back(
        {"input" + std::to_string(i), {{"", generator.Text(80'000)}}});
  }
  // Every finding, class and row, sorted.
  const auto describe = [](const KeepingSink& sink) {
    std::vector<std::string> lines;
    for (const Finding& finding : sink.findings) {
      std::ostringstream line;
      line << finding.input << finding.offset << "+" << finding.span_begin
           << finding.class_name << Name(finding.severity) << finding.confidence
           << finding.field << finding.fingerprint << finding.excerpt;
      for (const std::string& reason : finding.reasons) line << reason;
      lines.push_back(line.str());
    }
    for (const ClassSummary& row : sink.summary.classes) {
      std::ostringstream line;
      line << row.class_name << Name(row.severity) << row.findings << " "
           << row.distinct.values << row.distinct.exact;
      lines.push_back(line.str());
    }
    for (const RowSummary& row : sink.summary.rows) {
      std::ostringstream line;
      line << row.class_name << row.rule << row.field << row.findings << " "
           << row.lines << " " << row.distinct.values << row.example
           << row.input << row.line;
      lines.push_back(line.str());
    }
    std::sort(lines.begin(), lines.end());
    return lines;
  };
  const std::vector<std::string> once = describe(Scan(inputs, {4 << 20, 1}));
  ASSERT_FALSE(once.empty());
  for (Way way : RandomWays(6, 6)) {
    way.stream = false;  // its findings are classified before all is known
    const std::vector<std::string> again = describe(Scan(inputs, way));
    std::vector<std::string> differences;
    std::set_symmetric_difference(once.begin(), once.end(), again.begin(),
                                  again.end(), std::back_inserter(differences));
    ASSERT_THAT(differences, testing::IsEmpty()) << way;
  }
}

TEST_F(ScannerTest, RequestStopMakesTheSummaryIncomplete) {
  LogGenerator generator = Generator(7);
  const std::vector<MemoryText> inputs = {
      {"one.log", {{"", generator.Text(50'000)}}}};
  Scanner scanner(&agreement_.database(), &classifier_, &key_, {});
  MemoryQueue queue(&inputs, 1);
  KeepingSink sink;
  scanner.RequestStop();
  const Result<Summary> summary = scanner.Run(queue, sink);
  ASSERT_TRUE(summary) << summary.error().message;
  EXPECT_FALSE(summary->coverage.complete());
  EXPECT_TRUE(summary->coverage.interrupted);
}

TEST_F(ScannerTest, ASinkThatTakesNoMoreEndsTheScanQuietly) {
  class ClosedSink : public KeepingSink {
   public:
    bool OnFinding(const Finding& finding) override {
      KeepingSink::OnFinding(finding);
      return false;
    }
  };
  LogGenerator generator = Generator(8);
  const std::vector<MemoryText> inputs = {
      {"one.log", {{"", generator.Text(500'000)}}}};
  for (const unsigned threads : {1U, 8U}) {
    ScanOptions options;
    options.min_severity = Severity::kInfo;
    options.block_bytes = 4 << 10;
    options.threads = threads;
    options.stream = true;
    Scanner scanner(&agreement_.database(), &classifier_, &key_, options);
    MemoryQueue queue(&inputs, 1);
    ClosedSink sink;
    (void)scanner.Run(queue, sink);
    EXPECT_EQ(sink.findings.size(), 1U);
  }
}

}  // namespace
}  // namespace logspill
