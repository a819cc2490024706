// Errors of a data file, each with its place, its line and a caret:
//
//     finance.toml:4:12: unknown validator 'iban_mod79' in rule pii.iban
//       4 | validate = "iban_mod79"
//         |            ^ did you mean 'iban_mod97'?
//
// Lifetime:  views the text of the file.
// Threads:   not thread-safe.
// Units:     lines and columns are 1-based, columns in code points.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "scanner/base/result.h"

namespace logspill {

struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

class Diagnostics {
 public:
  Diagnostics(std::string_view name, std::string_view text)
      : name_(name), text_(text) {}

  // `hint` stands behind the caret; it may be empty.
  void Add(Position at, std::string_view what, std::string_view hint = {});

  bool ok() const { return count_ == 0; }
  // All errors so far.  REQUIRES: !ok().
  Error ToError() const { return Error{report_}; }

 private:
  static constexpr int kMaxErrors = 20;

  std::string_view Line(std::uint32_t line) const;

  std::string_view name_;
  std::string_view text_;
  std::string report_;
  int count_ = 0;
};

}  // namespace logspill
