#include "scanner/trace_tally.h"

#include <algorithm>
#include <string>

namespace logspill {
namespace {

void AddTo(TraceRow* row, const TraceRow& more) {
  row->events += more.events;
  row->records += more.records;
  row->bytes += more.bytes;
  for (std::size_t i = 0; i < kAttributionResults; ++i) {
    row->by_result[i] += more.by_result[i];
  }
}

bool IsBefore(const TraceRow& a, const TraceRow& b) {
  if (a.bytes != b.bytes) return a.bytes > b.bytes;
  return a.sites < b.sites;  // as they stand in the index
}

}  // namespace

TraceRow& TraceTally::RowOf(std::span<const CallSite* const> sites) {
  std::uint32_t* row = nullptr;
  if (sites.size() == 1) {
    row = &row_of_[static_cast<std::size_t>(sites[0] - first_)];
  } else {
    tie_.assign(sites.begin(), sites.end());
    row = &row_of_tie_.try_emplace(tie_, kNone).first->second;
  }
  if (*row == kNone) {
    *row = static_cast<std::uint32_t>(sums_.rows.size());
    sums_.rows.emplace_back().sites.assign(sites.begin(), sites.end());
  }
  return sums_.rows[*row];
}

void TraceTally::Add(const TracedRecord& record) {
  ++sums_.records;
  sums_.bytes += record.bytes;
  const auto result = static_cast<std::size_t>(record.result);
  ++sums_.by_result[result];
  if (record.sites.empty()) {
    ++sums_.none_by_cause[static_cast<std::size_t>(record.cause)];
    sums_.none_bytes += record.bytes;
    return;
  }
  TraceRow& row = RowOf(record.sites);
  ++row.records;
  row.bytes += record.bytes;
  if (record.event_line != 0) return;
  ++row.events;
  ++row.by_result[result];
}

void TraceTally::Join(const TraceTally& other) {
  sums_.records += other.sums_.records;
  sums_.bytes += other.sums_.bytes;
  sums_.none_bytes += other.sums_.none_bytes;
  for (std::size_t i = 0; i < kAttributionResults; ++i) {
    sums_.by_result[i] += other.sums_.by_result[i];
  }
  for (std::size_t i = 0; i < kNoneCauses; ++i) {
    sums_.none_by_cause[i] += other.sums_.none_by_cause[i];
  }
  for (const TraceRow& row : other.sums_.rows) AddTo(&RowOf(row.sites), row);
}

void TraceTally::SumUp(TraceSummary* summary) const {
  Coverage coverage = std::move(summary->coverage);
  *summary = sums_;
  summary->coverage = std::move(coverage);
  std::sort(summary->rows.begin(), summary->rows.end(), IsBefore);
  std::map<std::string, std::uint64_t> matched;
  for (std::size_t i = 0; i < row_of_.size(); ++i) {
    if (first_[i].Has("built-in")) continue;  // nobody's source
    matched.try_emplace(first_[i].root, 0);
  }
  for (const TraceRow& row : summary->rows) {
    if (row.sites[0]->Has("built-in")) continue;
    matched[row.sites[0]->root] += row.records;
  }
  for (const auto& [root, records] : matched) {
    const double share =
        sums_.records == 0
            ? 0
            : static_cast<double>(records) / static_cast<double>(sums_.records);
    summary->coverage.roots.push_back({root, sums_.records, share});
  }
}

}  // namespace logspill
