// Counts what each call site printed.
//
// Threads:   not thread-safe; each worker has its own, joined at the end.
// Cost:      one look-up an event; none where the sites are those of before.

#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "scanner/tracer.h"

namespace logspill {

class TraceTally {
 public:
  // `call_sites`: all of them, by which rows are told apart.
  explicit TraceTally(std::span<const CallSite> call_sites)
      : first_(call_sites.data()), row_of_(call_sites.size(), kNone) {}

  void Add(const TracedRecord& record);
  // Of a long record, behind the window that stood for it.
  void AddBytes(std::uint64_t bytes) { sums_.bytes += bytes; }
  void Join(const TraceTally& other);

  // Fills records, bytes, rows and the coverage of each source root.
  void SumUp(TraceSummary* summary) const;

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  TraceRow& RowOf(std::span<const CallSite* const> sites);

  const CallSite* first_;
  std::vector<std::uint32_t> row_of_;  // of one site alone
  std::map<std::vector<const CallSite*>, std::uint32_t> row_of_tie_;
  std::vector<const CallSite*> tie_;  // a key, reused
  TraceSummary sums_;
};

}  // namespace logspill
