#include "adapters/output/trace_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/output/text.h"
#include "adapters/output/trace_json.h"

namespace logspill {
namespace {

constexpr std::size_t kCountWidth = 12;
constexpr std::size_t kBytesWidth = 9;
constexpr std::size_t kShareWidth = 7;
constexpr std::size_t kResultWidth = 9;
constexpr std::size_t kUsed =  // beside place and message, gaps included
    kCountWidth + kBytesWidth + kShareWidth + kResultWidth + 7;
constexpr std::size_t kLeast = 8;  // of place or message
constexpr double kLowCoverage = 0.5;

double ShareOf(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0
                    : static_cast<double>(part) / static_cast<double>(whole);
}

std::string Percent(double share) {
  return fmt::format("{:.1f} %", share * 100);
}

std::string Place(const TraceRow& row) {
  const CallSite& site = *row.sites[0];
  std::string place = fmt::format("{}:{}", Printable(site.file), site.line);
  if (row.sites.size() > 1) place += fmt::format(" +{}", row.sites.size() - 1);
  return place;
}

// The result that most of the row's events had.
std::string_view ResultOf(const TraceRow& row) {
  const auto most =
      std::max_element(row.by_result.begin(), row.by_result.end());
  return Name(static_cast<AttributionResult>(most - row.by_result.begin()));
}

std::string Numbers(std::uint64_t records, std::uint64_t bytes,
                    std::uint64_t all_bytes) {
  return fmt::format("{:>{}} {:>{}} {:>{}}", Grouped(records), kCountWidth - 1,
                     Bytes(bytes), kBytesWidth,
                     Percent(ShareOf(bytes, all_bytes)), kShareWidth);
}

std::string RowText(const TraceRow& row, const TraceSummary& summary,
                    std::size_t place_width, const TraceTableLook& look) {
  const std::size_t used = kUsed + place_width;
  const std::size_t left =
      look.width > used + kLeast ? look.width - used : kLeast;
  const std::string place = FitBegin(Place(row), place_width);
  const std::string blanks(
      place_width - std::min(place_width, DisplayWidth(place)), ' ');
  return fmt::format("{}  {:<{}}  {}{}  {}\n",
                     Numbers(row.records, row.bytes, summary.bytes),
                     ResultOf(row), kResultWidth, place, blanks,
                     FitEnd(Printable(row.sites[0]->message.Text()), left));
}

std::string HeadText(std::size_t place_width, const TraceTableLook& look) {
  return look.palette.Dim(fmt::format(
             "{:>{}} {:>{}} {:>{}}  {:<{}}  {:<{}}  MESSAGE", "LINES",
             kCountWidth - 1, "BYTES", kBytesWidth, "SHARE", kShareWidth,
             "RESULT", kResultWidth, "WHERE", place_width)) +
         "\n";
}

std::string RowsText(const TraceSummary& summary, const TraceTableLook& look) {
  if (summary.rows.empty()) return {};
  const std::size_t shown =
      look.all_rows ? summary.rows.size()
                    : std::min(summary.rows.size(), TraceTable::kMostRows);
  std::size_t place_width = 0;
  for (std::size_t i = 0; i < shown; ++i) {
    place_width = std::max(place_width, DisplayWidth(Place(summary.rows[i])));
  }
  // Half of what is left, and no more than a third of all.
  const std::size_t rest = look.width > kUsed ? look.width - kUsed : 0;
  place_width = std::min(place_width,
                         std::max(kLeast, std::min(rest / 2, look.width / 3)));
  std::string text = HeadText(place_width, look);
  for (std::size_t i = 0; i < shown; ++i) {
    text += RowText(summary.rows[i], summary, place_width, look);
  }
  if (shown == summary.rows.size()) return text;
  std::uint64_t records = 0;
  std::uint64_t bytes = 0;
  for (std::size_t i = shown; i < summary.rows.size(); ++i) {
    records += summary.rows[i].records;
    bytes += summary.rows[i].bytes;
  }
  return text + fmt::format("{}  and {} more; --verbose lists them\n",
                            Numbers(records, bytes, summary.bytes),
                            Plural(summary.rows.size() - shown, "log call"));
}

std::string CausesText(const TraceSummary& summary) {
  std::string text;
  for (std::size_t i = 1; i < kNoneCauses; ++i) {
    if (summary.none_by_cause[i] == 0) continue;
    text += text.empty() ? ": " : ", ";
    text += fmt::format("{} {}", Grouped(summary.none_by_cause[i]),
                        Name(static_cast<NoneCause>(i)));
  }
  return text;
}

std::string RootsText(const TraceSummary& summary, const Palette& palette) {
  std::string text;
  double all = 0;
  for (const Coverage::Root& root : summary.coverage.roots) {
    all += root.matched;
    text += fmt::format("{} printed {} of the records\n", Printable(root.root),
                        Percent(root.matched));
  }
  if (summary.records != 0 && all < kLowCoverage) {
    text += palette.Warn("is this the source of these logs?") + "\n";
  }
  return text;
}

std::string GapsText(const Coverage& coverage, const Palette& palette) {
  std::string text;
  for (const InputEvent& event : coverage.events) {
    if (event.kind != InputEvent::Kind::kIncomplete) continue;
    text +=
        palette.Bad(fmt::format("not read: {}{}{}, {}", Printable(event.input),
                                event.member.empty() ? "" : "!",
                                Printable(event.member), event.reason)) +
        "\n";
  }
  if (coverage.interrupted)
    text += palette.Bad("stopped before the end") + "\n";
  return text;
}

}  // namespace

std::string TraceTableText(const TraceSummary& summary,
                           const TraceTableLook& look) {
  const auto count = [&](AttributionResult result) {
    return summary.by_result[static_cast<std::size_t>(result)];
  };
  const std::uint64_t none = count(AttributionResult::kNone);
  std::string text = RowsText(summary, look);
  if (!text.empty()) text += "\n";
  text += RootsText(summary, look.palette);
  text += GapsText(summary.coverage, look.palette);
  text += fmt::format(
      "{} ({}): {} have a call site, {} of them exactly, {} more than one; {} "
      "have none{}\n",
      Plural(summary.records, "record"), Bytes(summary.bytes),
      Percent(ShareOf(summary.records - none, summary.records)),
      Grouped(count(AttributionResult::kExact)),
      Grouped(count(AttributionResult::kAmbiguous)), Grouped(none),
      CausesText(summary));
  return text;
}

bool TraceTable::Commit(Batch*) { return true; }

bool TraceTable::OnSummary(const TraceSummary& summary) {
  return out_->Write(TraceTableText(summary, look_)) && out_->Flush();
}

}  // namespace logspill
