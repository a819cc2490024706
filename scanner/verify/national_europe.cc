// National numbers of Europe.  The tax numbers stand in the OECD's and the
// European Commission's TIN sheets; the document of each is the `source` of its
// rule.

#include <algorithm>
#include <array>
#include <string_view>

#include "scanner/verify/digits.h"
#include "scanner/verify/national.h"
#include "scanner/verify/text.h"

namespace logspill {
namespace {

// A number of one size whose last digit is 11 minus a weighted sum over 11;
// 11 counts as 0, and a number with 10 is not given out.
Validation Plain11(const Digits& d, std::size_t size,
                   std::initializer_list<int> weights) {
  return Proved(d.size() == size && Complement11(d.Dot(weights)) == d.last(),
                d);
}

// A birth date as YYMMDD, its month raised by `raises` for sex or century.
bool IsBirth(const Digits& d, std::initializer_list<int> raises) {
  for (const int raise : raises) {
    if (IsDay(d.Pair(0), d.Pair(2) - raise, d.Pair(4))) return true;
  }
  return false;
}

char Upper(char c) { return IsLower(c) ? static_cast<char>(c - 32) : c; }

}  // namespace

// Hauptverband der Sozialversicherungstraeger: the fourth digit checks.
Validation CheckAtSvnr(std::string_view value) {
  const Digits d(value);
  if (d.size() != 10 || d[0] == 0) return kRejected;
  const int sum = d.Dot({3, 7, 9}) + d.Dot({5, 8, 4, 2, 1, 6}, 4);
  // Where a day's numbers ran out, months 13 and on were used.
  const bool birth =
      d.Pair(4) >= 1 && d.Pair(4) <= 31 && d.Pair(6) >= 1 && d.Pair(6) <= 15;
  return Proved(birth && sum % 11 == d[3], d);
}

// Born since 2000: a 2 is written before the number that is divided.
Validation CheckBeNn(std::string_view value) {
  const Digits d(value);
  if (d.size() != 11) return kRejected;
  const int month = d.Pair(2) % 20;  // BIS numbers: 20 or 40 more
  const bool birth =
      month <= 12 && d.Pair(2) <= 52 && d.Pair(4) <= 31 && d.Number(6, 3) != 0;
  const std::int64_t check = 97 - d.Number(0, 9) % 97;
  const std::int64_t since_2000 = 97 - (2000000000 + d.Number(0, 9)) % 97;
  return Proved(birth && (d.Pair(9) == check || d.Pair(9) == since_2000), d);
}

Validation CheckBgEgn(std::string_view value) {
  const Digits d(value);
  if (d.size() != 10 || !IsBirth(d, {0, 20, 40})) return kRejected;
  return Proved(d.Dot({2, 4, 8, 5, 10, 9, 7, 3, 6}) % 11 % 10 == d[9], d);
}

Validation CheckChAhv(std::string_view value) {
  const Digits d(value);
  if (d.size() != 13 || d.Number(0, 3) != 756) return kRejected;
  return Proved(d.Dot({1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1}) % 10 == 0, d);
}

Validation CheckCyTic(std::string_view value) {
  constexpr int kOdd[] = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21};
  if (value.size() != 9 || !IsAlpha(value.back())) return kRejected;
  const Digits d(value.substr(0, 8));
  if (d.size() != 8) return kRejected;
  int sum = 0;
  for (std::size_t i = 0; i < 8; ++i) sum += i % 2 == 0 ? kOdd[d[i]] : d[i];
  return Proved(d.Pair(0) != 12 && 'A' + sum % 26 == Upper(value.back()), d);
}

// Czech Republic and Slovakia; nine digits, without a check, until 1953.
Validation CheckCzRc(std::string_view value) {
  const Digits d(value);
  if (d.size() != 10 || !IsBirth(d, {0, 20, 50, 70})) return kRejected;
  return Proved(d.Number(0, 9) % 11 % 10 == d[9], d);
}

// One of the first ten digits occurs twice or three times, the others once.
Validation CheckDeIdnr(std::string_view value) {
  const Digits d(value);
  if (d.size() != 11 || d[0] == 0 || !Mod11And10Holds(d)) return kRejected;
  std::array<int, 10> counts{};
  for (std::size_t i = 0; i < 10; ++i) ++counts[static_cast<std::size_t>(d[i])];
  int repeated = 0;
  for (const int count : counts) {
    if (count > 3) return kRejected;
    repeated += count > 1 ? 1 : 0;
  }
  return AcceptIf(repeated == 1);
}

