// ISO/IEC 7812 (Luhn), ISO/IEC 7064, J. Verhoeff: Error Detecting Decimal Codes
// (1969), H. M. Damm: Total anti-symmetrische Quasigruppen (2004).

#include "scanner/verify/digits.h"

#include "scanner/verify/text.h"

namespace logspill {

Digits::Digits(std::string_view value) {
  for (const char c : value) {
    if (c == ' ' || c == '-' || c == '.' || c == '/') continue;
    if (!IsDigit(c) || size_ == kMost) {
      size_ = 0;
      return;
    }
    digits_[size_++] = static_cast<std::int8_t>(c - '0');
  }
}

bool Digits::all_equal() const {
  for (std::size_t i = 1; i < size_; ++i) {
    if (digits_[i] != digits_[0]) return false;
  }
  return true;
}

std::int64_t Digits::Number(std::size_t from, std::size_t count) const {
  std::int64_t number = 0;
  for (std::size_t i = from; i < from + count; ++i) {
    number = number * 10 + digits_[i];
  }
  return number;
}

int Digits::Dot(std::initializer_list<int> weights, std::size_t from) const {
  int sum = 0;
  for (const int weight : weights) sum += weight * digits_[from++];
  return sum;
}

Validation Proved(bool holds, const Digits& digits) {
  if (!holds) return kRejected;
  return digits.all_equal() ? Filler("all digits are equal") : kAccepted;
}

bool IsDay(int year, int month, int day) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1) return false;
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  const int leap_day = month == 2 && leap ? 1 : 0;
  return day <= kDays[month - 1] + leap_day;
}

bool LuhnHolds(const Digits& digits, std::size_t from, std::size_t count) {
  int sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const int digit = digits[from + count - 1 - i];
    const int twice = digit > 4 ? digit * 2 - 9 : digit * 2;
    sum += i % 2 == 0 ? digit : twice;
  }
  return sum % 10 == 0;
}

bool VerhoeffHolds(const Digits& digits) {
  constexpr std::string_view kProduct[] = {
      "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
      "5987604321", "6598710432", "7659821043", "8765932104", "9876543210"};
  constexpr std::string_view kPermutation[] = {
      "0123456789", "1576283094", "5803796142", "8916043527",
      "9453126870", "4286573901", "2793806415", "7046913258"};
  const auto value = [](char c) { return static_cast<std::size_t>(c - '0'); };
  std::size_t check = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const auto digit = static_cast<std::size_t>(digits[digits.size() - 1 - i]);
    check = value(kProduct[check][value(kPermutation[i % 8][digit])]);
  }
  return check == 0;
}

bool DammHolds(const Digits& digits) {
  constexpr std::string_view kTable[] = {
      "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
      "3674209581", "5869720134", "8945362017", "9438617205", "2581436790"};
  std::size_t check = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    check = static_cast<std::size_t>(
        kTable[check][static_cast<std::size_t>(digits[i])] - '0');
  }
  return check == 0;
}

bool Mod11And10Holds(const Digits& digits) {
  if (digits.size() < 2) return false;
  int product = 10;
  for (std::size_t i = 0; i + 1 < digits.size(); ++i) {
    const int sum = (digits[i] + product) % 10;
    product = (sum == 0 ? 10 : sum) * 2 % 11;
  }
  return (product + digits.last()) % 10 == 1;
}

}  // namespace logspill
