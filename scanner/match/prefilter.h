// Tells where a match that begins at a place dies, so that the regex engine is
// asked only about what may be a match.  It is a deterministic automaton of the
// pattern whose states are made when a text first needs them.
//
// Threads:   one thread each.
// Cost:      one lookup a byte until the match dies, a few bytes behind most
//            anchors; a state is made once.  At most kMaxStates states.
// Source:    lazy subset construction, as in RE2 and grep.

#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "scanner/match/byte_nfa.h"

namespace logspill {

class Prefilter {
 public:
  static constexpr std::size_t kMaxStates = 256;

  explicit Prefilter(std::string_view pattern);

  // The byte of `text` at which every match that begins at `begin` has died;
  // nullopt where one may be, as far as [begin, end) shows.
  std::optional<std::uint32_t> DeadAt(std::string_view text,
                                      std::uint32_t begin, std::uint32_t end);

  std::size_t states() const { return states_.size(); }

 private:
  // What of the automaton is alive in front of a byte, and the byte before it.
  struct State {
    std::vector<std::uint32_t> nodes;  // sorted
    bool behind_word = false;
  };
  using Key = std::pair<std::vector<std::uint32_t>, bool>;

  void MakeClasses();
  std::uint16_t Start(bool behind_word);
  std::uint16_t Make(std::uint16_t state, std::uint8_t byte);
  std::uint16_t Enter(std::vector<std::uint32_t> nodes, bool behind_word);
  // The byte nodes that are reached from `state` in front of such a byte; false
  // where a match ends there.
  bool Close(const State& state, bool before_word);

  std::optional<ByteNfa> nfa_;
  std::array<std::uint8_t, 256> class_of_{};
  std::size_t classes_ = 0;
  std::vector<State> states_;
  std::vector<std::uint16_t> next_;  // [state][class]
  std::map<Key, std::uint16_t> known_;
  std::array<std::uint16_t, 2> start_{};
  // Close()'s own.
  std::vector<std::uint32_t> reached_;
  std::vector<std::uint32_t> todo_;
  std::vector<bool> seen_;
};

}  // namespace logspill
