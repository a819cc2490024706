// A rule's own proof: runs its examples by the definition of a match (see
// scanner/match/matcher.h), with RE2 alone and without the engine.
//
// Threads:   pure functions.
// Cost:      compiles the pattern at each call.

#pragma once

#include <re2/re2.h>

#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/span.h"
#include "scanner/rule/rule.h"
#include "scanner/verify/validators.h"

namespace logspill {

// How every rule's pattern is compiled: on bytes.
RE2::Options RuleRegexOptions();

struct PlainMatch {
  Span value;
  Verdict verdict = Verdict::kAccept;
};

// A rule ready to be tried on texts.
class PlainRule {
 public:
  // REQUIRES: `rule` outlives it and its pattern is valid.
  explicit PlainRule(const Rule* rule);

  const Rule& rule() const { return *rule_; }

  // The rule's matches in one record, or in a text with a region in it.
  std::vector<PlainMatch> Find(std::string_view text) const;
  // True where the pattern matches, whatever the validator and the words say.
  bool PatternMatches(std::string_view text) const;

 private:
  std::vector<PlainMatch> FindRegions(std::string_view text) const;
  bool NearWord(std::string_view text, std::size_t begin) const;
  Verdict Judge(std::string_view value) const;

  const Rule* rule_;
  RE2 regex_;
  int value_group_ = 0;
};

// What the rule's examples show to be wrong: "match[1]: nothing was found".
std::vector<std::string> TestExamples(const Rule& rule);

}  // namespace logspill
