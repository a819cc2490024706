// The first half of stage 1: one SIMD pass that makes a bitmap per class of
// byte (digit, hexadecimal, '-', '.', ...), combines shifted bitmaps, and so
// finds the places where a value with a fixed shape may end.  It also counts
// newlines.
//
// A hit only says "look here": shape_span.h and the rule's pattern decide.
//
// Threads:   ScanShapes() is pure.
// Cost:      2-4 GB/s; independent of the number of rules.
// Units:     offsets are in bytes of the text.

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace logspill {

enum class HitKind : std::uint8_t {
  kUuid,         // at the fourth dash
  kHexRun,       // behind a run of 13 or more of 0-9 a-f A-F ':'
  kIpv4,         // at the first digit of the fourth group
  kDoubleColon,  // at the second colon
  kMacDashes,    // at the fifth dash
  kMacDots,      // at the second dot
  kEmail,        // at the first byte behind '@'
  kCardGroups,   // at a digit that ends its third group (or fourth of four)
  kIban,         // at or before the fifteenth byte
  kSsn,          // at the last digit
  kUlid,         // behind a run of 26 or more of 0-9 A-Z
  kPhone,        // at the digit behind '+'
  kPercent,      // at the second digit of %XX
  kAlnumRun,     // at the 26th byte of a run of 0-9 A-Z a-z with one of A-Z
};
inline constexpr std::size_t kHitKinds = 14;

struct ShapeHit {
  std::uint32_t at = 0;            // the byte that the kind names
  std::uint32_t record_begin = 0;  // of the record that holds it
  std::uint32_t run =
      0;  // kHexRun: how long it is; 0: longer than could be seen
  HitKind kind = HitKind::kUuid;
  bool near_escape =
      false;  // '\\', '%' or ESC stands at most 127 bytes before it
};

// Appends the hits of the kinds in `kinds` (bit n: HitKind n) to `hits`,
// ordered by at; returns how many newlines `text` holds.
// REQUIRES: text.size() < 2^32 - 64.
std::uint64_t ScanShapes(std::string_view text, std::uint32_t kinds,
                         std::vector<ShapeHit>* hits);

}  // namespace logspill
