// RFC 9562 (UUID), the ULID specification, MongoDB's ObjectId, opaque ids.

#include <bit>
#include <cstdint>

#include "scanner/base/hex.h"
#include "scanner/verify/checks.h"
#include "scanner/verify/text.h"

namespace logspill {
namespace {

constexpr std::uint64_t kYear2010Ms = 1262304000000;
constexpr std::uint64_t kYear2050Ms = 2524608000000;
constexpr std::size_t kMinIdDigits = 4;  // userId=0, user_id=12: no identity
constexpr std::size_t kMinIdBytes = 5;

// 12345678-1234-...: the counted-up beginning that examples have, and groups
// that repeat one digit each.
bool IsCountedUuid(std::string_view value) {
  if (value.starts_with("12345678-1234-") ||
      value.starts_with("01234567-89ab-") ||
      value.starts_with("01234567-89AB-")) {
    return true;
  }
  for (const std::size_t begin : {0U, 9U, 14U, 19U, 24U}) {
    const std::size_t end = value.find('-', begin);
    const std::string_view group = value.substr(begin, end - begin);
    if (group.find_first_not_of(group[0]) != std::string_view::npos) {
      return false;
    }
  }
  return true;
}

int CrockfordValue(char c) {
  constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const std::size_t at = kDigits.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

// RFC 9562 knows versions 1-8 of one variant; systems also print values of no
// version, so that form alone is enough for kind uuid.
Validation CheckUuid(std::string_view value) {
  if (!HasUuidForm(value)) return kRejected;
  if (IsCountedUuid(value)) return Filler("a counted-up or constant UUID");
  return kAccepted;
}

Validation CheckHex32(std::string_view value) {
  if (value.size() != 32 || !AllHex(value)) return kRejected;
  // 32 random digits hold 14 different ones; fewer than 8 are a mask or count.
  std::uint32_t seen = 0;
  for (const char c : value)
    seen |= 1U << kHexValues[static_cast<unsigned char>(c)];
  if ((seen >> 10) == 0 || std::popcount(seen) < 8) return kRejected;
  return kAccepted;
}

Validation CheckUlid(std::string_view value) {
  if (value.size() != 26) return kRejected;
  std::uint64_t time = 0;
  for (const char c : value.substr(0, 10)) {
    const int digit = CrockfordValue(c);
    if (digit < 0) return kRejected;
    time = (time << 5) | static_cast<std::uint64_t>(digit);
  }
  const std::string_view random = value.substr(10);
  const std::size_t digits = Count(random, IsDigit);
  if (digits == 0 || digits == random.size()) return kRejected;
  return AcceptIf(time >= kYear2010Ms && time < kYear2050Ms);
}

Validation CheckObjectId(std::string_view value) {
  if (value.size() != 24 || !AllHex(value)) return kRejected;
  std::uint64_t seconds = 0;
  for (const char c : value.substr(0, 8)) {
    seconds = (seconds << 4) | static_cast<std::uint64_t>(HexValue(c));
  }
  return AcceptIf(seconds * 1000 >= kYear2010Ms - 63072000000 &&
                  seconds * 1000 < kYear2050Ms && Distinct(value) >= 6);
}

// UUIDs, 32 hexadecimal digits, mail and network addresses have rules of their
// own; the key gives them their class there.
Validation CheckKeyedId(std::string_view value) {
  if (HasUuidForm(value) || value.find('@') != std::string_view::npos) {
    return kRejected;
  }
  if (value.size() == 32 && AllHex(value)) return kRejected;
  const std::size_t digits = Count(value, IsDigit);
  if (digits == 0 || IsNoSecret(value)) return kRejected;
  if (digits == value.size()) return AcceptIf(digits >= kMinIdDigits);
  if (CheckIpv4(value).verdict != Verdict::kReject) return kRejected;
  return AcceptIf(value.size() >= kMinIdBytes);
}

}  // namespace logspill
