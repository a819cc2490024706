#include "adapters/output/text_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "adapters/output/fix_hint.h"
#include "adapters/output/text.h"
#include "scanner/record/record_header.h"

namespace logspill {
namespace {

constexpr std::size_t kSeverityWidth = 8;
constexpr std::size_t kFindingsWidth = 12;
constexpr std::size_t kLinesWidth = 12;
constexpr std::size_t kValuesWidth = 11;
constexpr std::size_t kSeenWidth = 23;
constexpr std::size_t kGap = 2;
constexpr std::size_t kMaxClassWidth = 18;
constexpr std::size_t kMinWhereWidth = 8;
constexpr std::size_t kMinPlaceWidth = 24;

std::string PadRight(std::string_view text, std::size_t width) {
  std::string out = FitEnd(text, width);
  out.append(width - DisplayWidth(out), ' ');
  return out;
}

// Keeps at least one column free before the text.
std::string PadLeft(std::string_view text, std::size_t width) {
  std::string out = FitEnd(text, width - 1);
  return std::string(width - DisplayWidth(out), ' ') + out;
}

std::string Values(const ValueCount& count) {
  return (count.exact ? "" : "~") + Grouped(count.values);
}

// "2026-11-22 21:00..23:59" within a day, else the two days.
std::string Seen(const RowSummary& row) {
  if (!row.first_ms || !row.last_ms) return "";
  const std::string first = FormatTime(*row.first_ms);
  const std::string last = FormatTime(*row.last_ms);
  const std::string day = first.substr(0, 10);
  if (day != last.substr(0, 10)) return day + ".." + last.substr(0, 10);
  const std::string from = first.substr(11, 5);
  const std::string to = last.substr(11, 5);
  return from == to ? day + " " + from : day + " " + from + ".." + to;
}

std::string FileName(const RowSummary& row) {
  std::string name = row.input == "-" ? "(standard input)" : row.input;
  if (!row.member.empty()) name += "!" + row.member;
  return Printable(name);
}

bool HasSite(const RowSummary& row) {
  return !row.site_id.empty() || !row.tied.empty();
}

// "one of 2 calls: a.py:12, b.py:40"
std::string TiedText(const RowSummary& row) {
  std::string text = fmt::format("one of {} calls", row.tied.size());
  std::string_view comma = ": ";
  for (const SiteName& site : row.tied) {
    text += fmt::format("{}{}:{}", comma, site.file, site.line);
    comma = ", ";
  }
  return text;
}

std::string_view WhyText(NoSite cause) {
  switch (cause) {
    case NoSite::kNotAsked:
      break;
    case NoSite::kLongRecord:
      return "no call site: only the head of so long a record is looked at";
    case NoSite::kNoMessage:
      return "no call site: the record has no message";
    case NoSite::kNoTemplate:
      return "no call site: no template of the source fits the record";
    case NoSite::kHeader:
      return "no call site: the logging format prints it beside the message";
    case NoSite::kWeak:
      return "no call site: the template that fits has too little text";
    case NoSite::kManyTies:
      return "no call site: too many templates fit alike";
  }
  return {};
}

std::size_t ClassWidth(const std::vector<const RowSummary*>& rows) {
  std::size_t width = 5;
  for (const RowSummary* row : rows) {
    width = std::max(width, DisplayWidth(row->class_name));
  }
  return std::min(width, kMaxClassWidth);
}

}  // namespace

std::string WhereText(const RowSummary& row) {
  if (!row.site_id.empty()) {
    return Printable(fmt::format("{}:{}", row.file, row.site_line));
  }
  if (!row.tied.empty()) return Printable(TiedText(row));
  if (!row.field.empty()) return "key " + Printable(row.field);
  return Printable(row.reason.empty() ? "rule " + row.rule : row.reason);
}

TextReport::TextReport(const Summary& summary, const TextOptions& options)
    : summary_(summary), options_(options), palette_(options.colour) {}

std::string TextReport::Render() {
  SelectRows();
  LayOut();
  Headline();
  if (!rows_.empty()) {
    Tables();
    Details();
  }
  Predictions();
  Below();
  CoverageLines();
  Hints();
  return std::move(out_);
}

bool TextReport::Shown(const RowSummary& row) const {
  if (row.severity < options_.min_severity) return false;
  const auto& classes = options_.classes;
  return classes.empty() || std::find(classes.begin(), classes.end(),
                                      row.class_name) != classes.end();
}

// Those with a call site come first; the others have nothing to change by name.
void TextReport::SelectRows() {
  for (const bool with_site : {true, false}) {
    for (const RowSummary& row : summary_.rows) {
      if (!Shown(row) || HasSite(row) != with_site) continue;
      if (options_.all_rows || rows_.size() < kMaxRows) {
        rows_.push_back(&row);
      } else {
        ++rows_left_out_;
      }
    }
  }
}

void TextReport::LayOut() {
  with_findings_ = options_.width >= 96;
  with_seen_ = options_.width >= 110;
  number_width_ = std::to_string(rows_.size()).size();
  class_width_ = ClassWidth(rows_);
  std::size_t used = number_width_ + kGap + kSeverityWidth + kGap +
                     class_width_ + kGap + kLinesWidth + kValuesWidth;
  if (with_findings_) used += kFindingsWidth;
  if (with_seen_) used += kGap + kSeenWidth;
  where_width_ = used + kMinWhereWidth < options_.width ? options_.width - used
                                                        : kMinWhereWidth;
}

void TextReport::Headline() {
  const Coverage& coverage = summary_.coverage;
  const double rate = static_cast<double>(coverage.bytes_scanned) /
                      std::max(summary_.seconds, 1e-6);
  Line(palette_.Dim(fmt::format(
      "logspill: {}, {} scanned in {} ({}/s)", Plural(coverage.inputs, "input"),
      Bytes(coverage.bytes_scanned), Duration(summary_.seconds),
      Bytes(static_cast<std::uint64_t>(rate)))));
  Line("");
  if (coverage.inputs == 0) return Line(palette_.Warn("nothing was scanned"));
  std::uint64_t findings = 0;
  std::uint64_t others = 0;  // that only the choice of classes hides
  for (const RowSummary& row : summary_.rows) {
    if (Shown(row)) {
      findings += row.findings;
    } else if (row.severity >= options_.min_severity) {
      others += row.findings;
    }
  }
  const std::string beside =
      others == 0
          ? ""
          : fmt::format("; {} of other classes", Plural(others, "finding"));
  if (findings == 0) {
    const std::string text = "no findings" + Wanted() + beside;
    const bool good = coverage.complete() && others == 0;
    return Line(good ? palette_.Good(text) : palette_.Warn(text));
  }
  Line(palette_.Bold(
           fmt::format("{} in {}", Plural(findings, "finding"),
                       Plural(rows_.size() + rows_left_out_, "place"))) +
       Wanted() + beside);
}

// " of class a or b and severity medium or above"
std::string TextReport::Wanted() const {
  std::string text = " of ";
  for (const std::string& name : options_.classes) {
    const bool first = &name == &options_.classes.front();
    text += (first ? "class " : " or ") + Printable(name);
  }
  if (!options_.classes.empty()) text += ", ";
  return text +
         fmt::format("severity {} or above", Name(options_.min_severity));
}

void TextReport::Tables() {
  const bool by_site = !summary_.coverage.roots.empty();
  if (by_site) {
    Table(true);
    Table(false);
  } else {
    Line("");
    TableHead();
    for (std::size_t i = 0; i < rows_.size(); ++i) TableRow(i + 1, *rows_[i]);
  }
  if (rows_left_out_ != 0) {
    Line(palette_.Dim(fmt::format("   and {} more; --verbose shows them",
                                  Plural(rows_left_out_, "place"))));
  }
}

// Those of the rows that have a call site, or those that have none.
void TextReport::Table(bool with_site) {
  bool begun = false;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (HasSite(*rows_[i]) != with_site) continue;
    if (!begun) {
      Line("");
      Line(palette_.Bold(with_site ? "printed and seen"
                                   : "seen, but no call site"));
      TableHead();
      begun = true;
    }
    TableRow(i + 1, *rows_[i]);
  }
}

