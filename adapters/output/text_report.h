// The report that people read: what leaks, where, how often, since when; how to
// look at each place and how to silence it; what was not shown and not scanned.
//
// Lifetime:  views the summary and the options while it renders.
// Cost:      once a scan, O(rows shown).

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/output/colour.h"
#include "scanner/finding/summary.h"

namespace logspill {

struct TextOptions {
  Severity min_severity = Severity::kMedium;  // rows below are only counted
  std::vector<std::string> classes;  // only these are shown; empty: all
  std::string
      command;  // "logspill scan logs", quoted: what was scanned, to paste
  std::size_t width = 80;  // columns
  bool colour = false;
  bool all_rows =
      false;  // without: the first kMaxRows, kMaxDetails of them at length
  std::size_t predictions = 10;  // listed at most
};

class TextReport {
 public:
  static constexpr std::size_t kMaxRows = 30;
  static constexpr std::size_t kMaxDetails = 8;

  TextReport(const Summary& summary, const TextOptions& options);

  std::string Render();

 private:
  struct Column {
    std::string_view title;
    std::size_t width;
    bool right;
  };

  bool Shown(const RowSummary& row) const;
  void SelectRows();
  void LayOut();
  void Headline();
  std::string Wanted() const;
  void Tables();
  void Table(bool with_site);
  void TableHead();
  void TableRow(std::size_t number, const RowSummary& row);
  void RowBelow(const RowSummary& row);
  void Predictions();
  void Details();
  void Detail(std::size_t number, const RowSummary& row);
  void Entry(std::string_view name, std::string_view text);
  void Below();
  void CoverageLines();
  void Events(InputEvent::Kind kind, std::string_view title);
  void Hints();
  void Paragraph(std::string_view indent, std::string_view text);
  void Line(std::string_view text);

  const Summary& summary_;
  const TextOptions& options_;
  Palette palette_;
  std::vector<const RowSummary*> rows_;
  std::size_t rows_left_out_ = 0;
  std::size_t number_width_ = 1;
  std::size_t class_width_ = 0;
  std::size_t where_width_ = 0;
  bool with_findings_ = false;
  bool with_seen_ = false;
  std::string out_;
};

// Where a row is, in words: "handlers/util.py:227", "one of 2 calls: a.py:12,
// b.py:40", "key consumer.uuid", ...
std::string WhereText(const RowSummary& row);

}  // namespace logspill
