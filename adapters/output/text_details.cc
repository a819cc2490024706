// The parts of the report below its table.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "adapters/output/fix_hint.h"
#include "adapters/output/look.h"
#include "adapters/output/text.h"
#include "adapters/output/text_report.h"
#include "scanner/record/record_header.h"

namespace logspill {
namespace {

constexpr std::size_t kMaxEvents = 8;
constexpr std::size_t kMaxSources = 3;  // of tied calls

std::string SeenAtLength(const RowSummary& row) {
  if (!row.first_ms || !row.last_ms) return {};
  auto readable = [](std::int64_t time_ms) {
    std::string text = FormatTime(time_ms).substr(0, 19);
    if (text.size() > 10) text[10] = ' ';
    return text;
  };
  const std::string first = readable(*row.first_ms);
  const std::string last = readable(*row.last_ms);
  return first == last ? first : first + " to " + last;
}

std::string_view FirstLine(std::string_view text) {
  return text.substr(0, text.find('\n'));
}

std::string EventText(const InputEvent& event) {
  std::string text =
      Printable(event.input == "-" ? "standard input" : event.input);
  if (!event.member.empty()) text += "!" + Printable(event.member);
  text += ": " + event.reason;
  if (!event.detail.empty()) text += ", " + Printable(event.detail);
  if (event.kind == InputEvent::Kind::kIncomplete && event.scanned_bytes != 0) {
    text += fmt::format("; the {} before it were scanned",
                        Bytes(event.scanned_bytes));
  }
  return text;
}

// "src: 61 % of 200 sampled records match: is this the source of these logs?"
std::string RootText(const Coverage::Root& root) {
  constexpr double kExpected = 0.70;
  constexpr std::uint64_t kFew = 20;  // a share of fewer says little
  const std::uint64_t sampled = root.records_sampled;
  const std::string records = Plural(sampled, "sampled record");
  const std::string_view match = sampled == 1 ? "matches" : "match";
  if (sampled < kFew) {
    const auto own = static_cast<std::uint64_t>(
        std::llround(root.matched * static_cast<double>(sampled)));
    std::string text = fmt::format("{}: {} of {} {}", Printable(root.root),
                                   Grouped(own), records, match);
    if (own == 0) text += ": is this the source of these logs?";
    return text;
  }
  std::string text = fmt::format("{}: {:.0f} % of {} {}", Printable(root.root),
                                 root.matched * 100, records, match);
  if (root.matched < kExpected) text += ": is this the source of these logs?";
  if (root.below_floor()) {
    text += fmt::format(
        " Below {:.0f} % what its arguments are called proves nothing",
        Coverage::Root::kFloor * 100);
  }
  return text;
}

}  // namespace

void TextReport::Details() {
  const std::size_t shown =
      options_.all_rows ? rows_.size() : std::min(rows_.size(), kMaxDetails);
  for (std::size_t i = 0; i < shown; ++i) Detail(i + 1, *rows_[i]);
  if (shown < rows_.size()) {
    Line("");
    Line(palette_.Dim(
        fmt::format("  --verbose says the same of the other {}",
                    Plural(rows_.size() + rows_left_out_ - shown, "place"))));
  }
  Line("");
  Line(palette_.Dim("every finding of a class, one a line:"));
  Line(fmt::format("  {} --class {} --format jsonl", options_.command,
                   ShellWord(rows_.front()->class_name)));
}

void TextReport::Detail(std::size_t number, const RowSummary& row) {
  Line("");
  std::string title =
      fmt::format("{} at {}", Printable(row.class_name), WhereText(row));
  if (!row.tied.empty()) {
    const std::string& argument = row.tied.front().argument;
    title = Printable(row.class_name);
    if (!argument.empty()) title += ", argument " + Printable(argument);
    title += ", " + WhereText(row);
  } else if (row.site_id.empty()) {
    title = fmt::format("{}, {}", Printable(row.class_name), WhereText(row));
  } else if (!row.argument.empty()) {
    title += ", argument " + Printable(row.argument);
  }
  title = FitEnd(title, options_.width - number_width_ - 2);
  Line(fmt::format("{:<{}}  {}", number, number_width_, palette_.Bold(title)));
  if (row.reason != WhereText(row)) {
    Entry("because", FitEnd(Printable(row.reason), options_.width - 12));
  }
  Entry("tags", Printable(fmt::format("{}", fmt::join(row.tags, ", "))));
  Entry("seen", SeenAtLength(row));
  Entry("look", LookCommand(row));
  Entry("source", SourceCommand(row));
  for (std::size_t i = 0; i < row.tied.size() && i < kMaxSources; ++i) {
    Entry(i == 0 ? "source" : " ", SourceCommand(row.tied[i]));
  }
  if (row.site_id.empty() && row.tied.empty()) {
    Entry("fix", FitEnd(FixHint(row), options_.width - 12));
  }
  std::string allow = AllowLines(row);
  std::string_view rest = allow;
  std::string_view name = "silence";
  while (!rest.empty()) {
    Entry(name, FirstLine(rest));
    rest.remove_prefix(FirstLine(rest).size() + 1);
    name = " ";
  }
}

// Not cut to the width: commands are pasted.
void TextReport::Entry(std::string_view name, std::string_view text) {
  if (text.empty()) return;
  Line(fmt::format("   {}{}", palette_.Dim(fmt::format("{:<9}", name)), text));
}

void TextReport::CoverageLines() {
  const Coverage& coverage = summary_.coverage;
  Line("");
  std::string read = fmt::format("{} read", Bytes(coverage.bytes_read));
  if (coverage.members != 0) {
    read = Plural(coverage.members, "archive entry") + ", " + read;
  }
  const std::string counts =
      fmt::format("{}, {}", read, Plural(coverage.records, "record"));
  Line((coverage.complete() ? palette_.Good("complete")
                            : palette_.Bad("incomplete")) +
       ": " + FitEnd(counts, options_.width - 12));
  if (coverage.interrupted) {
    Line(palette_.Bad("  stopped; this is what was found so far"));
  }
  if (coverage.outside_times) {
    Line(palette_.Dim(
        fmt::format("  outside the times asked for: {} in {}",
                    Plural(coverage.outside_times->findings, "finding"),
                    Plural(coverage.outside_times->records, "record"))));
  }
  Events(InputEvent::Kind::kIncomplete, "not scanned");
  Events(InputEvent::Kind::kWarning, "odd");
  Events(InputEvent::Kind::kNotText, "not text, left out");
  for (const Coverage::Root& root : coverage.roots) {
    Paragraph("  ", RootText(root));
  }
}

void TextReport::Events(InputEvent::Kind kind, std::string_view title) {
  std::size_t count = 0;
  for (const InputEvent& event : summary_.coverage.events) {
    if (event.kind == kind) ++count;
  }
  if (count == 0) return;
  const std::string head = fmt::format("  {}: {}", title, Grouped(count));
  Line(kind == InputEvent::Kind::kNotText ? palette_.Dim(head)
                                          : palette_.Warn(head));
  const std::size_t limit = options_.all_rows ? count : kMaxEvents;
  std::size_t shown = 0;
  for (const InputEvent& event : summary_.coverage.events) {
    if (event.kind != kind || shown == limit) continue;
    Paragraph("    ", EventText(event));
    ++shown;
  }
  if (shown < count) {
    Line(palette_.Dim(fmt::format("    and {} more; --verbose names them",
                                  Grouped(count - shown))));
  }
}

void TextReport::Hints() {
  if (summary_.spilled_values != 0) {
    Line(
        palette_.Dim("values marked ~ are estimates; there were too many to "
                     "count exactly"));
  }
  if (summary_.findings == 0 || summary_.key_from_file) return;
  Line(palette_.Dim(
      "the key was random: fingerprints compare with no other run"));
  Line(palette_.Dim("  (logspill key new FILE makes one for --key-file)"));
}

}  // namespace logspill
