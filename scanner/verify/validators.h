// Validators by name: they look at a value's bytes and say whether it can be
// what its form claims.
//
// Threads:   pure functions; safe from any thread.
// Cost:      O(value), no allocation on the hot ones (luhn, uuid, ipv4).
// Source:    each validator names its standard in validators.cc.

#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace logspill {

enum class Verdict : std::uint8_t {
  kAccept,
  kReject,       // not this kind: the search goes on one byte further
  kLower,        // found, but a check failed: severity low, with the reason
  kPlaceholder,  // found, but a known example or filler: severity info at most
};

struct Validation {
  Verdict verdict = Verdict::kAccept;
  std::string_view reason;  // static text, for kLower and kPlaceholder
};

// `value` is decoded text.
using ValidatorFunction = Validation (*)(std::string_view value);

struct Validator {
  std::string_view name;
  std::string_view title;  // one line, for `rules explain`
  ValidatorFunction check;
};

// All validators, sorted by name.
std::span<const Validator> AllValidators();

// nullptr where no validator has this name.
const Validator* FindValidator(std::string_view name);

// Shannon entropy in bits a byte: 0 for one repeated byte, 4 for random
// hexadecimal, towards 6 for random base64.
double EntropyOf(std::string_view value);

// True for what stands in documentation and tests instead of a value: all bytes
// equal, `xxxx`, `example`, `changeme`, `00000000-...`, 1234567..., <password>,
// ${VAR}, "***".  Applied to every rule's values behind its own validator.
bool IsPlaceholder(std::string_view value);

// The same for a value of digits, a-f, A-F, '.', ':', '-' and ' ' alone, at a
// tenth of the cost.
bool IsPlaceholderNumber(std::string_view value);

}  // namespace logspill
