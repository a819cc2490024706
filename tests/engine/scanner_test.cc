// Block size, number of threads and the sizes of reads never change the
// findings, and they are those of the oracle.

#include "scanner/scanner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "tests/engine/memory_input.h"
#include "tests/match/agreement.h"
#include "tests/naive/log_generator.h"
#include "tests/naive/test_rules.h"

namespace logspill {
namespace {

using naive::LogGenerator;
using naive::NaiveMatch;

struct Way {
  std::size_t block_bytes = 256 << 10;
  unsigned threads = 1;
  bool stream = false;
};

std::ostream& operator<<(std::ostream& out, const Way& way) {
  return out << "blocks of " << way.block_bytes << " bytes, " << way.threads
             << " threads" << (way.stream ? ", streamed" : "");
}

// One line per finding; what the oracle knows of it.
std::string Row(std::string_view member, std::uint64_t line,
                std::uint64_t end_line, std::uint64_t offset,
                std::uint64_t begin, std::uint64_t end, std::string_view rule) {
  std::ostringstream out;
  out << member << ":" << line << "-" << end_line << " at " << offset << " ["
      << begin << "," << end << ") " << rule;
  return out.str();
}

// By input; apart what is reported at once and what waits for the whole run.
using Rows = std::map<std::string, std::vector<std::string>>;

std::string ListOf(std::string_view input, const Rule& rule) {
  return std::string(input) + (rule.joinable ? " at the end" : " at once");
}

// Counts lines up to places that never go back.
class LineCounter {
 public:
  explicit LineCounter(std::string_view text) : text_(text) {}

  std::uint64_t At(std::size_t at) {
    for (; at_ < at; ++at_) line_ += text_[at_] == '\n' ? 1 : 0;
    return line_;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
};

std::size_t RecordBegin(std::string_view text, std::size_t at) {
  const std::size_t newline =
      at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return newline == std::string_view::npos ? 0 : newline + 1;
}

Rows Expected(const Agreement& agreement,
              const std::vector<MemoryText>& inputs) {
  Rows rows;
  for (const MemoryText& input : inputs) {
    for (const auto& [member, text] : input.members) {
      LineCounter begin_line(text);
      LineCounter end_line(text);
      std::size_t record = 0;
      for (const NaiveMatch& match : agreement.Expected(text)) {
        if (text.find('\n', record) < match.value.begin) {
          record = RecordBegin(text, match.value.begin);
        }
        rows[ListOf(input.name, *match.rule)].push_back(
            Row(member, begin_line.At(match.value.begin),
                end_line.At(match.value.end - 1), record,
                match.value.begin - record, match.value.end - record,
                match.rule->id));
      }
    }
  }
  return rows;
}

class ScannerTest : public testing::Test {
 protected:
  explicit ScannerTest(RuleSet rules) : agreement_(std::move(rules)) {}
  ScannerTest() : ScannerTest(naive::TestRules()) {}

  KeepingSink Scan(const std::vector<MemoryText>& inputs, const Way& way) {
    ScanOptions options;
    options.block_bytes = way.block_bytes;
    options.threads = way.threads;
    options.stream = way.stream;
    options.min_severity = Severity::kInfo;
    Scanner scanner(&agreement_.database(), &classifier_, &key_, options);
    MemoryQueue queue(&inputs, way.block_bytes + way.threads);
    KeepingSink sink;
    const Result<Summary> summary = scanner.Run(queue, sink);
    EXPECT_TRUE(summary) << summary.error().message;
    EXPECT_EQ(sink.summaries, 1);
    return sink;
  }

  static Rows Actual(const KeepingSink& sink) {
    Rows rows;
    for (const Finding& finding : sink.findings) {
      rows[ListOf(finding.input, *finding.rule)].push_back(
          Row(finding.member.value_or(""), finding.line, finding.end_line,
              finding.offset, finding.span_begin, finding.span_end,
              finding.rule->id));
    }
    return rows;
  }

  // Fails at the first row that differs: whole lists are too long to read.
  static void ExpectSame(const Rows& expected, const Rows& actual) {
    for (const auto& [input, rows] : expected) {
      const auto found = actual.find(input);
      ASSERT_NE(found, actual.end()) << input;
      const auto [a, b] = std::mismatch(
          rows.begin(), rows.end(), found->second.begin(), found->second.end());
      ASSERT_EQ(a == rows.end() ? "the end" : *a,
                b == found->second.end() ? "the end" : *b)
          << input << ", row " << a - rows.begin();
    }
    ASSERT_EQ(expected.size(), actual.size());
  }

  void ExpectOracle(const std::vector<MemoryText>& inputs,
                    const std::vector<Way>& ways) {
    const Rows expected = Expected(agreement_, inputs);
    for (const Way& way : ways) {
      SCOPED_TRACE(testing::Message() << way);
      const KeepingSink sink = Scan(inputs, way);
      ASSERT_NO_FATAL_FAILURE(ExpectSame(expected, Actual(sink)));
      ASSERT_NO_FATAL_FAILURE(ExpectCovered(inputs, sink));
    }
  }

  static void ExpectCovered(const std::vector<MemoryText>& inputs,
                            const KeepingSink& sink) {
    std::uint64_t bytes = 0;
    std::uint64_t records = 0;
    for (const MemoryText& input : inputs) {
      for (const auto& [member, text] : input.members) {
        bytes += text.size();
        records += static_cast<std::uint64_t>(
            std::count(text.begin(), text.end(), '\n'));
        if (!text.empty() && text.back() != '\n') ++records;
      }
    }
    EXPECT_EQ(sink.summary.coverage.bytes_scanned, bytes);
    EXPECT_EQ(sink.summary.coverage.records, records);
    EXPECT_EQ(sink.summary.coverage.inputs, inputs.size());
    EXPECT_EQ(sink.summary.findings, sink.findings.size());
    EXPECT_TRUE(sink.summary.coverage.complete());
  }

  LogGenerator Generator(std::uint64_t seed) const {
    return LogGenerator(&agreement_.rules(), seed);
  }

  Agreement agreement_;
  SubjectTable subjects_;
  Classifier classifier_{&subjects_};
  Key key_ = Key::Random();
};

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
  text += generator.LongRecord(3 << 20) + "\n" + generator.Text(10'000);
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
