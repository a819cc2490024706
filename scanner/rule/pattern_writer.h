// A rule's pattern in the words of another regex engine.
//
// Of a rule it is the form alone: what validators and words near decide is not
// in a pattern.  Where an engine lacks something, the pattern says more, never
// less: an anchor of a line is left out, bytes beyond ASCII are any character
// beyond it.
//
// Lifetime:  the text that is returned refers to nothing.
// Threads:   pure functions.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "scanner/rule/rule.h"

namespace logspill {

enum class RegexDialect : std::uint8_t {
  kJava,    // java.util.regex
  kPython,  // re
  kPosix,   // extended, with GNU's \b: of glibc
};

std::optional<RegexDialect> DialectOf(std::string_view name);

// A pattern in three groups: what stands before the value, the value, and what
// stands behind it.  In Java and Python what is behind is looked at, not taken
// and no group.  Apart from letters, digits and what is part of the syntax it
// holds no byte that XML or a string literal would not take.
struct WrittenPattern {
  std::string pattern;
  int value_group = 2;
  int behind_group = 0;  // in POSIX
};

// nullopt where its pattern cannot be read.
std::optional<WrittenPattern> WritePattern(const Rule& rule,
                                           RegexDialect dialect);

}  // namespace logspill
