// National numbers of the Americas.

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

#include "scanner/verify/digits.h"
#include "scanner/verify/national.h"
#include "scanner/verify/text.h"

namespace logspill {
namespace {

char Upper(char c) { return IsLower(c) ? static_cast<char>(c - 32) : c; }

template <std::size_t N>
bool IsOneOf(int number, const int (&numbers)[N]) {
  return std::find(std::begin(numbers), std::end(numbers), number) !=
         std::end(numbers);
}

}  // namespace

// Where the sum gives 10, 9 is written.
Validation CheckArCuit(std::string_view value) {
  constexpr int kPrefixes[] = {20, 23, 24, 25, 26, 27, 30, 33, 34};
  const Digits d(value);
  if (d.size() != 11 || !IsOneOf(d.Pair(0), kPrefixes)) return kRejected;
  const int check = Complement11(d.Dot({5, 4, 3, 2, 7, 6, 5, 4, 3, 2}));
  return Proved((check == 10 ? 9 : check) == d[10], d);
}

Validation CheckBrCnpj(std::string_view value) {
  const Digits d(value);
  if (d.size() != 14) return kRejected;
  const int first = Complement11(d.Dot({5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2}));
  const int second =
      Complement11(d.Dot({6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2}));
  return Proved(first % 10 == d[12] && second % 10 == d[13], d);
}

Validation CheckBrCpf(std::string_view value) {
  const Digits d(value);
  if (d.size() != 11) return kRejected;
  const int first = Complement11(d.Dot({10, 9, 8, 7, 6, 5, 4, 3, 2}));
  const int second = Complement11(d.Dot({11, 10, 9, 8, 7, 6, 5, 4, 3, 2}));
  return Proved(first % 10 == d[9] && second % 10 == d[10], d);
}

// No number begins with 0 or 8.
Validation CheckCaSin(std::string_view value) {
  const Digits d(value);
  if (d.size() != 9 || d[0] == 0 || d[0] == 8) return kRejected;
  return Proved(LuhnHolds(d, 0, 9), d);
}

Validation CheckClRut(std::string_view value) {
  if (value.size() < 8) return kRejected;
  const Digits d(value.substr(0, value.size() - 1));
  if (d.size() < 7 || d.size() > 8) return kRejected;
  int sum = 0;
  for (std::size_t i = 0; i < d.size(); ++i) {
    sum += d[d.size() - 1 - i] * static_cast<int>(2 + i % 6);
  }
  const int check = Complement11(sum);
  const char sign = check == 10 ? 'K' : static_cast<char>('0' + check);
  return Proved(sign == Upper(value.back()), d);
}

// DIAN, Orden Administrativa 4 of 1989.
Validation CheckCoNit(std::string_view value) {
  constexpr int kWeights[] = {3, 7, 13, 17, 19, 23, 29, 37, 41};
  const Digits d(value);
  if (d.size() < 9 || d.size() > 10) return kRejected;
  int sum = 0;
  for (std::size_t i = 0; i + 1 < d.size(); ++i) {
    sum += d[d.size() - 2 - i] * kWeights[i];
  }
  const int rest = sum % 11;
  return Proved((rest < 2 ? rest : 11 - rest) == d.last(), d);
}

Validation CheckDoCedula(std::string_view value) {
  const Digits d(value);
  return Proved(d.size() == 11 && LuhnHolds(d, 0, 11), d);
}

// Two digits of the province, then a person's digit below 7.
Validation CheckEcCi(std::string_view value) {
  const Digits d(value);
  if (d.size() != 10 || d[2] > 6) return kRejected;
  const int province = d.Pair(0);
  if (province == 0 || (province > 24 && province != 30)) return kRejected;
  return Proved(LuhnHolds(d, 0, 10), d);
}

// RENAPO; the alphabet counts the letter N with a tilde behind N.
Validation CheckMxCurp(std::string_view value) {
  if (value.size() != 18 || !All(value, IsAlnum)) return kRejected;
  const Digits birth(value.substr(4, 6));
  const char sex = Upper(value[10]);
  if (!All(value.substr(0, 4), IsAlpha) || birth.size() != 6 ||
      !IsDay(birth.Pair(0), birth.Pair(2), birth.Pair(4)) ||
      (sex != 'H' && sex != 'M' && sex != 'X') || !IsDigit(value[17])) {
    return kRejected;
  }
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) {
    const char c = Upper(value[i]);
    const int code = IsDigit(c) ? c - '0' : c - 'A' + 10 + (c > 'N' ? 1 : 0);
    sum += code * static_cast<int>(18 - i);
  }
  return AcceptIf((10 - sum % 10) % 10 == value[17] - '0');
}

