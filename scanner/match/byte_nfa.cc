#include "scanner/match/byte_nfa.h"

#include <algorithm>

#include "scanner/rule/pattern_tree.h"

namespace logspill {
namespace {

using Kind = ByteNfa::Kind;

// Writes nodes from the end of the pattern to its begin: each knows what comes
// behind it.
class Writer {
 public:
  explicit Writer(ByteNfa* nfa) : nfa_(nfa) {}

  // Where `tree` begins, with `next` behind it.
  std::uint32_t Add(const PatternNode& tree, std::uint32_t next) {
    if (full()) return 0;
    switch (tree.kind) {
      case PatternNode::Kind::kByte:
        return AddNode({Kind::kBytes, next, 0, Intern(tree.bytes)});
      case PatternNode::Kind::kAssertion:
        if (tree.assertion == 0) return next;
        return AddNode(
            {tree.assertion == 'b' ? Kind::kBoundary : Kind::kNoBoundary,
             next});
      case PatternNode::Kind::kAlternatives:
        return AddAlternatives(tree, next);
      case PatternNode::Kind::kRepeat:
        return AddRepeat(tree, next);
      default:
        break;
    }
    for (auto it = tree.children.rbegin(); it != tree.children.rend(); ++it) {
      next = Add(*it, next);
    }
    return next;
  }

  std::uint32_t AddNode(ByteNfa::Node node) {
    if (full()) return 0;
    nfa_->nodes.push_back(node);
    return static_cast<std::uint32_t>(nfa_->nodes.size() - 1);
  }

  bool full() const { return nfa_->nodes.size() >= ByteNfa::kMaxNodes; }

 private:
  std::uint32_t AddAlternatives(const PatternNode& tree, std::uint32_t next) {
    std::uint32_t begin = Add(tree.children.back(), next);
    for (std::size_t i = tree.children.size() - 1; i-- > 0;) {
      begin = AddNode({Kind::kSplit, Add(tree.children[i], next), begin});
    }
    return begin;
  }

  std::uint32_t AddRepeat(const PatternNode& tree, std::uint32_t next) {
    const PatternNode& child = tree.children.front();
    const std::uint32_t min = std::min(tree.min, ByteNfa::kMaxCount);
    if (tree.max > ByteNfa::kMaxCount) {
      const std::uint32_t loop = AddNode({Kind::kSplit, 0, next});
      const std::uint32_t body = Add(child, loop);
      if (!full()) nfa_->nodes[loop].next = body;
      next = loop;
    } else {
      const std::uint32_t behind = next;
      for (std::uint32_t i = tree.max; i-- > min && !full();) {
        next = AddNode({Kind::kSplit, Add(child, next), behind});
      }
    }
    for (std::uint32_t i = 0; i < min && !full(); ++i) next = Add(child, next);
    return next;
  }

  std::uint32_t Intern(const ByteSet& set) {
    const auto found = std::find(nfa_->sets.begin(), nfa_->sets.end(), set);
    const auto index = static_cast<std::uint32_t>(found - nfa_->sets.begin());
    if (found == nfa_->sets.end()) nfa_->sets.push_back(set);
    return index;
  }

  ByteNfa* nfa_;
};

}  // namespace

std::optional<ByteNfa> ByteNfa::Parse(std::string_view pattern) {
  const auto tree = ReadRulePattern(pattern);
  if (!tree) return std::nullopt;
  ByteNfa nfa;
  Writer writer(&nfa);
  nfa.start = writer.Add(tree->root, writer.AddNode({}));
  if (writer.full()) return std::nullopt;
  return nfa;
}

}  // namespace logspill
