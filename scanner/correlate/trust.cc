#include "scanner/correlate/trust.h"

#include <algorithm>

namespace logspill {
namespace {

bool IsNameByte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || c == '.';
}

// By Origin, where the logger is not known.
struct Least {
  std::uint32_t anchored;
  std::uint32_t floating;
};
constexpr Least kLeast[] = {
    {kAnchoredWeight, kFloatingWeight}, {6, 12}, {1, 4}};
constexpr Least kUnheardOf = {6, 20};

}  // namespace

std::uint32_t LeastWhereShifted(Origin origin) {
  switch (origin) {
    case Origin::kUnknown:
      return kSurprisingWeight;
    case Origin::kMostlyOwn:
      return kAnchoredWeight;
    case Origin::kOwn:
      break;
  }
  return Shape::kStrongWeight;
}

Trust TrustIn(const Shape& shape, const Evidence& evidence) {
  const bool anchored = !shape.literals()[0].empty();
  const bool bare = shape.weight() == 0;  // any text would fit
  if (evidence.logger == Agreement::kMismatch ||
      evidence.file == Agreement::kMismatch) {
    return shape.weight() >= kSurprisingWeight ? Trust::kSurprising
                                               : Trust::kNone;
  }
  if (evidence.logger == Agreement::kAgree ||
      evidence.file == Agreement::kAgree) {
    const bool own = evidence.origin != Origin::kUnknown;
    return bare && !own ? Trust::kDoubt : Trust::kFits;
  }
  const Origin origin = evidence.prints ? Origin::kUnknown : evidence.origin;
  Least row = kLeast[static_cast<std::size_t>(origin)];
  if (evidence.unheard_of) {
    row.anchored = std::max(row.anchored, kUnheardOf.anchored);
    row.floating = std::max(row.floating, kUnheardOf.floating);
  }
  const std::uint32_t least = anchored ? row.anchored : row.floating;
  if (shape.weight() >= least) return Trust::kFits;
  return shape.has_width() && evidence.table ? Trust::kFits : Trust::kDoubt;
}

bool AreNames(std::string_view message, const std::vector<Span>& holes) {
  if (holes.size() < 2) return false;
  for (std::size_t i = 0; i + 1 < holes.size(); ++i) {
    std::string_view value = holes[i].Of(message);
    while (!value.empty() && value.back() == ' ') value.remove_suffix(1);
    while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
    if (value.empty() || !std::all_of(value.begin(), value.end(), IsNameByte)) {
      return false;
    }
  }
  return true;
}

}  // namespace logspill
