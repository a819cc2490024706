#include "scanner/verify/checksum.h"

#include <sodium.h>

#include <algorithm>

#include "scanner/verify/text.h"

namespace logspill {
namespace {

constexpr std::string_view kBase58 =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::string_view kBech32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::uint32_t kBech32Constant = 1;
constexpr std::uint32_t kBech32mConstant = 0x2bc830a3;

std::uint32_t Bech32Step(std::uint32_t check, std::uint32_t value) {
  constexpr std::uint32_t kGenerator[] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa,
                                          0x3d4233dd, 0x2a1462b3};
  const std::uint32_t top = check >> 25;
  check = ((check & 0x1ffffff) << 5) ^ value;
  for (std::uint32_t i = 0; i < 5; ++i) {
    if ((top >> i) & 1) check ^= kGenerator[i];
  }
  return check;
}

// Multiplies the big-endian number by 58 and adds `digit`.
void AppendBase58Digit(std::string* bytes, std::uint32_t digit) {
  std::uint32_t carry = digit;
  for (auto it = bytes->rbegin(); it != bytes->rend(); ++it) {
    carry += 58U * static_cast<unsigned char>(*it);
    *it = static_cast<char>(carry & 0xff);
    carry >>= 8;
  }
  if (carry != 0) bytes->insert(bytes->begin(), static_cast<char>(carry));
}

std::array<unsigned char, 32> DoubleSha256(std::string_view bytes) {
  std::array<unsigned char, 32> once{};
  std::array<unsigned char, 32> twice{};
  crypto_hash_sha256(once.data(),
                     reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size());
  crypto_hash_sha256(twice.data(), once.data(), once.size());
  return twice;
}

}  // namespace

bool LuhnHolds(std::string_view digits) {
  std::uint32_t sum = 0;
  bool twice = false;
  for (auto it = digits.rbegin(); it != digits.rend(); ++it) {
    if (!IsDigit(*it)) continue;
    auto digit = static_cast<std::uint32_t>(*it - '0');
    if (twice) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
    sum += digit;
    twice = !twice;
  }
  return sum % 10 == 0;
}

bool Mod97Holds(std::string_view iban) {
  if (iban.size() < 5) return false;
  std::uint32_t rest = 0;
  const auto feed = [&rest](std::string_view part) {
    for (const char c : part) {
      if (c == ' ') continue;
      const char upper = IsLower(c) ? static_cast<char>(c - 'a' + 'A') : c;
      if (IsDigit(upper)) {
        rest = (rest * 10 + static_cast<std::uint32_t>(upper - '0')) % 97;
      } else {
        rest = (rest * 100 + static_cast<std::uint32_t>(upper - 'A' + 10)) % 97;
      }
    }
  };
  feed(iban.substr(4));
  feed(iban.substr(0, 4));
  return rest == 1;
}

std::uint32_t Crc32(std::string_view bytes) {
  std::uint32_t crc = 0xffffffff;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
    }
  }
  return ~crc;
}

std::string Base62(std::uint32_t number, std::size_t size) {
  constexpr std::string_view kDigits =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  std::string text(size, '0');
  for (auto it = text.rbegin(); it != text.rend() && number != 0; ++it) {
    *it = kDigits[number % 62];
    number /= 62;
  }
  return text;
}

bool MayBeBase58(std::string_view text, std::string_view firsts) {
  return !text.empty() && firsts.find(text[0]) != std::string_view::npos &&
         std::any_of(text.begin(), text.end(), IsUpper) &&
         std::any_of(text.begin(), text.end(), IsLower);
}

std::optional<std::string> DecodeBase58Check(std::string_view text) {
  std::string bytes;
  for (const char c : text) {
    const std::size_t digit = kBase58.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    AppendBase58Digit(&bytes, static_cast<std::uint32_t>(digit));
  }
  const std::size_t zeros = std::min(text.find_first_not_of('1'), text.size());
  bytes.insert(0, zeros, '\0');
  if (bytes.size() < 5) return std::nullopt;
  const std::string payload = bytes.substr(0, bytes.size() - 4);
  const auto hash = DoubleSha256(payload);
  if (!std::equal(bytes.end() - 4, bytes.end(), hash.begin(),
                  [](char a, unsigned char b) {
                    return static_cast<unsigned char>(a) == b;
                  })) {
    return std::nullopt;
  }
  return payload;
}

bool Bech32Holds(std::string_view text) {
  const std::size_t separator = text.rfind('1');
  if (separator == std::string_view::npos || separator == 0) return false;
  if (text.size() - separator < 7 || text.size() > 90) return false;
  const bool upper = std::any_of(text.begin(), text.end(), IsUpper);
  const bool lower = std::any_of(text.begin(), text.end(), IsLower);
  if (upper && lower) return false;
  std::uint32_t check = 1;
  const std::string_view name = text.substr(0, separator);
  const auto code = [](char c) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(ToLower(c)));
  };
  for (const char c : name) check = Bech32Step(check, code(c) >> 5);
  check = Bech32Step(check, 0);
  for (const char c : name) check = Bech32Step(check, code(c) & 31);
  for (const char c : text.substr(separator + 1)) {
    const std::size_t value = kBech32.find(ToLower(c));
    if (value == std::string_view::npos) return false;
    check = Bech32Step(check, static_cast<std::uint32_t>(value));
  }
  return check == kBech32Constant || check == kBech32mConstant;
}

}  // namespace logspill
