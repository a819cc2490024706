#include "scanner/match/prefilter.h"

#include <algorithm>

namespace logspill {
namespace {

// In next_: what is no state.
constexpr std::uint16_t kUnmade = 0xffff;
constexpr std::uint16_t kDead = 0xfffe;
constexpr std::uint16_t kMayMatch = 0xfffd;

bool IsWord(std::uint8_t c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z') || c == '_';
}

}  // namespace

Prefilter::Prefilter(std::string_view pattern)
    : nfa_(ByteNfa::Parse(pattern)), start_{kUnmade, kUnmade} {
  if (!nfa_) return;
  seen_.resize(nfa_->nodes.size());
  MakeClasses();
}

// Bytes that no set tells apart are one class.
void Prefilter::MakeClasses() {
  const auto divide = [this](auto in_set) {
    std::array<std::array<int, 256>, 2> parts;
    for (auto& part : parts) part.fill(-1);
    classes_ = 0;
    for (unsigned c = 0; c < 256; ++c) {
      int& part = parts[in_set(c) ? 1 : 0][class_of_[c]];
      if (part < 0) part = static_cast<int>(classes_++);
      class_of_[c] = static_cast<std::uint8_t>(part);
    }
  };
  divide([](unsigned c) { return IsWord(static_cast<std::uint8_t>(c)); });
  for (const ByteSet& set : nfa_->sets) {
    divide([&set](unsigned c) { return set[c]; });
  }
}

std::optional<std::uint32_t> Prefilter::DeadAt(std::string_view text,
                                               std::uint32_t begin,
                                               std::uint32_t end) {
  if (!nfa_) return std::nullopt;
  const auto byte = [&](std::uint32_t at) {
    return static_cast<std::uint8_t>(text[at]);
  };
  std::uint16_t state = Start(begin > 0 && IsWord(byte(begin - 1)));
  // Where all states were made before the start behind a word was.
  if (state == kMayMatch) return std::nullopt;
  for (std::uint32_t at = begin; at < end; ++at) {
    std::uint16_t next = next_[state * classes_ + class_of_[byte(at)]];
    if (next == kUnmade) next = Make(state, byte(at));
    if (next == kDead) return at;
    if (next == kMayMatch) return std::nullopt;
    state = next;
  }
  return std::nullopt;
}

std::uint16_t Prefilter::Start(bool behind_word) {
  std::uint16_t& start = start_[behind_word ? 1 : 0];
  if (start == kUnmade) start = Enter({nfa_->start}, behind_word);
  return start;
}

std::uint16_t Prefilter::Make(std::uint16_t state, std::uint8_t byte) {
  const bool is_word = IsWord(byte);
  std::uint16_t next = kMayMatch;
  if (Close(states_[state], is_word)) {
    std::vector<std::uint32_t> behind;
    for (const std::uint32_t node : reached_) {
      const ByteNfa::Node& bytes = nfa_->nodes[node];
      if (nfa_->sets[bytes.set][byte]) behind.push_back(bytes.next);
    }
    std::sort(behind.begin(), behind.end());
    behind.erase(std::unique(behind.begin(), behind.end()), behind.end());
    next = behind.empty() ? kDead : Enter(std::move(behind), is_word);
  }
  next_[state * classes_ + class_of_[byte]] = next;
  return next;
}

std::uint16_t Prefilter::Enter(std::vector<std::uint32_t> nodes,
                               bool behind_word) {
  const auto found = known_.find(Key{nodes, behind_word});
  if (found != known_.end()) return found->second;
  if (states_.size() == kMaxStates) return kMayMatch;
  const auto id = static_cast<std::uint16_t>(states_.size());
  known_.emplace(Key{nodes, behind_word}, id);
  states_.push_back({std::move(nodes), behind_word});
  next_.resize(next_.size() + classes_, kUnmade);
  return id;
}

bool Prefilter::Close(const State& state, bool before_word) {
  const bool boundary = state.behind_word != before_word;
  reached_.clear();
  todo_ = state.nodes;
  std::fill(seen_.begin(), seen_.end(), false);
  while (!todo_.empty()) {
    const std::uint32_t at = todo_.back();
    todo_.pop_back();
    if (seen_[at]) continue;
    seen_[at] = true;
    const ByteNfa::Node& node = nfa_->nodes[at];
    switch (node.kind) {
      case ByteNfa::Kind::kAccept:
        return false;
      case ByteNfa::Kind::kBytes:
        reached_.push_back(at);
        break;
      case ByteNfa::Kind::kSplit:
        todo_.push_back(node.other);
        todo_.push_back(node.next);
        break;
      case ByteNfa::Kind::kBoundary:
        if (boundary) todo_.push_back(node.next);
        break;
      case ByteNfa::Kind::kNoBoundary:
        if (!boundary) todo_.push_back(node.next);
        break;
    }
  }
  return true;
}

}  // namespace logspill
