// What is written where a value stood: a mark (scanner/base/mark.h), or nothing.
//
// Lifetime:  refers to the key; keeps tokens of values, never a value.
// Threads:   not thread-safe; each thread has its own.
// Cost:      O(value); a token is computed once for each of the last values.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/key.h"
#include "scanner/redact/policy.h"
#include "scanner/rule/rule.h"

namespace logspill {

class Replacement {
 public:
  explicit Replacement(const Key* key);

  struct Value {
    const Rule* rule = nullptr;
    std::string_view text;       // decoded
    std::uint32_t raw_size = 0;  // as it stood
    bool alone = true;           // no other value overlaps it
    int percent_depth = 0;
  };

  // Appends what stands for `value`, without quotes.
  // REQUIRES: `policy` replaces the value.
  void Append(const Value& value, const Policy& policy, std::string* out);

 private:
  struct Token {
    std::uint64_t hash = 0;
    std::string text;
  };
  const std::string& TokenOf(const Rule& rule, std::string_view value);

  const Key* key_;
  std::vector<Token> tokens_;
  std::string lower_;  // wiped behind each use
};

}  // namespace logspill
