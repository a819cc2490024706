// Proves that every match of a pattern holds one of the rule's anchors, so that
// an engine which only looks at anchors loses no match.
//
// Threads:   pure function.
// Cost:      milliseconds; only at loading.

#pragma once

#include <string>
#include <vector>

namespace logspill {

// False where a match without any anchor is possible, or cannot be excluded.
// `caseless`: the anchors are meant without case, of ASCII letters.
// REQUIRES: `pattern` is valid for RE2.
bool AnchorsAreRequired(const std::string& pattern,
                        const std::vector<std::string>& anchors, bool caseless);

// True where each match of `pattern` holds one of some literals of three bytes
// or more, so that the engine can derive anchors.
// REQUIRES: `pattern` is valid for RE2.
bool HasRequiredLiterals(const std::string& pattern);

}  // namespace logspill
