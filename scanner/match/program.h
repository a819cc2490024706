// The rules as the engine runs them: each compiled, with its route, and tables
// from what stage 1 reports to the rules that want it.
//
// Lifetime:  refers to the RuleSet it was made from.
// Threads:   const after Make().

#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "scanner/base/mark.h"
#include "scanner/base/result.h"
#include "scanner/match/literal_set.h"
#include "scanner/match/pattern_search.h"
#include "scanner/match/shape_scan.h"
#include "scanner/rule/rule.h"

namespace logspill {

// A literal's meaning for one rule.
struct AnchorUse {
  static constexpr std::uint32_t kTrigger =
      ~0U;  // no rule: text hides behind escapes

  std::uint32_t rule = 0;
  std::uint32_t bytes = 0;  // of the literal
};

struct Program {
  static Result<Program> Make(const RuleSet& set);

  std::unique_ptr<const MarkKinds> marks;
  std::vector<CompiledRule> rules;  // as in the RuleSet; refer to `marks`
  std::vector<Literal> literals;
  std::vector<std::vector<AnchorUse>> uses;  // of each literal
  std::array<std::vector<std::uint32_t>, kShapeCount>
      by_shape;  // Route::kShape
  std::array<std::vector<std::uint32_t>, kHitKinds>
      by_hit;                            // Route::kShapeHint
  std::vector<std::uint32_t> whole;      // Route::kWholePattern
  std::array<bool, 256> anchor_bytes{};  // that stand in an anchor
  std::uint32_t hit_kinds = 0;  // that any rule wants; bit n: HitKind n
};

}  // namespace logspill
