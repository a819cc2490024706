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
  // "req.user.id" is of the group "user".
  const auto holds_group = [](std::string_view outer, std::string_view group) {
    for (std::size_t at = outer.find(group); at != std::string_view::npos;
         at = outer.find(group, at + 1)) {
      const std::size_t end = at + group.size();
      const bool begins = at == 0 || outer[at - 1] == '.';
      if (begins && end < outer.size() && outer[end] == '.') return true;
    }
    return false;
  };
  const RecordField* near = nullptr;
  for (const RecordField& field : fields) {
    if (field.key == key) return &field;
    if (near == nullptr && !field.key.empty() &&
        (is_inside(key, field.key) || is_inside(field.key, key) ||
         holds_group(field.key, key))) {
      near = &field;
    }
  }
  return near;
}

void Candidates::Reset() {
  Restart();
  refused_ = false;
}

void Candidates::Restart() {
  top_ = {};
  best_.clear();
}

void Candidates::Offer(const Candidate& candidate) {
  if (candidate.trust == Trust::kNone) return;
  best_.push_back(candidate);
  if (std::tie(candidate.trust, candidate.strength) >
      std::tie(top_.trust, top_.strength)) {
    top_ = candidate;
  }
}

// Whether the best leaves it possible that this one printed the record.
bool Candidates::IsNear(const Candidate& candidate) const {
  if (top_.trust == Trust::kPrinted) {
    return candidate.trust == top_.trust && candidate.strength == top_.strength;
  }
  if (candidate.trust > Trust::kDoubt && candidate.trust < top_.trust) {
    // Another logger's, but with far more text.
    return top_.strength < kMargin;
  }
  return candidate.strength + kMargin > top_.strength;
}

// Keeps the candidates with the highest score.
void Candidates::Keep(const std::function<int(const Candidate&)>& score) {
  if (best_.size() < 2) return;
  std::vector<int> scores;
  scores.reserve(best_.size());
  for (const Candidate& each : best_) scores.push_back(score(each));
  const int most = *std::max_element(scores.begin(), scores.end());
  std::size_t kept = 0;
  for (std::size_t i = 0; i < best_.size(); ++i) {
    if (scores[i] == most) best_[kept++] = best_[i];
  }
  best_.resize(kept);
}

void Candidates::Settle(const TieBreakers& ties) {
  std::erase_if(best_, [&](const Candidate& each) { return !IsNear(each); });
  if (best_.size() < 2) return;
  if (!ties.file.empty()) {
    Keep([&](const Candidate& each) {
      return IsPlaceOf(ties.file, *each.site) ? 1 : 0;
    });
  }
  if (!ties.function.empty()) {
    Keep([&](const Candidate& each) {
      return LastPart(ties.function) == each.site->function ? 1 : 0;
    });
  }
  const auto is_of_logger = [&](const Candidate& each) {
    return !ties.logger.empty() && ties.logger == each.site->logger;
  };
  if (std::any_of(best_.begin(), best_.end(), is_of_logger)) {
    std::erase_if(best_, [&](const Candidate& each) {
      // A call whose logger is not known may use any.
      const bool any = each.site->logger.empty() && each.shape != top_.shape;
      return !any && !is_of_logger(each);
    });
  }
  if (!ties.fields.empty()) {
    Keep([&](const Candidate& each) {
      return KeyScore(*each.site, ties.fields);
    });
  }
  if (!ties.frames.empty()) {
    Keep([&](const Candidate& each) {
      return IsInStack(*each.site, ties.frames) ? 1 : 0;
    });
  }
  std::sort(best_.begin(), best_.end(), ByPlace);
  best_.erase(std::unique(best_.begin(), best_.end(), IsSameCall), best_.end());
}

}  // namespace logspill
