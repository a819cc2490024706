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
std::uint32_t Dearness(std::string_view window) {
  std::uint32_t dear = 0;
  for (std::size_t i = 0; i < window.size(); ++i) {
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
  anchors.shapes_ = std::move(by_anchor);
  anchors.unanchored_ = std::move(unanchored);
  return anchors;
}

std::unique_ptr<Anchors::Scratch> Anchors::NewScratch() const {
  return std::unique_ptr<Scratch>(
      new Scratch{literals_.NewScratch(),
                  {},
                  std::vector<std::uint32_t>(shapes_.size(), 0),
                  0});
}

void Anchors::Find(std::string_view text, Scratch* scratch,
                   std::vector<std::uint32_t>* shapes) const {
  if (++scratch->call == 0) {
    std::fill(scratch->seen.begin(), scratch->seen.end(), 0);
    scratch->call = 1;
  }
  scratch->hits.clear();
  literals_.Find(text, &scratch->matcher, &scratch->hits);
  for (const LiteralHit& hit : scratch->hits) {
    if (scratch->seen[hit.literal] == scratch->call) continue;
    scratch->seen[hit.literal] = scratch->call;
    shapes->insert(shapes->end(), shapes_[hit.literal].begin(),
                   shapes_[hit.literal].end());
  }
  shapes->insert(shapes->end(), unanchored_.begin(), unanchored_.end());
}

}  // namespace logspill
