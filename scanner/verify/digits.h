// The digits of a number that people group as they like, and what check digit
// methods ask of them.  Private to this folder.
//
// Threads:   pure functions; safe from any thread.
// Cost:      O(value), no allocation.
// Units:     positions count digits, from the left and from 0.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "scanner/verify/checks.h"

namespace logspill {

class Digits {
 public:
  static constexpr std::size_t kMost = 24;

  // ' ', '-', '.' and '/' between digits are passed over; with any other byte,
  // or more than kMost digits, there are none.
  explicit Digits(std::string_view value);

  std::size_t size() const { return size_; }
  int operator[](std::size_t i) const { return digits_[i]; }
  int last() const { return digits_[size_ - 1]; }
  bool all_equal() const;

  // The decimal number of `count` digits.
  // REQUIRES: they exist, and count <= 18.
  std::int64_t Number(std::size_t from, std::size_t count) const;
  int Pair(std::size_t from) const {
    return digits_[from] * 10 + digits_[from + 1];
  }

  // The sum of digit times weight, from digit `from` on.
  int Dot(std::initializer_list<int> weights, std::size_t from = 0) const;

 private:
  std::array<std::int8_t, kMost> digits_{};
  std::size_t size_ = 0;
};

// Rejected where the check fails; filler where all digits are the same, which
// many methods let pass.
Validation Proved(bool holds, const Digits& digits);

// True where the Gregorian calendar has this day.  A year below 100 is of an
// unknown century.
bool IsDay(int year, int month, int day);

// The weighted sums that end in a check digit over 11: 0-9, or 10 where the
// method has a sign of its own for it, or gives no such number out.
constexpr int Complement11(int sum) { return (11 - sum % 11) % 11; }

// Luhn's method over `count` digits.
bool LuhnHolds(const Digits& digits, std::size_t from, std::size_t count);

// Verhoeff's dihedral group of ten, and Damm's quasigroup.
bool VerhoeffHolds(const Digits& digits);
bool DammHolds(const Digits& digits);

// ISO/IEC 7064 MOD 11,10 (hybrid: one check digit).
bool Mod11And10Holds(const Digits& digits);

}  // namespace logspill
