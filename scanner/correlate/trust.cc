#include "scanner/correlate/trust.h"

#include <algorithm>

namespace logspill {
namespace {

bool IsNameByte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || c == '.';
}

}  // namespace

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
    return bare && !evidence.own_logs ? Trust::kNone : Trust::kFits;
  }
  const std::uint32_t least =
      evidence.own_logs ? (anchored ? kOwnAnchoredWeight : kOwnFloatingWeight)
                        : (anchored ? kAnchoredWeight : kFloatingWeight);
  if (shape.weight() >= least) return Trust::kFits;
  return shape.has_width() && evidence.table ? Trust::kFits : Trust::kNone;
}

bool AreNames(std::string_view message, const std::vector<Span>& holes) {
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
