// What a rule is: plain, immutable data, made by patterns/ from TOML.
//
// A rule finds a *value*: the whole of its pattern's match, or the group named
// `value`.  Its pattern (RE2 syntax) is the definition; `shape` and `anchors`
// only say how the engine finds places where the pattern may match.
//
// Lifetime:  a RuleSet owns its rules and outlives every Match that points to
// one. Threads:   const after loading; safe from any thread.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/severity.h"

namespace logspill {

// Candidates that one SIMD pass finds without a regex.  A rule with a shape has
// no need of anchors; a test proves that shape and pattern agree.
enum class Shape : std::uint8_t {
  kNone,
  kUuid,   // 8-4-4-4-12 hexadecimal digits
  kHex32,  // 32 hexadecimal digits, not part of a longer run
  kIpv4,   // four decimal groups
  kIpv6,   // eight groups, or fewer with one `::`
  kMac,    // six hexadecimal pairs joined by ':' or '-'
  kEmail,  // local@domain.tld
  kCard,   // 13-19 digits, alone or in groups (4-4-4-4, 4-6-5, 4-6-4)
  kIban,   // two capitals, two digits, 11-30 capitals or digits, also in blocks
  kSsn,    // 3-2-4 digits joined by '-'
  kUlid,   // 26 characters of Crockford's base 32
  kPhone,  // '+', then 7-15 digits, joined by ' ', '.', '-', '(' or ')'
  kBase58,  // 26-36 of base 58 with a capital among the first 26
};
inline constexpr std::size_t kShapeCount =
    static_cast<std::size_t>(Shape::kBase58) + 1;

// Which of two overlapping matches is the finding: the higher, then the longer,
// the earlier, the smaller rule id.
enum class Rank : std::uint8_t {
  kBareShape,    // nothing but its form
  kNamedByKey,   // a key or word beside it says what it is
  kFixedPrefix,  // begins as only this kind does
  kChecksum,     // proves itself
};

// Text between a begin and an end marker, over several lines.
struct Region {
  std::string begin;            // literal
  std::string end;              // literal; the region ends with its line
  std::uint32_t max_lines = 0;  // 0: the rule is no region
};

struct Rule {
  std::uint32_t index = 0;  // in its RuleSet
  std::string id;           // "id.uuid"; never reused
  std::string title;
  std::string kind;     // "uuid", "token.github"; see docs/architecture.md
  std::string pattern;  // RE2
  Shape shape = Shape::kNone;
  std::vector<std::string>
      anchors;  // a match holds one of them, as literal text
  bool anchors_caseless = false;
  std::string validator;   // a name in scanner/verify, or empty
  double min_entropy = 0;  // of a value, in bits a byte; below it is none
  std::vector<std::string>
      near;                    // words that must (near_required) or may stand
  bool near_required = false;  //   within kNearBytes before the value
  Severity severity = Severity::kMedium;
  Rank rank = Rank::kBareShape;
  std::uint32_t max_bytes = 512;  // the most bytes that the pattern can match
  std::string class_name;         // fixed identity class, or empty: by evidence
  bool joinable =
      false;  // its values are unique by nature: identity belongs to them
  Region region;
  std::string redact;    // "keep-first:4", or empty: the policy's default
  std::string source;    // the document that its format was taken from
  bool verified = true;  // false: the format could not be looked up
  std::vector<std::string> tags;
  std::vector<std::string>
      match;  // its own proof: the rule finds something in each
  std::vector<std::string> no_match;  // and nothing in any of these
  std::string origin;                 // "packs/identifiers.toml:12"
  bool checked = false;  // its pattern is known to compile: it can wait

  bool is_region() const { return region.max_lines != 0; }
};

inline constexpr std::uint32_t kNearBytes = 64;

struct RuleSet {
  std::vector<Rule> rules;
  std::string digest;  // SHA-256 of everything that was loaded, in hexadecimal

  const Rule* Find(std::string_view id) const {
    for (const Rule& rule : rules) {
      if (rule.id == id) return &rule;
    }
    return nullptr;
  }
};

}  // namespace logspill
