// Exact spans of the commonest shapes, without a regex: what ShapePattern()
// would match, found from one hit of the SIMD pass.
//
// Threads:   pure functions.
// Cost:      20-60 ns a hit; a run of hexadecimal digits is walked once.
// Units:     offsets are in bytes of the text; newlines end every shape.

#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "scanner/base/span.h"
#include "scanner/match/shape_scan.h"
#include "scanner/rule/rule.h"

namespace logspill {

struct ShapeSpan {
  Shape shape = Shape::kNone;
  Span span;
};

// Appends what `hit` can be the sign of.  `email_from`: where the local part of
// a mail address may begin at the earliest (behind the last one).
void FindShapeSpans(std::string_view text, const ShapeHit& hit,
                    std::uint32_t email_from, std::vector<ShapeSpan>* spans);

// The kinds of hits that can be the sign of a shape; bit n: HitKind n.
std::uint32_t HitKindsOf(Shape shape);

}  // namespace logspill