void TextReport::TableHead() {
  std::string head = PadRight("", number_width_ + kGap) +
                     PadRight("SEVERITY", kSeverityWidth + kGap) +
                     PadRight("CLASS", class_width_ + kGap) +
                     PadRight("WHERE", where_width_) +
                     PadLeft("LINES", kLinesWidth);
  if (with_findings_) head += PadLeft("FINDINGS", kFindingsWidth);
  head += PadLeft("VALUES", kValuesWidth);
  if (with_seen_) head += "  SEEN";
  Line(palette_.Dim(head));
}

// The numbers; below them the argument or file with an example, and the fix.
void TextReport::TableRow(std::size_t number, const RowSummary& row) {
  std::string where = WhereText(row);
  if (!row.tied.empty() && DisplayWidth(where) > where_width_) {
    where = fmt::format("one of {} calls", row.tied.size());
  }
  std::string line =
      palette_.Dim(PadRight(std::to_string(number), number_width_)) + "  ";
  line +=
      palette_.Of(row.severity, PadRight(Name(row.severity), kSeverityWidth)) +
      "  ";
  line += palette_.Bold(PadRight(Printable(row.class_name), class_width_));
  line += "  " + PadRight(row.site_id.empty() ? FitEnd(where, where_width_)
                                              : FitBegin(where, where_width_),
                          where_width_);
  line += PadLeft(Grouped(row.lines), kLinesWidth);
  if (with_findings_) line += PadLeft(Grouped(row.findings), kFindingsWidth);
  line += PadLeft(Values(row.distinct), kValuesWidth);
  if (with_seen_) line += "  " + Seen(row);
  Line(line);
  RowBelow(row);
}

