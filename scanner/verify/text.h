// What validators ask of a value's bytes.  Private to this folder.
//
// Threads:   pure functions; safe from any thread.
// Cost:      O(value); only DecodeBase64() allocates.

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace logspill {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool IsAlpha(char c) { return IsUpper(c) || IsLower(c); }
constexpr bool IsAlnum(char c) { return IsAlpha(c) || IsDigit(c); }
constexpr char ToLower(char c) {
  return IsUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

// The value of a hexadecimal digit, or -1.
constexpr int HexValue(char c) {
  if (IsDigit(c)) return c - '0';
  const char lower = ToLower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}
constexpr bool IsHex(char c) { return HexValue(c) >= 0; }

// Of hexadecimal digits; 0 for all other bytes.
inline constexpr std::array<unsigned char, 256> kHexValues = [] {
  std::array<unsigned char, 256> values{};
  for (std::size_t c = 0; c < values.size(); ++c) {
    const int value = HexValue(static_cast<char>(c));
    values[c] = static_cast<unsigned char>(value < 0 ? 0 : value);
  }
  return values;
}();

// True where every byte satisfies `is`, and there is at least one.
template <typename Predicate>
bool All(std::string_view text, Predicate is) {
  for (const char c : text) {
    if (!is(c)) return false;
  }
  return !text.empty();
}

template <typename Predicate>
std::size_t Count(std::string_view text, Predicate is) {
  std::size_t count = 0;
  for (const char c : text) count += is(c) ? 1 : 0;
  return count;
}

// ASCII letters compare without case.
bool EqualCaseless(std::string_view a, std::string_view b);
bool ContainsCaseless(std::string_view text, std::string_view lower);

// Shannon entropy in bits a byte: 0 for one repeated byte, 4 for random
// hexadecimal, towards 6 for random base64.
double Entropy(std::string_view text);

// How many different bytes there are.
std::size_t Distinct(std::string_view text);

// Decodes base64 of either alphabet, padded or not; nullopt where a byte is in
// neither alphabet or the length cannot be.
std::optional<std::string> DecodeBase64(std::string_view text);

}  // namespace logspill
