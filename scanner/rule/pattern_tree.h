// A regular expression as a tree: for the filter in front of the regex engine,
// and for an importer who must know a pattern that somebody else wrote.  It
// reads the syntax that RE2 and Go share, and names what others know beyond.
//
// Lifetime:  a tree owns its nodes and refers to no text.
// Threads:   pure functions.
// Errors:    a feature that cannot be expressed is named, with its offset.
// Units:     offsets are in bytes of the pattern; a class holds bytes.

#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logspill {

struct PatternNode {
  enum class Kind : std::uint8_t {
    kByte,       // one byte of `bytes`
    kAssertion,  // \b, ^, $ and their like: no byte at all
    kSequence,
    kAlternatives,
    kRepeat,  // the only child, `min` to `max` times
    kGroup,   // the only child, captured
  };
  static constexpr std::uint32_t kUnlimited = ~0U;

  Kind kind = Kind::kSequence;
  std::bitset<256> bytes;
  std::vector<PatternNode> children;
  std::uint32_t min = 1;
  std::uint32_t max = 1;
  int group = 0;       // 1-based
  char assertion = 0;  // 'b' and 'B' for \b and \B; all others are 0
};

struct PatternGroup {
  std::size_t open = 0;   // of its '('
  std::size_t bytes = 0;  // of what opens it: "(", "(?P<name>"
};

struct PatternTree {
  PatternNode root;
  std::vector<PatternGroup> groups;  // capturing ones, in order
};

struct PatternFault {
  std::size_t at = 0;
  std::string what;  // "lookahead (?=": no automaton has it
};

// nullopt where the pattern has what RE2 has not; `fault` says what.
std::optional<PatternTree> ReadPattern(std::string_view pattern,
                                       PatternFault* fault);

// A rule's pattern as the engine matches it: on bytes, those beyond ASCII too,
// and (?i) widens every class; where it is not sure, it says more bytes.
// nullopt as above.
std::optional<PatternTree> ReadRulePattern(std::string_view pattern);

// The pattern with one group named `value` and all others not capturing; with
// `group` 0 none captures.
std::string WithValueGroup(std::string_view pattern, const PatternTree& tree,
                           int group);

// The most bytes that a match can span; kUnlimited where there is no bound.
std::uint32_t MostBytes(const PatternNode& node);

// Where a capturing group stands in the tree; nullptr: there is none.
const PatternNode* FindGroup(const PatternNode& node, int group);

}  // namespace logspill