// Since 2007 numbers are given out that fail the old check over 11.
Validation CheckDkCpr(std::string_view value) {
  const Digits d(value);
  if (d.size() != 10) return kRejected;
  return Proved(IsDay(d.Pair(4), d.Pair(2), d.Pair(0)), d);
}

// Estonia and Lithuania.
Validation CheckEeIk(std::string_view value) {
  const Digits d(value);
  if (d.size() != 11 || d[0] == 0 || d[0] > 8) return kRejected;
  if (!IsDay(d.Pair(1), d.Pair(3), d.Pair(5))) return kRejected;
  int check = d.Dot({1, 2, 3, 4, 5, 6, 7, 8, 9, 1}) % 11;
  if (check == 10) check = d.Dot({3, 4, 5, 6, 7, 8, 9, 1, 2, 3}) % 11 % 10;
  return Proved(check == d[10], d);
}

// DNI of citizens; NIE of foreigners, with X, Y or Z for the first digit.
Validation CheckEsDni(std::string_view value) {
  constexpr std::string_view kLetters = "TRWAGMYFPDXBNJZSQVHLCKE";
  if (value.size() < 9 || !IsAlpha(value.back())) return kRejected;
  const char first = Upper(value.front());
  const bool foreign = first >= 'X' && first <= 'Z';
  const Digits d(
      value.substr(foreign ? 1 : 0, value.size() - (foreign ? 2 : 1)));
  if (d.size() != (foreign ? 7U : 8U)) return kRejected;
  const std::int64_t number =
      d.Number(0, d.size()) + (foreign ? (first - 'X') * 10000000 : 0);
  return Proved(
      kLetters[static_cast<std::size_t>(number % 23)] == Upper(value.back()),
      d);
}

Validation CheckFiHetu(std::string_view value) {
  constexpr std::string_view kCenturies = "+-YXWVUABCDEF";
  constexpr std::string_view kCheck = "0123456789ABCDEFHJKLMNPRSTUVWXY";
  if (value.size() != 11 ||
      kCenturies.find(Upper(value[6])) == std::string_view::npos) {
    return kRejected;
  }
  const Digits birth(value.substr(0, 6));
  const Digits serial(value.substr(7, 3));
  if (birth.size() != 6 || serial.size() != 3 || serial.Number(0, 3) < 2 ||
      !IsDay(birth.Pair(4), birth.Pair(2), birth.Pair(0))) {
    return kRejected;
  }
  const std::int64_t number = birth.Number(0, 6) * 1000 + serial.Number(0, 3);
  return AcceptIf(kCheck[static_cast<std::size_t>(number % 31)] ==
                  Upper(value[10]));
}

// INSEE; Corsica's 2A and 2B count as 19 and 18.
Validation CheckFrNir(std::string_view value) {
  std::array<char, 15> compact{};
  std::size_t size = 0;
  bool south = false;
  bool north = false;
  for (const char c : value) {
    if (c == ' ' || c == '.' || c == '-') continue;
    if (size == compact.size()) return kRejected;
    const char upper = Upper(c);
    if (size == 6 && (upper == 'A' || upper == 'B') && compact[5] == '2') {
      (upper == 'A' ? south : north) = true;
      compact[5] = '1';
      compact[size++] = south ? '9' : '8';
      continue;
    }
    compact[size++] = c;
  }
  const Digits d(std::string_view(compact.data(), size));
  if (d.size() != 15 || d[0] == 0 || d[0] == 9 || d[0] == 5 || d[0] == 6) {
    return kRejected;
  }
  const int month = d.Pair(3);  // 20-42 and 50-99: not known
  if (month == 0 || (month > 12 && month < 20)) return kRejected;
  return Proved(97 - d.Number(0, 13) % 97 == d.Pair(13), d);
}

Validation CheckFrSpi(std::string_view value) {
  const Digits d(value);
  if (d.size() != 13 || d[0] > 3) return kRejected;
  return Proved(d.Number(0, 10) % 511 == d.Number(10, 3), d);
}

