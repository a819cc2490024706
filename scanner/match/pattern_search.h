// A rule's pattern, searched around a place in a text.
//
// Threads:   a CompiledRule is const after compiling; safe from any thread.
// Cost:      0.2-1 us a try; a try looks at most at max_bytes bytes.
// Units:     offsets are in bytes of the text.

#pragma once

#include <re2/re2.h>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "scanner/base/mark.h"
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

// A pattern that is compiled when it is first needed: most rules find nothing in
// most logs, and all of them together cost more than the rest of a start.
//
// Threads:   safe from any thread.
class LazyPattern {
 public:
  explicit LazyPattern(std::string text) : text_(std::move(text)) {}

  const re2::RE2& regex() const { return Compiled().regex.value(); }
  int value_group() const { return Compiled().value_group; }  // 0: the match

 private:
  struct State {
    std::once_flag once;
    std::optional<re2::RE2> regex;
    int value_group = 0;
  };
  const State& Compiled() const;

  std::string text_;
  mutable State state_;
};

struct CompiledRule {
  const Rule* rule = nullptr;
  const Validator* validator = nullptr;  // or nullptr
  std::unique_ptr<LazyPattern> pattern;
  std::optional<FixedPattern> fixed;  // the same, where it can be so written
  bool is_number = false;  // its values hold only digits, a-f and separators
  Route route = Route::kInnerAnchor;
  // kLeadingAnchor: bytes of a match that may stand before the anchor.
  std::uint32_t slack = 0;
  // Of the program that holds the rule; nullptr: no marks are known.
  const MarkKinds* marks = nullptr;
};

// Makes `rule` ready to be searched for; fails on a bad pattern or an unknown
// validator.  The route is chosen by the caller.
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
// value; a part of a mark of redaction is none.
Validation Judge(const CompiledRule& rule, const SearchText& text, Span value);

}  // namespace logspill
