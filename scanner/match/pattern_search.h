// A rule's pattern, searched around a place in a text.
//
// Threads:   a CompiledRule is const after compiling; safe from any thread.
// Cost:      0.2-1 us a try; a try looks at most at max_bytes bytes.
// Units:     offsets are in bytes of the text.

#pragma once

#include <re2/re2.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "scanner/base/result.h"
#include "scanner/base/span.h"
#include "scanner/match/fixed_pattern.h"
#include "scanner/rule/rule.h"
#include "scanner/verify/validators.h"

namespace logspill {

// How stage 1 finds places for a rule.
enum class Route : std::uint8_t {
  kShape,          // shape_span.h gives exact spans
  kShapeHint,      // a SIMD hit, then the pattern around it
  kLeadingAnchor,  // a literal at the start of every match
  kInnerAnchor,    // a literal somewhere in every match
  kWholePattern,   // the pattern itself, in the slow group
  kRegion,         // a literal that begins a region
};

struct CompiledRule {
  const Rule* rule = nullptr;
  const Validator* validator = nullptr;  // or nullptr
  std::unique_ptr<re2::RE2> pattern;
  std::optional<FixedPattern> fixed;  // the same, where it can be so written
  int value_group = 0;
  bool is_number = false;  // its values hold only digits, a-f and separators
  Route route = Route::kInnerAnchor;
  std::uint32_t slack =
      0;  // kLeadingAnchor: bytes that may stand before the anchor
};

// Compiles the pattern of `rule`; the route is chosen by the caller.
Result<CompiledRule> CompileRule(const Rule& rule);

// A text in which records end at newlines, or one that is a record as a whole
// (decoded text may hold newlines).
struct SearchText {
  std::string_view text;
  bool one_record = false;

  // Where the record that holds `at` begins and ends, looking no further than
  // `reach` bytes.
  std::uint32_t RecordBegin(std::uint32_t at, std::uint32_t reach) const;
  std::uint32_t RecordEnd(std::uint32_t at, std::uint32_t reach) const;
};

struct Found {
  Span whole;
  Span value;
  Validation validation;
};

// The match that begins exactly at `begin`; nullopt where there is none or it
// is rejected.
std::optional<Found> MatchAt(const CompiledRule& rule, const SearchText& text,
                             std::uint32_t begin);

// The first accepted match that begins in [from, to) .
// REQUIRES: [from, to) lies in one record.
std::optional<Found> FindIn(const CompiledRule& rule, const SearchText& text,
                            std::uint32_t from, std::uint32_t to);

// What the rule's validator, the placeholders and the near words say of a
// value.
Validation Judge(const CompiledRule& rule, const SearchText& text, Span value);

}  // namespace logspill