Validation CheckGbNhs(std::string_view value) {
  const Digits d(value);
  return Plain11(d, 10, {10, 9, 8, 7, 6, 5, 4, 3, 2});
}

// HMRC National Insurance Manual NIM39110; there is no check digit.
Validation CheckGbNino(std::string_view value) {
  constexpr std::string_view kNotFirst = "DFIQUV";
  constexpr std::string_view kNotSecond = "DFIOQUV";
  constexpr std::string_view kUnused[] = {"BG", "GB", "KN", "NK",
                                          "NT", "TN", "ZZ"};
  if (value.size() < 9 || !IsAlpha(value[0]) || !IsAlpha(value[1])) {
    return kRejected;
  }
  const char prefix[] = {Upper(value[0]), Upper(value[1])};
  if (kNotFirst.find(prefix[0]) != std::string_view::npos ||
      kNotSecond.find(prefix[1]) != std::string_view::npos) {
    return kRejected;
  }
  for (const std::string_view unused : kUnused) {
    if (unused == std::string_view(prefix, 2)) return kRejected;
  }
  const char suffix = Upper(value.back());
  if (suffix < 'A' || suffix > 'D') return kRejected;
  const Digits d(value.substr(2, value.size() - 3));
  if (d.size() != 6) return kRejected;
  return d.Number(0, 6) == 123456 ? Filler("the number of every form")
                                  : kAccepted;
}

Validation CheckGbUtr(std::string_view value) {
  constexpr std::string_view kCheck = "21987654321";
  const Digits d(value);
  if (d.size() != 10) return kRejected;
  const int sum = d.Dot({6, 7, 8, 9, 10, 5, 4, 3, 2}, 1);
  return Proved(kCheck[static_cast<std::size_t>(sum % 11)] - '0' == d[0], d);
}

Validation CheckGrAfm(std::string_view value) {
  const Digits d(value);
  if (d.size() != 9) return kRejected;
  return Proved(d.Dot({256, 128, 64, 32, 16, 8, 4, 2}) % 11 % 10 == d[8], d);
}

Validation CheckGrAmka(std::string_view value) {
  const Digits d(value);
  if (d.size() != 11 || !IsDay(d.Pair(4), d.Pair(2), d.Pair(0))) {
    return kRejected;
  }
  return Proved(LuhnHolds(d, 0, 11), d);
}

Validation CheckHrOib(std::string_view value) {
  const Digits d(value);
  return Proved(d.size() == 11 && Mod11And10Holds(d), d);
}

Validation CheckHuAdo(std::string_view value) {
  const Digits d(value);
  if (d.size() != 10 || d[0] != 8) return kRejected;
  return Proved(d.Dot({1, 2, 3, 4, 5, 6, 7, 8, 9}) % 11 == d[9], d);
}

Validation CheckHuTaj(std::string_view value) {
  const Digits d(value);
  if (d.size() != 9) return kRejected;
  return Proved(d.Dot({3, 7, 3, 7, 3, 7, 3, 7}) % 10 == d[8], d);
}

// Seven digits, the check letter, and since 2013 one more letter.
Validation CheckIePps(std::string_view value) {
  constexpr std::string_view kCheck = "WABCDEFGHIJKLMNOPQRSTUV";
  if (value.size() < 8 || value.size() > 9 || !IsAlpha(value[7])) {
    return kRejected;
  }
  const Digits d(value.substr(0, 7));
  if (d.size() != 7) return kRejected;
  int sum = d.Dot({8, 7, 6, 5, 4, 3, 2});
  if (value.size() == 9) {
    const char more = Upper(value[8]);
    if (more >= 'A' && more <= 'I') {
      sum += (more - 'A' + 1) * 9;
    } else if (more != 'T' && more != 'W' && more != 'X') {
      return kRejected;  // these three stood for a spouse, without a weight
    }
  }
  return Proved(kCheck[static_cast<std::size_t>(sum % 23)] == Upper(value[7]),
                d);
}