// SAT: thirteen places for persons; the last is a check that some registers
// have wrong.
Validation CheckMxRfc(std::string_view value) {
  if (value.size() != 13 || !All(value, IsAlnum)) return kRejected;
  const Digits birth(value.substr(4, 6));
  if (!All(value.substr(0, 4), IsAlpha) || birth.size() != 6 ||
      !IsDay(birth.Pair(0), birth.Pair(2), birth.Pair(4))) {
    return kRejected;
  }
  int sum = 0;
  for (std::size_t i = 0; i < 12; ++i) {
    const char c = Upper(value[i]);
    // '&' stands at 24, between N and O.
    const int code = IsDigit(c) ? c - '0' : c - 'A' + 10 + (c > 'N' ? 1 : 0);
    sum += code * static_cast<int>(13 - i);
  }
  const int check = Complement11(sum);
  const char sign = check == 10 ? 'A' : static_cast<char>('0' + check);
  return sign == Upper(value[12]) ? kAccepted
                                  : Lowered("the check digit does not hold");
}

Validation CheckPeRuc(std::string_view value) {
  constexpr int kPrefixes[] = {10, 15, 16, 17, 20};
  const Digits d(value);
  if (d.size() != 11 || !IsOneOf(d.Pair(0), kPrefixes)) return kRejected;
  const int rest = d.Dot({5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11;
  return Proved((11 - rest) % 10 == d[10], d);
}

// IRS: the prefixes of its campuses and of the internet; no check digit.
Validation CheckUsEin(std::string_view value) {
  constexpr int kUnused[] = {0,  7,  8,  9,  17, 18, 19, 28, 29,
                             49, 69, 70, 78, 79, 89, 96, 97};
  const Digits d(value);
  if (d.size() != 9 || IsOneOf(d.Pair(0), kUnused)) return kRejected;
  if (d.Number(2, 7) == 3456789) return Filler("counted up");
  return Proved(true, d);
}

// CMS: eleven places; letters without S, L, O, I, B, Z.  No check digit.
Validation CheckUsMbi(std::string_view value) {
  constexpr std::string_view kForm = "CAXNAXNAANN";  // X: letter or digit
  constexpr std::string_view kUnused = "SLOIBZ";
  std::size_t at = 0;
  for (const char c : value) {
    if (c == '-') continue;
    if (at == kForm.size()) return kRejected;
    const char upper = Upper(c);
    const bool letter =
        IsUpper(upper) && kUnused.find(upper) == std::string_view::npos;
    const bool digit = IsDigit(c) && !(kForm[at] == 'C' && c == '0');
    const char form = kForm[at++];
    if (!((form != 'A' && digit) || (form != 'N' && form != 'C' && letter))) {
      return kRejected;
    }
  }
  return AcceptIf(at == kForm.size());
}

Validation CheckUyCi(std::string_view value) {
  const Digits d(value);
  if (d.size() != 8) return kRejected;
  return Proved(d.Dot({2, 9, 8, 7, 6, 3, 4, 1}) % 10 == 0, d);
}

Validation CheckVeRif(std::string_view value) {
  constexpr std::string_view kKinds = " VEJPG";
  const std::size_t kind =
      value.empty() ? 0 : kKinds.find(Upper(value.front()));
  if (kind == 0 || kind == std::string_view::npos) return kRejected;
  const Digits d(value.substr(1));
  if (d.size() != 9) return kRejected;
  const int weighted =
      static_cast<int>(kind) * 4 + d.Dot({3, 2, 7, 6, 5, 4, 3, 2});
  return Proved(Complement11(weighted) % 10 == d[8], d);
}

}  // namespace logspill
