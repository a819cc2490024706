// Hexadecimal digits, looked at without a branch a byte: identifiers are the
// commonest values by far, and compilers turn these loops into vectors.
//
// Threads:   pure functions.

#pragma once

#include <cstddef>
#include <iterator>
#include <string_view>

namespace logspill {

// Where the dashes of a UUID stand (RFC 9562, section 4).
inline constexpr std::size_t kUuidBytes = 36;
inline constexpr std::size_t kUuidDashes[] = {8, 13, 18, 23};

// 1 for a hexadecimal digit, 0 for any other byte.
constexpr unsigned char HexBit(char c) {
  return static_cast<unsigned char>(
      (static_cast<unsigned char>(c - '0') < 10) |
      (static_cast<unsigned char>((c | 0x20) - 'a') < 6));
}

// True where every byte is one, and there is at least one.
constexpr bool AllHex(std::string_view text) {
  unsigned char all = 1;
  for (const char c : text) all &= HexBit(c);
  return all != 0 && !text.empty();
}

// 8-4-4-4-12 hexadecimal digits.  A dash is none, so that counting says it all.
constexpr bool HasUuidForm(std::string_view text) {
  if (text.size() != kUuidBytes) return false;
  unsigned char count = 0;
  for (std::size_t i = 0; i < kUuidBytes; ++i) {
    count = static_cast<unsigned char>(count + HexBit(text[i]));
  }
  if (count != kUuidBytes - std::size(kUuidDashes)) return false;
  bool dashes = true;
  for (const std::size_t dash : kUuidDashes) dashes &= text[dash] == '-';
  return dashes;
}

}  // namespace logspill