void TextReport::RowBelow(const RowSummary& row) {
  const std::size_t indent = number_width_ + kGap + kSeverityWidth + kGap;
  const std::string_view argument =
      row.tied.empty() ? row.argument : row.tied.front().argument;
  const std::string place = argument.empty()
                                ? fmt::format("{}:{}", FileName(row), row.line)
                                : Printable(argument);
  std::string below =
      FitBegin(place, std::max(kMinPlaceWidth, options_.width / 3));
  const std::size_t used = indent + DisplayWidth(below) + kGap;
  if (!row.example.empty() && used + 12 < options_.width) {
    below += "  " + FitEnd(Printable(row.example), options_.width - used);
  }
  Line(std::string(indent, ' ') + palette_.Dim(below));
  if (!row.tied.empty()) {
    Line(std::string(indent, ' ') +
         FitEnd(Printable(TiedText(row)), options_.width - indent));
  }
  std::string last;
  if (HasSite(row)) {
    last = "fix: " + FixHint(row);
  } else if (row.cause != NoSite::kNotAsked) {
    last = WhyText(row.cause);
  }
  if (last.empty()) return;
  Line(std::string(indent, ' ') + FitEnd(last, options_.width - indent));
}

void TextReport::Predictions() {
  const auto& all = summary_.predictions;
  if (all.empty() || options_.predictions == 0) return;
  Line("");
  const std::string title = fmt::format(
      "predicted, not seen in these logs: {} that may print an identifier",
      Plural(all.size(), "argument"));
  Line(palette_.Bold(FitEnd(title, options_.width)));
  const std::size_t shown = std::min(all.size(), options_.predictions);
  std::size_t widths[2] = {0, 0};  // of class and place
  const auto place_of = [](const Prediction& prediction) {
    return Printable(
        fmt::format("{}:{}", prediction.site.file, prediction.site.line));
  };
  for (std::size_t i = 0; i < shown; ++i) {
    widths[0] = std::max(widths[0], DisplayWidth(all[i].class_name));
    widths[1] = std::max(widths[1], DisplayWidth(place_of(all[i])));
  }
  widths[0] = std::min(widths[0], kMaxClassWidth);
  widths[1] = std::min(widths[1], options_.width / 2);
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string text = fmt::format(
        "{}  {}  {}  {}", PadRight(Name(all[i].severity), kSeverityWidth),
        PadRight(Printable(all[i].class_name), widths[0]),
        PadRight(FitBegin(place_of(all[i]), widths[1]), widths[1]),
        Printable(all[i].site.argument));
    Line("   " + FitEnd(text, options_.width - 3));
  }
  if (shown < all.size()) {
    Line(
        palette_.Dim(fmt::format("   and {} more; --predictions all lists them",
                                 Grouped(all.size() - shown))));
  }
}

void TextReport::Below() {
  std::string counted;
  for (const ClassSummary& of_class : summary_.classes) {
    if (of_class.severity >= options_.min_severity) continue;
    if (!counted.empty()) counted += ", ";
    counted +=
        fmt::format("{} {} ({})", Grouped(of_class.findings),
                    Printable(of_class.class_name), Name(of_class.severity));
  }
  if (counted.empty() && summary_.allowed == 0) return;
  Line("");
  if (!counted.empty()) {
    Paragraph("", fmt::format("below {}, only counted: {}",
                              Name(options_.min_severity), counted));
  }
  if (summary_.allowed != 0) {
    Line(fmt::format("allowed by configuration or baseline: {}",
                     Plural(summary_.allowed, "finding")));
  }
}

void TextReport::Paragraph(std::string_view indent, std::string_view text) {
  std::string line(indent);
  while (!text.empty()) {
    const std::size_t space = text.find(' ');
    const std::string_view word = text.substr(0, space);
    const bool first = line.size() == indent.size();
    if (!first &&
        DisplayWidth(line) + 1 + DisplayWidth(word) > options_.width) {
      Line(line);
      line = std::string(indent) + (indent.empty() ? "  " : "");
      line.append(word);
    } else {
      if (!first) line.push_back(' ');
      line.append(word);
    }
    text.remove_prefix(space == text.npos ? text.size() : space + 1);
  }
  Line(line);
}

void TextReport::Line(std::string_view text) {
  out_.append(text.substr(0, text.find_last_not_of(' ') + 1));
  out_.push_back('\n');
}

}  // namespace logspill
