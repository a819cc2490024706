// Both stages on one text: what every rule finds in it, before overlaps are
// settled.
//
// Threads:   not thread-safe; each thread has its own.
// Cost:      see matcher.h.
// Units:     spans are in bytes of the text.

#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "scanner/base/decoded_view.h"
#include "scanner/match/base64_text.h"
#include "scanner/match/database_impl.h"
#include "scanner/match/pattern_search.h"
#include "scanner/match/prefilter.h"
#include "scanner/match/shape_span.h"

namespace logspill {

struct Candidate {
  const CompiledRule* rule = nullptr;
  Span value;
  Validation validation;
  bool from_decoded = false;  // found in the decoded text
  bool decoded = false;       // the value's own bytes are escaped
  bool unfinished = false;    // a region without its end, in decoded text
  Base64Place base64;
};

class TextPass {
 public:
  explicit TextPass(const RuleDatabase::Impl* database);

  // Appends what stands in `text` as it is written; returns the count of
  // newlines.
  std::uint64_t Run(const SearchText& text, std::vector<Candidate>* found);

  // The same, and what stands behind escapes in each record.
  std::uint64_t RunWithEscapes(std::string_view text,
                               std::vector<Candidate>* found);

 private:
  std::uint64_t Search(std::vector<Candidate>* found);
  void OnShapeHit(const ShapeHit& hit);
  void OnLiteralHits();
  void OnPatternHits();
  bool TryShape(std::uint32_t index, Span span);
  void SearchPending(std::uint32_t index);
  void TryLeading(const CompiledRule& rule, std::uint32_t anchor);
  std::optional<std::uint32_t> DeadAt(const CompiledRule& rule,
                                      std::uint32_t begin);
  void TryRegion(const CompiledRule& rule, std::uint32_t begin);
  std::size_t TryAround(const CompiledRule& rule, std::size_t first);
  bool Together(std::uint32_t a, std::uint32_t b, std::uint32_t reach) const;
  void Await(std::uint32_t index, std::uint32_t at);
  void Emit(std::uint32_t index, Span value, const Validation& validation);

  bool EscapeReaches(const ShapeHit& hit) const;
  bool IsBase58Tail(std::uint32_t at) const;
  bool HoldsEscape(std::uint32_t begin, std::uint32_t end) const;
  bool IsTrigger(std::uint32_t at) const;
  // Searches one rule in the decoded bytes around [begin, end).
  void SearchDecoded(std::uint32_t index, std::uint32_t begin,
                     std::uint32_t end);
  // The same for a region that begins at `begin`, as far as its record goes.
  void SearchDecodedRegion(std::uint32_t index, std::uint32_t begin);
  // Searches all rules in the decoded bytes around every trigger.
  void SearchTriggers();
  Span DecodableWindow(std::uint32_t begin, std::uint32_t end,
                       std::uint32_t reach) const;
  template <typename Visit>
  void InDecoded(Span window, Visit search);
  void AddDecoded(const DecodedView& view, Span window, Candidate candidate);
  bool DecodeRegionsFrom(std::uint32_t begin);
  bool BeginsRecord(std::uint32_t at) const;
  bool EndsRecord(std::uint32_t at) const;

  const RuleDatabase::Impl* database_;
  const Program& program_;
  LiteralSet::Scratch literal_scratch_;
  LiteralSet::Scratch pattern_scratch_;
  std::unique_ptr<TextPass> inner_;  // for decoded text; made when first needed

  SearchText text_;
  bool escapes_ = false;
  std::vector<Candidate>* found_ = nullptr;

  std::vector<ShapeHit> hits_;
  std::vector<LiteralHit> literal_hits_;
  std::vector<ShapeSpan> spans_;
  std::vector<std::vector<std::uint32_t>>
      pending_;                         // of each rule: where to look
  std::vector<std::uint32_t> waiting_;  // rules with pending places
  std::vector<std::uint32_t> next_;     // of each rule: behind its last value
  // Of each rule that is tried at its anchors; made when first needed.
  std::vector<std::unique_ptr<Prefilter>> prefilters_;
  std::vector<std::uint32_t> decoded_until_;  // of each rule: searched so far
  std::vector<std::uint32_t> decoded_ahead_;  // and how far ahead of its place
  std::vector<std::uint32_t> triggers_;
  // Where a region may begin in decoded text: in the raw text, and the rule.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> region_heads_;
  DecodedView view_;
  // What regions are searched in, and where that lies in the raw text.
  DecodedView region_view_;
  Span region_window_;
  bool regions_differ_ = false;
};

}  // namespace logspill
