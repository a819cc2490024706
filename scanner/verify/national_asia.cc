// National numbers of Asia, Africa and Oceania.

#include <array>
#include <string_view>

#include "scanner/verify/digits.h"
#include "scanner/verify/national.h"
#include "scanner/verify/text.h"

namespace logspill {
namespace {

char Upper(char c) { return IsLower(c) ? static_cast<char>(c - 32) : c; }

}  // namespace

Validation CheckAeEid(std::string_view value) {
  const Digits d(value);
  if (d.size() != 15 || d.Number(0, 3) != 784) return kRejected;
  const std::int64_t year = d.Number(3, 4);
  return Proved(year >= 1900 && year <= 2050 && LuhnHolds(d, 0, 15), d);
}

// The first digit counts one less.
Validation CheckAuAbn(std::string_view value) {
  const Digits d(value);
  if (d.size() != 11 || d[0] == 0) return kRejected;
  const int sum = d.Dot({10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19}) - 10;
  return Proved(sum % 89 == 0, d);
}

// The ninth digit checks; the tenth is the card's issue, an eleventh the
// person's line on it.
Validation CheckAuMedicare(std::string_view value) {
  const Digits d(value);
  if (d.size() < 10 || d.size() > 11 || d[0] < 2 || d[0] > 6 || d[9] == 0) {
    return kRejected;
  }
  return Proved(d.Dot({1, 3, 7, 9, 1, 3, 7, 9}) % 10 == d[8], d);
}

Validation CheckAuTfn(std::string_view value) {
  const Digits d(value);
  if (d.size() != 9) return kRejected;
  return Proved(d.Dot({1, 4, 3, 7, 5, 8, 6, 9, 10}) % 11 == 0, d);
}

// GB 11643-1999: ISO 7064 MOD 11-2.
Validation CheckCnRic(std::string_view value) {
  constexpr std::string_view kCheck = "10X98765432";
  if (value.size() != 18) return kRejected;
  const Digits d(value.substr(0, 17));
  if (d.size() != 17 || d[0] == 0 || d[0] == 9) return kRejected;
  const int year = static_cast<int>(d.Number(6, 4));
  if (year < 1850 || year > 2100 || !IsDay(year, d.Pair(10), d.Pair(12))) {
    return kRejected;
  }
  const int sum = d.Dot({7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2});
  return AcceptIf(kCheck[static_cast<std::size_t>(sum % 11)] ==
                  Upper(value[17]));
}

// Century, birth date, governorate.  The check digit's method is not published.
Validation CheckEgNid(std::string_view value) {
  const Digits d(value);
  if (d.size() != 14 || (d[0] != 2 && d[0] != 3)) return kRejected;
  const int governorate = d.Pair(7);
  const bool known =
      (governorate >= 1 && governorate <= 35) || governorate == 88;
  const int year = (d[0] == 2 ? 1900 : 2000) + d.Pair(1);
  return AcceptIf(known && IsDay(year, d.Pair(3), d.Pair(5)));
}

// One or two letters, six digits, and a check in parentheses or without.
Validation CheckHkId(std::string_view value) {
  std::array<char, 9> compact{};
  std::size_t size = 0;
  for (const char c : value) {
    if (c == '(' || c == ')' || c == ' ' || c == '-') continue;
    if (size == compact.size() || !IsAlnum(c)) return kRejected;
    compact[size++] = Upper(c);
  }
  const std::size_t letters = size - 7;
  if (letters != 1 && letters != 2) return kRejected;
  int sum = letters == 1 ? 36 * 9 : 0;  // a blank stands for the first letter
  for (std::size_t i = 0; i < size; ++i) {
    const char c = compact[i];
    const bool last = i + 1 == size;
    if (i < letters ? !IsUpper(c) : !IsDigit(c) && !(last && c == 'A')) {
      return kRejected;
    }
    const int code = IsDigit(c) ? c - '0' : c - 'A' + 10;
    sum += code * static_cast<int>(size - i);
  }
  return AcceptIf(sum % 11 == 0);
}

// Area, birth date (the day of women raised by 40), serial; no check digit.
Validation CheckIdNik(std::string_view value) {
  const Digits d(value);
  if (d.size() != 16 || d[0] == 0 || d.Number(12, 4) == 0) return kRejected;
  const int day = d.Pair(6) > 40 ? d.Pair(6) - 40 : d.Pair(6);
  return AcceptIf(d.Pair(0) >= 11 && IsDay(d.Pair(10), d.Pair(8), day));
}

Validation CheckIlTz(std::string_view value) {
  const Digits d(value);
  return Proved(d.size() == 9 && LuhnHolds(d, 0, 9), d);
}

Validation CheckInAadhaar(std::string_view value) {
  const Digits d(value);
  return Proved(d.size() == 12 && d[0] > 1 && VerhoeffHolds(d), d);
}

// The fourth letter is the holder's kind; the last letter's method is secret.
Validation CheckInPan(std::string_view value) {
  constexpr std::string_view kHolders = "ABCFGHJLPT";
  if (value.size() != 10 || !All(value.substr(0, 5), IsAlpha) ||
      !IsAlpha(value[9])) {
    return kRejected;
  }
  const Digits d(value.substr(5, 4));
  return AcceptIf(d.size() == 4 && d.Number(0, 4) != 0 &&
                  kHolders.find(Upper(value[3])) != std::string_view::npos);
}

Validation CheckIrMelli(std::string_view value) {
  const Digits d(value);
  if (d.size() != 10) return kRejected;
  const int rest = d.Dot({10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11;
  return Proved((rest < 2 ? rest : 11 - rest) == d[9], d);
}

// Ordinance 85 of the Ministry of Internal Affairs, 2014, article 5.
Validation CheckJpMyNumber(std::string_view value) {
  const Digits d(value);
  if (d.size() != 12) return kRejected;
  const int check = Complement11(d.Dot({6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2}));
  return Proved(check % 10 == d[11], d);
}

Validation CheckKrRrn(std::string_view value) {
  const Digits d(value);
  if (d.size() != 13 || !IsDay(d.Pair(0), d.Pair(2), d.Pair(4))) {
    return kRejected;
  }
  const int rest = d.Dot({2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5}) % 11;
  if ((11 - rest) % 10 == d[12]) return kAccepted;
  return Lowered("no check digit: none is given since October 2020");
}

Validation CheckKwCivil(std::string_view value) {
  const Digits d(value);
  if (d.size() != 12 || d[0] < 1 || d[0] > 3) return kRejected;
  if (!IsDay(d.Pair(1), d.Pair(3), d.Pair(5))) return kRejected;
  const int check = Complement11(d.Dot({2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}));
  return Proved(check == d[11], d);
}

Validation CheckKzIin(std::string_view value) {
  const Digits d(value);
  if (d.size() != 12 || d[6] > 6) return kRejected;
  if (!IsDay(d.Pair(0), d.Pair(2), d.Pair(4))) return kRejected;
  int check = d.Dot({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}) % 11;
  if (check == 10) check = d.Dot({3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2}) % 11;
  return Proved(check == d[11], d);
}

// Year and day of birth, the day of women raised by 500.
Validation CheckLkNic(std::string_view value) {
  const bool old = value.size() == 10;
  const char last = value.empty() ? ' ' : Upper(value.back());
  if (old && last != 'V' && last != 'X') return kRejected;
  const Digits d(value.substr(0, old ? 9 : value.size()));
  if (d.size() != (old ? 9U : 12U)) return kRejected;
  const std::int64_t year = old ? 1900 + d.Pair(0) : d.Number(0, 4);
  const std::int64_t day = d.Number(old ? 2 : 4, 3) % 500;
  return AcceptIf(year >= 1900 && year <= 2050 && day >= 1 && day <= 366);
}

// Birth date, place, serial; no check digit.
Validation CheckMyNric(std::string_view value) {
  const Digits d(value);
  if (d.size() != 12 || !IsDay(d.Pair(0), d.Pair(2), d.Pair(4))) {
    return kRejected;
  }
  constexpr std::uint32_t kUnusedTens =
      1U << 0 | 1U << 17 | 1U << 18 | 1U << 19 | 1U << 20;
  const int place = d.Pair(6);
  const bool unused = place <= 20 && ((kUnusedTens >> place) & 1) != 0;
  return AcceptIf(!unused && place != 69 && place != 70 && place != 73 &&
                  place != 80 && place != 81 && place != 94 && place != 95 &&
                  place != 96 && place != 97);
}

Validation CheckNzIrd(std::string_view value) {
  const Digits all(value);
  if (all.size() < 8 || all.size() > 9) return kRejected;
  const std::int64_t number = all.Number(0, all.size());
  if (number < 10000000 || number > 200000000) return kRejected;
  std::array<char, 9> text{};
  std::int64_t rest = number;
  for (std::size_t i = 9; i-- > 0; rest /= 10) {
    text[i] = static_cast<char>('0' + rest % 10);
  }
  const Digits d({text.data(), text.size()});
  int check = Complement11(d.Dot({3, 2, 7, 6, 5, 4, 3, 2}));
  if (check == 10) check = Complement11(d.Dot({7, 4, 3, 2, 5, 2, 7, 6}));
  return Proved(check == d[8], d);
}

// HISO 10046; the letters I and O are not used.
Validation CheckNzNhi(std::string_view value) {
  constexpr std::string_view kLetters = " ABCDEFGHJKLMNPQRSTUVWXYZ";
  if (value.size() != 7) return kRejected;
  const Digits d(value.substr(3));
  if (d.size() != 4) return kRejected;
  int sum = d.Dot({4, 3, 2});
  for (std::size_t i = 0; i < 3; ++i) {
    const std::size_t code = kLetters.find(Upper(value[i]));
    if (code == 0 || code == std::string_view::npos) return kRejected;
    sum += static_cast<int>(code * (7 - i));
  }
  return AcceptIf(sum % 11 != 0 && (11 - sum % 11) % 10 == d[3]);
}

// Province, division, district, family, sex; no check digit.
Validation CheckPkCnic(std::string_view value) {
  const Digits d(value);
  return Proved(d.size() == 13 && d[0] >= 1 && d[0] <= 8, d);
}

// 1 for citizens, 2 for residents.
Validation CheckSaNid(std::string_view value) {
  const Digits d(value);
  if (d.size() != 10 || (d[0] != 1 && d[0] != 2)) return kRejected;
  return Proved(LuhnHolds(d, 0, 10), d);
}

Validation CheckSgNric(std::string_view value) {
  if (value.size() != 9) return kRejected;
  const Digits d(value.substr(1, 7));
  if (d.size() != 7) return kRejected;
  const char series = Upper(value[0]);
  const int sum = d.Dot({2, 7, 6, 5, 4, 3, 2});
  const auto is = [&](int raise, std::string_view letters) {
    return letters[static_cast<std::size_t>((sum + raise) % 11)] ==
           Upper(value[8]);
  };
  switch (series) {
    case 'S':
      return AcceptIf(is(0, "JZIHGFEDCBA"));
    case 'T':
      return AcceptIf(is(4, "JZIHGFEDCBA"));
    case 'F':
      return AcceptIf(is(0, "XWUTRQPNMLK"));
    case 'G':
      return AcceptIf(is(4, "XWUTRQPNMLK"));
    case 'M':
      return AcceptIf(is(3, "XWUTRQPNJLK"));
    default:
      return kRejected;
  }
}

Validation CheckThPin(std::string_view value) {
  const Digits d(value);
  if (d.size() != 13 || d[0] == 0 || d[0] == 9) return kRejected;
  const int rest = d.Dot({13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11;
  return Proved((11 - rest) % 10 == d[12], d);
}

// The letter of the county counts as two digits.
Validation CheckTwId(std::string_view value) {
  constexpr std::string_view kCounties = "ABCDEFGHJKLMNPQRSTUVXYWZIO";
  if (value.size() != 10) return kRejected;
  const std::size_t county = kCounties.find(Upper(value[0]));
  const Digits d(value.substr(1));
  if (county == std::string_view::npos || d.size() != 9) return kRejected;
  if (d[0] != 1 && d[0] != 2 && d[0] != 8 && d[0] != 9) return kRejected;
  const int code = static_cast<int>(county) + 10;
  const int sum =
      code / 10 + code % 10 * 9 + d.Dot({8, 7, 6, 5, 4, 3, 2, 1, 1});
  return AcceptIf(sum % 10 == 0);
}

// Birth date, sex, citizenship (0, 1, 2).
Validation CheckZaId(std::string_view value) {
  const Digits d(value);
  if (d.size() != 13 || d[10] > 2) return kRejected;
  if (!IsDay(d.Pair(0), d.Pair(2), d.Pair(4))) return kRejected;
  return Proved(LuhnHolds(d, 0, 13), d);
}

}  // namespace logspill