// The ninth digit checks, the tenth is the century.
Validation CheckIsKt(std::string_view value) {
  const Digits d(value);
  if (d.size() != 10 || (d[9] != 0 && d[9] != 9 && d[9] != 8)) {
    return kRejected;
  }
  const int day = d.Pair(0) > 40 ? d.Pair(0) - 40 : d.Pair(0);  // companies
  if (!IsDay(d.Pair(4), d.Pair(2), day)) return kRejected;
  return Proved(Complement11(d.Dot({3, 2, 7, 6, 5, 4, 3, 2})) == d[8], d);
}

// D.M. 23 dicembre 1976.  Where two persons would have one code, letters
// replace digits.
Validation CheckItCf(std::string_view value) {
  constexpr int kOdd[] = {1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                          20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
  constexpr std::string_view kMonths = "ABCDEHLMPRST";
  if (value.size() != 16 || !All(value, IsAlnum)) return kRejected;
  if (!All(value.substr(0, 6), IsAlpha) || !IsAlpha(value[11]) ||
      kMonths.find(Upper(value[8])) == std::string_view::npos) {
    return kRejected;
  }
  int sum = 0;
  for (std::size_t i = 0; i < 15; ++i) {
    const int code = IsDigit(value[i]) ? value[i] - '0' : Upper(value[i]) - 'A';
    sum += i % 2 == 0 ? kOdd[code] : code;
  }
  return AcceptIf('A' + sum % 26 == Upper(value[15]));
}

// Luhn over twelve digits, and Verhoeff over eleven and the last.
Validation CheckLuMatricule(std::string_view value) {
  const Digits d(value);
  if (d.size() != 13 || !LuhnHolds(d, 0, 12)) return kRejected;
  // Month and day are 00 where they are not known.
  if (!IsDay(static_cast<int>(d.Number(0, 4)), std::max(d.Pair(4), 1),
             std::max(d.Pair(6), 1))) {
    return kRejected;
  }
  std::array<char, 12> text{};
  for (std::size_t i = 0; i < 12; ++i) {
    text[i] = static_cast<char>('0' + d[i == 11 ? 12 : i]);
  }
  return AcceptIf(VerhoeffHolds(Digits({text.data(), text.size()})));
}

Validation CheckLvPk(std::string_view value) {
  const Digits d(value);
  if (d.size() != 11) return kRejected;
  // Since July 2017: 32 and nine random digits.
  if (d.Pair(0) >= 32 && d.Pair(0) <= 39) return Proved(true, d);
  if (!IsDay(d.Pair(4), d.Pair(2), d.Pair(0)) || d[6] > 2) return kRejected;
  const int sum = d.Dot({10, 5, 8, 4, 2, 1, 6, 3, 7, 9}) + 1;
  return Proved(sum % 11 % 10 == d[10], d);
}

Validation CheckMdIdnp(std::string_view value) {
  const Digits d(value);
  if (d.size() != 13 || (d[0] != 2 && d[0] != 0)) return kRejected;
  return Proved(d.Dot({7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1}) % 10 == d[12], d);
}

Validation CheckNlBsn(std::string_view value) {
  const Digits d(value);
  if (d.size() != 9) return kRejected;
  return Proved(d.Dot({9, 8, 7, 6, 5, 4, 3, 2, -1}) % 11 == 0, d);
}

// D-numbers raise the day by 40, H-numbers the month; the test numbers of the
// tax office the month by 80.
Validation CheckNoFnr(std::string_view value) {
  const Digits d(value);
  if (d.size() != 11) return kRejected;
  const int day = d.Pair(0) > 40 ? d.Pair(0) - 40 : d.Pair(0);
  if (!IsDay(d.Pair(4), d.Pair(2) % 40, day)) return kRejected;
  const bool first = Complement11(d.Dot({3, 7, 6, 1, 8, 9, 4, 5, 2})) == d[9];
  const bool second =
      Complement11(d.Dot({5, 4, 3, 2, 7, 6, 5, 4, 3, 2})) == d[10];
  return Proved(first && second, d);
}

Validation CheckPlNip(std::string_view value) {
  const Digits d(value);
  if (d.size() != 10) return kRejected;
  return Proved(d.Dot({6, 5, 7, 2, 3, 4, 5, 6, 7}) % 11 == d[9], d);
}

Validation CheckPlPesel(std::string_view value) {
  const Digits d(value);
  if (d.size() != 11 || !IsBirth(d, {0, 20, 40, 60, 80})) return kRejected;
  return Proved(d.Dot({1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1}) % 10 == 0, d);
}

Validation CheckPtNif(std::string_view value) {
  const Digits d(value);
  if (d.size() != 9 || d[0] == 0) return kRejected;
  const int check = Complement11(d.Dot({9, 8, 7, 6, 5, 4, 3, 2}));
  return Proved(check % 10 == d[8], d);
}

Validation CheckRoCnp(std::string_view value) {
  const Digits d(value);
  if (d.size() != 13 || d[0] == 0) return kRejected;
  if (!IsDay(d.Pair(1), d.Pair(3), d.Pair(5))) return kRejected;
  const int rest = d.Dot({2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9}) % 11;
  return Proved((rest == 10 ? 1 : rest) == d[12], d);
}

// The states of former Yugoslavia; Slovenia calls it EMSO, Macedonia EMBG.
Validation CheckRsJmbg(std::string_view value) {
  const Digits d(value);
  if (d.size() != 13 || (d[4] != 9 && d[4] != 0)) return kRejected;
  const int year = static_cast<int>(d.Number(4, 3)) + (d[4] == 9 ? 1000 : 2000);
  if (!IsDay(year, d.Pair(2), d.Pair(0))) return kRejected;
  const int check = Complement11(d.Dot({7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2}));
  return Proved(check % 10 == d[12], d);
}

// Ten digits for companies, twelve for persons.
Validation CheckRuInn(std::string_view value) {
  const Digits d(value);
  if (d.size() == 10) {
    return Proved(d.Dot({2, 4, 10, 3, 5, 9, 4, 6, 8}) % 11 % 10 == d[9], d);
  }
  if (d.size() != 12) return kRejected;
  const int first = d.Dot({7, 2, 4, 10, 3, 5, 9, 4, 6, 8}) % 11 % 10;
  const int second = d.Dot({3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8}) % 11 % 10;
  return Proved(first == d[10] && second == d[11], d);
}

Validation CheckRuSnils(std::string_view value) {
  const Digits d(value);
  if (d.size() != 11) return kRejected;
  if (d.Number(0, 9) <= 1'001'998) {
    return Lowered("of the numbers that have no check digits");
  }
  const int check = d.Dot({9, 8, 7, 6, 5, 4, 3, 2, 1}) % 101 % 100;
  return Proved(check == d.Pair(9), d);
}

// Ten or twelve digits; coordination numbers raise the day by 60.
Validation CheckSePn(std::string_view value) {
  std::string_view rest = value;
  if (rest.size() > 5 && rest[rest.size() - 5] == '+') return kRejected;
  const Digits d(rest);
  if (d.size() != 10 && d.size() != 12) return kRejected;
  const std::size_t at = d.size() - 10;
  if (at == 2 && d.Pair(0) != 19 && d.Pair(0) != 20) return kRejected;
  const int day = d.Pair(at + 4) > 60 ? d.Pair(at + 4) - 60 : d.Pair(at + 4);
  if (!IsDay(d.Pair(at), d.Pair(at + 2), day)) return kRejected;
  return Proved(LuhnHolds(d, at, 10), d);
}

Validation CheckSiDs(std::string_view value) {
  const Digits d(value);
  if (d.size() != 8 || d[0] == 0) return kRejected;
  const int rest = d.Dot({8, 7, 6, 5, 4, 3, 2}) % 11;
  return Proved(rest != 0 && (11 - rest) % 10 == d[7], d);
}

Validation CheckTrTckn(std::string_view value) {
  const Digits d(value);
  if (d.size() != 11 || d[0] == 0) return kRejected;
  const int tenth =
      d.Dot({7, -1, 7, -1, 7, -1, 7, -1, 7}) % 10;  // may be negative
  const int sum = d.Dot({1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
  return Proved((tenth + 10) % 10 == d[9] && sum % 10 == d[10], d);
}

Validation CheckUaRnokpp(std::string_view value) {
  const Digits d(value);
  if (d.size() != 10) return kRejected;
  const int sum = d.Dot({-1, 5, 7, 9, 4, 6, 10, 5, 7});
  return Proved((sum % 11 + 11) % 11 % 10 == d[9], d);
}

}  // namespace logspill
