// Foreign rules made ours, as far as they can be, with a word on each thing
// that cannot.
//
// Threads:   pure functions.
// Cost:      milliseconds a rule: patterns are compiled, anchors proved and
//            examples made.

#pragma once

#include <string>
#include <vector>

#include "patterns/gitleaks.h"
#include "scanner/identity/allowlist.h"
#include "scanner/rule/rule.h"

namespace logspill {

struct ImportNote {
  enum class Kind {
    kRefused,  // the rule is left out
    kChanged,  // it was taken, and does not do quite the same
    kLeftOut,  // something beside the rules
  };
  Kind kind = Kind::kChanged;
  Position at;
  std::string rule;  // as the file calls it; empty: none
  std::string what;
};

struct Imported {
  std::vector<Rule> rules;        // each passes its own examples
  std::vector<AllowEntry> allow;  // for logspill.toml
  std::vector<ImportNote> notes;  // in the order of the file
  std::size_t seen = 0;           // rules in the file
};

// `name` is the file's, for the source of each rule.
Imported ImportRules(const std::string& name, const ForeignFile& file);

}  // namespace logspill
