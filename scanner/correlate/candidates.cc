#include "scanner/correlate/candidates.h"

#include <algorithm>
#include <tuple>

#include "scanner/correlate/site_table.h"

namespace logspill {
namespace {

bool ByPlace(const Candidates::Candidate& x, const Candidates::Candidate& y) {
  const CallSite& a = *x.site;
  const CallSite& b = *y.site;
  return std::tie(a.root, a.file, a.line, a.column, a.id) <
         std::tie(b.root, b.file, b.line, b.column, b.id);
}

// The variants of one call are one site.
bool IsSameCall(const Candidates::Candidate& x,
                const Candidates::Candidate& y) {
  const CallSite& a = *x.site;
  const CallSite& b = *y.site;
  return a.root == b.root && a.file == b.file && a.line == b.line &&
         a.column == b.column;
}

// Keys that the record lacks weigh more than those that it has.
int KeyScore(const CallSite& site, std::span<const RecordField> fields) {
  int score = 0;
  for (const Hole& field : site.fields) {
    if (field.key.empty()) continue;
    score += FindField(fields, field.key) != nullptr ? 1 : -2;
  }
  return score;
}

// Whether the function that holds the call is in the stack: what it caught was
// thrown below it.
bool IsInStack(const CallSite& site, std::span<const StackFrame> frames) {
  return std::any_of(frames.begin(), frames.end(),
                     [&](const StackFrame& frame) {
                       if (LastPart(frame.function) != site.function)
                         return false;
                       if (frame.file.empty()) return true;
                       return IsPlaceOf(frame.file, site);
                     });
}

}  // namespace

const RecordField* FindField(std::span<const RecordField> fields,
                             std::string_view key) {
  // Records wrap what a call gives, and formatters unwrap it.
  const auto is_inside = [](std::string_view inner, std::string_view outer) {
    return inner.size() < outer.size() && outer.ends_with(inner) &&
           outer[outer.size() - inner.size() - 1] == '.';
  };
  const RecordField* near = nullptr;
  for (const RecordField& field : fields) {
    if (field.key == key) return &field;
    if (near == nullptr && !field.key.empty() &&
        (is_inside(key, field.key) || is_inside(field.key, key))) {
      near = &field;
    }
  }
  return near;
}

void Candidates::Reset() {
  trust_ = Trust::kNone;
  weight_ = 0;
  refused_ = false;
  best_.clear();
}

void Candidates::Offer(const CallSite* site, std::uint32_t shape, Trust trust,
                       std::uint32_t weight) {
  if (trust == Trust::kNone) {
    refused_ = true;
    return;
  }
  if (trust < trust_ || (trust == trust_ && weight < weight_)) return;
  if (trust > trust_ || weight > weight_) best_.clear();
  trust_ = trust;
  weight_ = weight;
  best_.push_back({site, shape});
}

// Keeps the candidates with the highest score.
void Candidates::Keep(const std::function<int(const CallSite&)>& score) {
  if (best_.size() < 2) return;
  std::vector<int> scores;
  scores.reserve(best_.size());
  for (const Candidate& each : best_) scores.push_back(score(*each.site));
  const int most = *std::max_element(scores.begin(), scores.end());
  std::size_t kept = 0;
  for (std::size_t i = 0; i < best_.size(); ++i) {
    if (scores[i] == most) best_[kept++] = best_[i];
  }
  best_.resize(kept);
}

void Candidates::Settle(const TieBreakers& ties) {
  if (best_.size() < 2) return;
  if (!ties.file.empty()) {
    Keep([&](const CallSite& site) {
      return IsPlaceOf(ties.file, site) ? 1 : 0;
    });
  }
  if (!ties.function.empty()) {
    Keep([&](const CallSite& site) {
      return LastPart(ties.function) == site.function ? 1 : 0;
    });
  }
  if (!ties.logger.empty()) {
    Keep([&](const CallSite& site) {
      return ties.logger == site.logger ? 1 : 0;
    });
  }
  if (!ties.fields.empty()) {
    Keep([&](const CallSite& site) { return KeyScore(site, ties.fields); });
  }
  if (!ties.frames.empty()) {
    Keep([&](const CallSite& site) {
      return IsInStack(site, ties.frames) ? 1 : 0;
    });
  }
  std::sort(best_.begin(), best_.end(), ByPlace);
  best_.erase(std::unique(best_.begin(), best_.end(), IsSameCall), best_.end());
}

}  // namespace logspill
