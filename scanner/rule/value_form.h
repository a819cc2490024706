// The one form of a value that is written in several: what is hashed, so that
// one value has one fingerprint and one token.
//
// Threads:   pure functions.

#pragma once

#include <string>
#include <string_view>

#include "scanner/rule/rule.h"

namespace logspill {

// True where case means nothing for the rule's values.
bool FoldsCase(const Rule& rule);

// The value in lower case: a view of `value` where it has no capitals, else of
// `scratch`, which the caller wipes.
std::string_view LowerForm(std::string_view value, std::string* scratch);

}  // namespace logspill
