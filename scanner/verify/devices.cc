// 3GPP TS 23.003 (IMEI, IMSI), ITU-T E.118 (ICCID), ISO 3779 and 49 CFR 565
// (VIN), KSUID, Snowflake; 45 CFR 162.406 (NPI), DEA registration numbers.

#include <cstdint>
#include <string_view>

#include "scanner/verify/digits.h"
#include "scanner/verify/text.h"

namespace logspill {
namespace {

char Upper(char c) { return IsLower(c) ? static_cast<char>(c - 32) : c; }

int Base62Value(char c) {
  if (IsDigit(c)) return c - '0';
  if (IsUpper(c)) return c - 'A' + 10;
  return IsLower(c) ? c - 'a' + 36 : -1;
}

// The digit that a letter of a VIN stands for; -1 for I, O and Q.
int VinValue(char c) {
  constexpr std::string_view kLetters = "ABCDEFGHJKLMNPRSTUVWXYZ";
  constexpr std::string_view kValues = "12345678123457923456789";
  if (IsDigit(c)) return c - '0';
  const std::size_t at = kLetters.find(c);
  return at == std::string_view::npos ? -1 : kValues[at] - '0';
}

}  // namespace

Validation CheckImei(std::string_view value) {
  const Digits d(value);
  return Proved(d.size() == 15 && LuhnHolds(d, 0, 15), d);
}

Validation CheckIccid(std::string_view value) {
  const Digits d(value);
  if (d.size() < 19 || d.size() > 20 || d.Pair(0) != 89) return kRejected;
  return AcceptIf(LuhnHolds(d, 0, d.size()));
}

// The country codes that ITU-T E.212 gives out begin with 2-7, tests with 001
// and 999.
Validation CheckImsi(std::string_view value) {
  const Digits d(value);
  if (d.size() < 14 || d.size() > 15) return kRejected;
  if (d.Number(0, 3) == 1 || d.Number(0, 3) == 999) {
    return Filler("a test network");
  }
  return Proved(d[0] >= 2 && d[0] <= 7, d);
}

// North America and China demand the check digit, Europe does not.
Validation CheckVin(std::string_view value) {
  constexpr int kWeights[] = {8, 7, 6, 5, 4, 3, 2, 10, 0,
                              9, 8, 7, 6, 5, 4, 3, 2};
  if (value.size() != 17) return kRejected;
  const std::size_t digits = Count(value, IsDigit);
  if (digits < 4 || digits == 17) return kRejected;
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) {
    const int code = VinValue(Upper(value[i]));
    if (code < 0) return kRejected;
    sum += code * kWeights[i];
  }
  const int rest = sum % 11;
  const char sign = rest == 10 ? 'X' : static_cast<char>('0' + rest);
  if (sign == Upper(value[8])) return kAccepted;
  return Lowered("no check digit, as vehicles outside North America have it");
}

// Seconds since May 2014 and 128 random bits, in base 62.
Validation CheckKsuid(std::string_view value) {
  constexpr double kSecondsOfAll = 7.2886e9;  // 62^27 / 2^128
  constexpr double kYears = 31557600.0 * 36;  // until 2050
  if (value.size() != 27) return kRejected;
  double share = 0;
  double place = 1;
  for (const char c : value) {
    const int digit = Base62Value(c);
    if (digit < 0) return kRejected;
    place /= 62;
    share += digit * place;
  }
  const bool mixed = Count(value, IsDigit) != 0 && Count(value, IsUpper) != 0 &&
                     Count(value, IsLower) != 0;
  const double seconds = share * kSecondsOfAll;
  return AcceptIf(mixed && seconds > 0 && seconds < kYears);
}

// 41 bits of milliseconds above 22 others; Twitter counts from November 2010,
// Discord from 2015.
Validation CheckSnowflake(std::string_view value) {
  const Digits d(value);
  if (d.size() != value.size() || d.size() < 16 || d.size() > 19) {
    return kRejected;
  }
  if (d.size() == 19 && d[0] == 9) return kRejected;
  const std::int64_t id = d.Number(0, d.size() == 19 ? 18 : d.size());
  const std::int64_t ms =
      (d.size() == 19 ? id * 10 + d[18] : id) / (std::int64_t{1} << 22);
  constexpr std::int64_t kYear = 31557600000;
  return Proved(ms > kYear / 12 && ms < 40 * kYear, d);
}

// Luhn over 80840, the prefix of health applications in the US, and the number.
Validation CheckNpi(std::string_view value) {
  constexpr int kSumOfPrefix = 24;
  const Digits d(value);
  if (d.size() != 10 || (d[0] != 1 && d[0] != 2)) return kRejected;
  int sum = kSumOfPrefix;
  for (std::size_t i = 0; i < 10; ++i) {
    const int twice = d[i] > 4 ? d[i] * 2 - 9 : d[i] * 2;
    sum += i % 2 == 0 ? twice : d[i];
  }
  return Proved(sum % 10 == 0, d);
}

// Two letters (the second often the name's first) and seven digits.
Validation CheckDea(std::string_view value) {
  constexpr std::string_view kKinds = "ABCDEFGHJKLMPRSTUX";
  if (value.size() != 9 ||
      kKinds.find(Upper(value[0])) == std::string_view::npos ||
      !(IsAlpha(value[1]) || value[1] == '9')) {
    return kRejected;
  }
  const Digits d(value.substr(2));
  if (d.size() != 7) return kRejected;
  return Proved(d.Dot({1, 2, 1, 2, 1, 2}) % 10 == d[6], d);
}

}  // namespace logspill
