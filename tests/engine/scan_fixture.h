// Scans inputs with the whole engine and compares the findings with the
// oracle's.
//
// Threads:   the fixture is not thread-safe; the engine it drives uses many.

#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <ostream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "scanner/scanner.h"
#include "tests/engine/memory_input.h"
#include "tests/match/agreement.h"
#include "tests/naive/log_generator.h"
#include "tests/naive/test_rules.h"

namespace logspill {

struct Way {
  std::size_t block_bytes = 256 << 10;
  unsigned threads = 1;
  bool stream = false;
};

inline std::ostream& operator<<(std::ostream& out, const Way& way) {
  return out << "blocks of " << way.block_bytes << " bytes, " << way.threads
             << " threads" << (way.stream ? ", streamed" : "");
}

// One line per finding; what the oracle knows of it.
inline std::string Row(std::string_view member, std::uint64_t line,
                       std::uint64_t end_line, std::uint64_t offset,
                       std::uint64_t begin, std::uint64_t end,
                       std::string_view rule) {
  std::ostringstream out;
  out << member << ":" << line << "-" << end_line << " at " << offset << " ["
      << begin << "," << end << ") " << rule;
  return out.str();
}

// By input; apart what is reported at once and what waits for the whole run.
using Rows = std::map<std::string, std::vector<std::string>>;

inline std::string ListOf(std::string_view input, const Rule& rule) {
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

inline std::size_t RecordBegin(std::string_view text, std::size_t at) {
  const std::size_t newline =
      at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return newline == std::string_view::npos ? 0 : newline + 1;
}

inline Rows Expected(const Agreement& agreement,
                     const std::vector<MemoryText>& inputs) {
  Rows rows;
  for (const MemoryText& input : inputs) {
    for (const auto& [member, text] : input.members) {
      LineCounter begin_line(text);
      LineCounter end_line(text);
      std::size_t record = 0;
      std::size_t record_end = text.find('\n');
      for (const naive::NaiveMatch& match : agreement.Expected(text)) {
        if (record_end < match.value.begin) {
          record = RecordBegin(text, match.value.begin);
          record_end = text.find('\n', match.value.begin);
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
    MemoryQueue queue(&inputs, way.block_bytes + way.threads);
    return Scan(queue, way);
  }

  KeepingSink Scan(InputQueue& queue, const Way& way) {
    ScanOptions options;
    options.block_bytes = way.block_bytes;
    options.threads = way.threads;
    options.stream = way.stream;
    options.min_severity = Severity::kInfo;
    Scanner scanner(&agreement_.database(), &classifier_, &key_, options);
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

  naive::LogGenerator Generator(std::uint64_t seed) const {
    return naive::LogGenerator(&agreement_.rules(), seed);
  }

  Agreement agreement_;
  SubjectTable subjects_;
  Classifier classifier_{&subjects_};
  Key key_ = Key::Random();
};

}  // namespace logspill
