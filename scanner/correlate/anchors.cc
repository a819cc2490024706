#include "scanner/correlate/anchors.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace logspill {
namespace {

using Windows = std::unordered_map<std::string_view, std::uint32_t>;

template <typename Visit>
void ForEachWindow(const Shape& shape, Visit visit) {
  for (const std::string& literal : shape.literals()) {
    const std::string_view text = literal;
    for (std::size_t i = 0; i + Anchors::kWindow <= text.size(); ++i) {
      visit(text.substr(i, Anchors::kWindow));
    }
  }
}

// In how many shapes each window stands.
Windows CountWindows(const std::vector<Shape>& shapes) {
  Windows counts;
  for (const Shape& shape : shapes) {
    std::set<std::string_view> once;
    ForEachWindow(shape, [&](std::string_view w) { once.insert(w); });
    for (const std::string_view window : once) ++counts[window];
  }
  return counts;
}

// Blanks and repeated bytes are common in messages: they make a window dear.
// What JSON may escape is found only where it is not.
std::uint32_t Dearness(std::string_view window) {
  constexpr std::string_view kEscaped = "\"\\/<>&'";
  std::uint32_t dear = 0;
  for (std::size_t i = 0; i < window.size(); ++i) {
    const auto byte = static_cast<unsigned char>(window[i]);
    dear += byte < 0x20 || byte >= 0x7F ? 64 : 0;
    dear += kEscaped.find(window[i]) != std::string_view::npos ? 64 : 0;
    dear += window[i] == ' ' || window[i] == '-' || window[i] == '=';
    dear += i > 0 && window[i] == window[i - 1] ? 2 : 0;
  }
  return dear;
}

std::string_view RarestWindow(const Shape& shape, const Windows& counts) {
  std::string_view best;
  std::uint32_t best_cost = UINT32_MAX;
  ForEachWindow(shape, [&](std::string_view window) {
    const std::uint32_t cost = counts.at(window) * 32 + Dearness(window);
    if (cost < best_cost) {
      best = window;
      best_cost = cost;
    }
  });
  if (!best.empty()) return best;
  for (const std::string& literal : shape.literals()) {
    if (literal.size() > best.size()) best = literal;
  }
  return best.size() >= Anchors::kShortest ? best : std::string_view();
}

}  // namespace

Result<Anchors> Anchors::Build(const std::vector<Shape>& shapes) {
  const Windows counts = CountWindows(shapes);
  std::unordered_map<std::string_view, std::uint32_t> known;
  std::vector<Literal> literals;
  std::vector<std::vector<std::uint32_t>> by_anchor;
  std::vector<std::uint32_t> unanchored;
  for (std::uint32_t i = 0; i < shapes.size(); ++i) {
    if (!shapes[i].strong()) continue;
    const std::string_view anchor = RarestWindow(shapes[i], counts);
    if (anchor.empty()) {
      unanchored.push_back(i);
      continue;
    }
    const auto [at, added] =
        known.emplace(anchor, static_cast<std::uint32_t>(literals.size()));
    if (added) {
      literals.push_back({std::string(anchor), false});
      by_anchor.emplace_back();
    }
    by_anchor[at->second].push_back(i);
  }
  auto set = LiteralSet::Build(literals);
  if (!set) return set.error();
  Anchors anchors(std::move(*set));
  for (const Literal& literal : literals) {
    anchors.sizes_.push_back(static_cast<std::uint32_t>(literal.text.size()));
  }
  anchors.shapes_ = std::move(by_anchor);
  anchors.unanchored_ = std::move(unanchored);
  return anchors;
}

std::unique_ptr<Anchors::Scratch> Anchors::NewScratch() const {
  return std::unique_ptr<Scratch>(
      new Scratch{literals_.NewScratch(),
                  {},
                  std::vector<std::uint32_t>(shapes_.size(), 0),
                  0,
                  {},
                  0});
}

void Anchors::BeginCall(Scratch* scratch) const {
  if (++scratch->call != 0) return;
  std::fill(scratch->seen.begin(), scratch->seen.end(), 0);
  scratch->call = 1;
}

void Anchors::Add(const LiteralHit& hit, Scratch* scratch,
                  std::vector<std::uint32_t>* shapes) const {
  if (scratch->seen[hit.literal] == scratch->call) return;
  scratch->seen[hit.literal] = scratch->call;
  shapes->insert(shapes->end(), shapes_[hit.literal].begin(),
                 shapes_[hit.literal].end());
}

void Anchors::Find(std::string_view text, Scratch* scratch,
                   std::vector<std::uint32_t>* shapes) const {
  BeginCall(scratch);
  scratch->hits.clear();
  literals_.Find(text, &scratch->matcher, &scratch->hits);
  for (const LiteralHit& hit : scratch->hits) Add(hit, scratch, shapes);
  shapes->insert(shapes->end(), unanchored_.begin(), unanchored_.end());
}

void Anchors::Search(std::string_view text, Scratch* scratch) const {
  scratch->next = 0;
  scratch->block_hits.clear();
  if (!text.empty()) {
    literals_.Find(text, &scratch->matcher, &scratch->block_hits);
  }
}

void Anchors::Take(std::size_t begin, std::size_t end, Scratch* scratch,
                   std::vector<std::uint32_t>* shapes) const {
  BeginCall(scratch);
  const std::vector<LiteralHit>& hits = scratch->block_hits;
  if (scratch->next > 0 && hits[scratch->next - 1].end > begin) {
    // An earlier part than the one before.
    const auto first = std::upper_bound(
        hits.begin(), hits.end(), begin,
        [](std::size_t at, const LiteralHit& hit) { return at < hit.end; });
    scratch->next = static_cast<std::size_t>(first - hits.begin());
  }
  std::size_t at = scratch->next;
  while (at < hits.size() && hits[at].end <= begin) ++at;
  scratch->next = at;
  for (; at < hits.size() && hits[at].end <= end; ++at) {
    if (hits[at].end - sizes_[hits[at].literal] < begin) continue;
    Add(hits[at], scratch, shapes);
  }
  shapes->insert(shapes->end(), unanchored_.begin(), unanchored_.end());
}

}  // namespace logspill
