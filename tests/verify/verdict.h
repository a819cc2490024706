// A validator's verdict by its name, as a rule would ask for it.

#pragma once

#include <string_view>

#include "scanner/verify/validators.h"

namespace logspill {

inline Verdict Ask(std::string_view validator, std::string_view value) {
  return FindValidator(validator)->check(value).verdict;
}

}  // namespace logspill
