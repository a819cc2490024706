// How much literal text a template must have before a match is believed.
//
// Foreign logs hold "Deleting ..." and "... connection ..." as well: without a
// logger that agrees, little text proves nothing.
//
// Threads:   pure functions.

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "scanner/base/span.h"
#include "scanner/correlate/agreement.h"
#include "scanner/correlate/attributor.h"
#include "scanner/correlate/candidates.h"
#include "scanner/correlate/shape.h"

namespace logspill {

// Weights as Shape::weight() counts them.
inline constexpr std::uint32_t kAnchoredWeight =
    20;  // begins with literal text
inline constexpr std::uint32_t kFloatingWeight = 32;    // begins with a hole
inline constexpr std::uint32_t kSurprisingWeight = 40;  // of another logger

// What a template weighs at least where the header was cut elsewhere.
std::uint32_t LeastWhereShifted(Origin origin);

struct Evidence {
  Agreement logger = Agreement::kUnknown;
  Agreement file = Agreement::kUnknown;  // that the record prints
  // The call's logger is not known, and no call is known to have that which is
  // printed.
  bool unheard_of = false;
  bool table = false;   // the message is a row of names and values
  bool prints = false;  // the call has no logger, the record has a time
  Origin origin = Origin::kUnknown;
};

Trust TrustIn(const Shape& shape, const Evidence& evidence);

// Whether every hole but the last holds a name, as in tables of settings.
bool AreNames(std::string_view message, const std::vector<Span>& holes);

}  // namespace logspill
