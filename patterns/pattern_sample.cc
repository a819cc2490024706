#include "patterns/pattern_sample.h"

#include <algorithm>
#include <bitset>
#include <random>
#include <vector>

namespace logspill {
namespace {

using Kind = PatternNode::Kind;

constexpr std::uint32_t kLong = 32;  // repeats inside the value
constexpr std::uint32_t kMostSample = 4096;

class Sampler {
 public:
  Sampler(int value_group, std::uint32_t number)
      : value_group_(value_group), random_(number) {}

  std::string Take(const PatternNode& root) {
    Add(root, value_group_ == 0);
    return std::move(text_);
  }

 private:
  void Add(const PatternNode& node, bool in_value) {
    if (text_.size() > kMostSample) return;
    switch (node.kind) {
      case Kind::kByte:
        return AddByte(node.bytes);
      case Kind::kAssertion:
        return;
      case Kind::kAlternatives:
        return Add(node.children[Below(node.children.size())], in_value);
      case Kind::kRepeat:
        for (std::uint32_t i = Times(node, in_value); i > 0; --i) {
          Add(node.children.front(), in_value);
        }
        return;
      default:
        in_value |= node.kind == Kind::kGroup && node.group == value_group_;
        for (const PatternNode& child : node.children) Add(child, in_value);
    }
  }

  std::uint32_t Times(const PatternNode& node, bool in_value) {
    const std::uint32_t most =
        std::max(node.min, std::min(node.max, in_value ? kLong : 1U));
    if (in_value) return most;
    return node.min + static_cast<std::uint32_t>(Below(most - node.min + 1));
  }

  // Letters and digits where the class has any, else what can be read.
  void AddByte(const std::bitset<256>& bytes) {
    std::vector<char> best;
    int best_kind = 0;
    for (int c = 0; c < 256; ++c) {
      if (!bytes[static_cast<std::size_t>(c)]) continue;
      const bool alnum = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                         (c >= 'A' && c <= 'Z');
      const int kind = alnum ? 3 : c > 32 && c < 127 ? 2 : c == 32 ? 1 : 0;
      if (kind > best_kind) best.clear();
      best_kind = std::max(best_kind, kind);
      if (kind == best_kind) best.push_back(static_cast<char>(c));
    }
    if (!best.empty()) text_.push_back(best[Below(best.size())]);
  }

  std::size_t Below(std::size_t limit) {
    return limit < 2 ? 0 : random_() % limit;
  }

  int value_group_;
  std::mt19937 random_;
  std::string text_;
};

}  // namespace

std::string SampleOf(const PatternTree& tree, int value_group,
                     std::uint32_t number) {
  return Sampler(value_group, number).Take(tree.root);
}

}  // namespace logspill
