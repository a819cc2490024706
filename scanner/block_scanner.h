// From one block to findings: matches, the record around each, whose identity it
// carries, and what is counted and shown of it.
//
// Lifetime:  refers to the ScanContext, which outlives it.
// Threads:   not thread-safe; each thread has its own.
// Cost:      one pass over the block, then O(match) for each match.  A record's
//            header and call site are looked at once, and only where it has a match.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scanner/block/block_reader.h"
#include "scanner/collector.h"
#include "scanner/input.h"
#include "scanner/match/matcher.h"
#include "scanner/record/context.h"
#include "scanner/record/record_header.h"
#include "scanner/site_lookup.h"

namespace logspill {

// Where a block stands.
struct BlockPlace {
  const InputNames* names = nullptr;  // its members may grow meanwhile
  std::uint32_t member = 0;
  const std::string* member_name = nullptr;
  TextEncoding encoding = TextEncoding::kBytes;
  // Of the block's first byte, in the input as it was before transcoding.
  std::uint64_t input_offset = 0;
  // Of the long record that the block is a window of, likewise.
  std::uint64_t record_input_offset = 0;
  // Its first bytes, where the window is not its first.
  std::string record_head;
  HeaderReader::Detected formats;  // of the member's records
  // Of the last record before the block that has one; only where times count.
  std::optional<std::int64_t> time_before;
};

// Completes times that are printed without a year.
int YearOf(std::int64_t modified_ms);

struct BlockCounts {
  std::uint64_t newlines = 0;
  std::uint64_t findings = 0;
  Coverage::OutsideTimes outside_times;
  RootCounts roots;
};

// How many bytes of UTF-16 a text of UTF-8 came from.
std::uint64_t Utf16Bytes(std::string_view text);

class BlockScanner {
 public:
  BlockScanner(ScanContext* context, bool wants_findings);

  // A new input begins: times without a year are completed from its last change.
  void StartInput(std::int64_t modified_ms);

  BlockCounts Scan(const Block& block, const BlockPlace& place,
                   BlockFindings* findings);

  // Brings what was counted to the shared tables.
  void Flush() { cache_.Flush(); }

 private:
  // The record of the match at hand, and what is known of it once it was asked for.
  struct RecordState {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool started = false;
    std::optional<std::int64_t> time_ms;
    bool outside = false;  // of the times that count
  };
  // What an occurrence adds to its group.
  struct Occurrence {
    Span value;  // in the record
    Identity identity;
    CodeEvidence code;
    std::string field;
    std::string shape;
    std::uint64_t hash = 0;
    AllowedClasses allowed = 0;
    GroupId group = 0;
  };
  struct GroupMemo {
    GroupKey key;
    GroupId id = 0;
    std::uint64_t offered = ~std::uint64_t{0};  // input of the last example
    bool valid = false;
  };

  void EnterRecord(std::uint32_t at);
  void ReadHeader(std::string_view record);
  std::optional<std::int64_t> EventTime(std::size_t begin);
  void OnMatch(std::size_t index);
  void Describe(const Match& match, Occurrence* occurrence);
  bool IsTaken(Span name) const;
  AllowedClasses AllowedAt(const Match& match, const Occurrence& occurrence);
  GroupMemo& GroupOf(const Match& match, const Occurrence& occurrence);
  void OfferExample(std::size_t index, const Occurrence& occurrence);
  std::uint64_t Line();
  void Normalise(std::uint32_t rule, std::string_view value);
  std::string Excerpt(std::size_t index, const Occurrence& occurrence);
  void WriteDraft(std::size_t index, const Occurrence& occurrence);
  const CallSite* SiteOf(const Occurrence& occurrence) const;
  std::uint64_t InputOffset(std::size_t at) const;
  const std::string& FingerprintOf(std::uint64_t hash);

  ScanContext* context_;
  bool wants_findings_;
  Matcher matcher_;
  Context names_;
  HeaderReader header_reader_;
  std::unique_ptr<SiteLookup> sites_;  // nullptr without call sites
  ValueCache cache_;
  // Of each rule:
  std::vector<bool> folds_case_;     // its values ignore case
  std::vector<bool> needs_context_;  // the class is by evidence
  std::vector<bool> may_print_;      // some class reaches min_severity
  std::vector<bool> needs_field_;    // what names a value matters

  const Block* block_ = nullptr;
  const BlockPlace* place_ = nullptr;
  BlockFindings* findings_ = nullptr;
  BlockCounts counts_;
  std::vector<Match> matches_;
  RecordState record_;
  std::size_t event_at_ = 0;  // a record's begin, of which is known:
  std::optional<std::int64_t> event_time_;
  std::size_t counted_to_ = 0;  // newlines before it are in counted_lines_
  std::uint64_t counted_lines_ = 0;
  mutable std::size_t units_to_ = 0;  // likewise for UTF-16
  mutable std::uint64_t units_ = 0;

  std::vector<GroupMemo> memo_;  // by the key's hash: groups that came before
  std::unordered_map<GroupId, std::uint64_t> offered_;  // as GroupMemo::offered
  std::vector<Span> others_;  // of the excerpt at hand
  std::string value_;         // decoded, of the match at hand; wiped behind it
  std::string normal_;  // its one form, where it is written otherwise; likewise
  std::string_view form_;  // what is hashed: of the block, value_ or normal_
  struct Fingerprinted {
    std::uint64_t hash = 0;
    std::string text;
  };
  std::vector<Fingerprinted> fingerprints_;
  GroupId last_line_group_ = ~GroupId{0};
  Draft draft_;
};

}  // namespace logspill
