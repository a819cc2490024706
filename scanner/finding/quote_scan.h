// Reads a record forward and says of each place whether it stands in quotes.
//
// A quote opens or closes by turns; where what stands beside it contradicts
// that (a letter before an opening one), the turns are lost: the rest is
// kUnsure, and whoever shows text must take it for quoted.
//
// Lifetime:  views the record.
// Cost:      O(bytes stepped over).

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace logspill {

enum class Quoted : char {
  kNo = 0,
  kDouble = '"',
  kSingle = '\'',
  kBacktick = '`',
  kUnsure = '?',
};

class QuoteScan {
 public:
  // Starts at `at` in `record` and looks for quotes before `limit`.
  // `value_end`: a quote there closes, whatever the value ends with.
  QuoteScan(std::string_view record, std::size_t at, std::size_t value_end,
            std::size_t limit)
      : record_(record),
        at_(at),
        value_end_(value_end),
        limit_(std::min(limit, record.size())) {}

  std::size_t at() const { return at_; }
  Quoted state() const { return state_; }
  void set_state(Quoted state) { state_ = state; }

  // The next quote at or behind at(), of any kind and also behind backslashes,
  // or `end`.  Text before it that stands for a quote (%22, &quot;, \u0022) and
  // typographic quotes end the search where they stand outside of quotes.
  std::size_t Next(std::size_t end) const;

  // Steps to `to`, a place that Next() gave, and over what stands there.
  void StepOver(std::size_t to);
  // Steps to `to`, before which Next() saw nothing.
  void StepTo(std::size_t to) { at_ = to; }

  // True where a quote at `at` can open a string.
  bool CanOpen(std::size_t at) const;
  // True for the apostrophe of "it's" and "can't", also the typographic one.
  bool IsApostrophe(std::size_t at) const;

 private:
  char At(std::size_t at) const {
    return at < record_.size() ? record_[at] : '\0';
  }
  char Before(std::size_t at) const { return at > 0 ? record_[at - 1] : '\0'; }
  bool IsStop(std::size_t at) const;
  bool IsEscaped(std::size_t at) const;
  bool IsStringPrefix(std::size_t end) const;
  bool CanClose(std::size_t at) const;
  Quoted Behind(std::size_t at);

  struct Stop {
    char byte;
    std::size_t at = 0;  // the next one
    bool known = false;
  };
  void Advance(Stop* stop, std::size_t from) const;

  std::string_view record_;
  std::size_t at_;
  std::size_t value_end_;
  std::size_t limit_;
  mutable std::array<Stop, 8> stops_ = {
      {{'"'}, {'\''}, {'`'}, {'%'}, {'&'}, {'\\'}, {'\xc2'}, {'\xe2'}}};
  std::size_t doubled_ = std::string_view::npos;  // second quote of a pair
  Quoted state_ = Quoted::kNo;
  bool doubtful_ = false;  // a backslash may have ended the string
};

}  // namespace logspill
