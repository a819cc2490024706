#include "scanner/verify/text.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

namespace logspill {
namespace {

int Base64Value(char c) {
  if (IsUpper(c)) return c - 'A';
  if (IsLower(c)) return c - 'a' + 26;
  if (IsDigit(c)) return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

std::array<std::uint32_t, 256> Histogram(std::string_view text) {
  std::array<std::uint32_t, 256> counts{};
  for (const char c : text) ++counts[static_cast<unsigned char>(c)];
  return counts;
}

}  // namespace

bool EqualCaseless(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (ToLower(a[i]) != ToLower(b[i])) return false;
  }
  return true;
}

bool ContainsCaseless(std::string_view text, std::string_view lower) {
  for (std::size_t i = 0; i + lower.size() <= text.size(); ++i) {
    if (EqualCaseless(text.substr(i, lower.size()), lower)) return true;
  }
  return false;
}

double Entropy(std::string_view text) {
  if (text.empty()) return 0;
  const auto size = static_cast<double>(text.size());
  double bits = 0;
  for (const std::uint32_t count : Histogram(text)) {
    if (count == 0) continue;
    const double share = count / size;
    bits -= share * std::log2(share);
  }
  return bits;
}

std::size_t Distinct(std::string_view text) {
  std::array<std::uint64_t, 4> seen{};
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    seen[byte >> 6] |= std::uint64_t{1} << (byte & 63);
  }
  std::size_t distinct = 0;
  for (const std::uint64_t bits : seen) {
    distinct += static_cast<std::size_t>(std::popcount(bits));
  }
  return distinct;
}

std::optional<std::string> DecodeBase64(std::string_view text) {
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  if (text.size() % 4 == 1) return std::nullopt;
  std::string decoded;
  decoded.reserve(text.size() * 3 / 4);
  std::uint32_t bits = 0;
  int filled = 0;
  for (const char c : text) {
    const int value = Base64Value(c);
    if (value < 0) return std::nullopt;
    bits = (bits << 6) | static_cast<std::uint32_t>(value);
    filled += 6;
    if (filled < 8) continue;
    filled -= 8;
    decoded.push_back(static_cast<char>((bits >> filled) & 0xff));
  }
  return decoded;
}

}  // namespace logspill
