// The oracle: what scanner/match/matcher.h promises, written as plainly as it
// can be, with another regex library, one rule at a time, one record after the
// other. It shares no matching code with the engine; of the engine it uses the
// rules, which are data, and the validators, which are pure functions of a
// value.
//
// Lifetime:  refers to a RuleSet that outlives it.
// Threads:   not thread-safe.
// Errors:    a pattern that does not compile is an Error that names the rule.
// Cost:      rules x bytes, and more; for tests only.
// Units:     spans are in bytes of the text given to Scan().

#pragma once

#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/base/span.h"
#include "scanner/rule/rule.h"
#include "scanner/verify/validators.h"

namespace logspill::naive {

struct NaiveMatch {
  const Rule* rule = nullptr;
  Span value;
  Span redact;
  Verdict verdict = Verdict::kAccept;
  bool decoded = false;

  friend bool operator==(const NaiveMatch&, const NaiveMatch&) = default;
};

// "id.uuid [12,48) redact [12,48) accept"
std::ostream& operator<<(std::ostream& out, const NaiveMatch& match);

class NaiveScanner {
 public:
  static Result<NaiveScanner> Create(const RuleSet* rules);

  NaiveScanner(NaiveScanner&&) noexcept;
  NaiveScanner& operator=(NaiveScanner&&) noexcept;
  ~NaiveScanner();

  // All matches of `text`, ordered by where their values begin.
  std::vector<NaiveMatch> Scan(std::string_view text) const;

 private:
  struct Impl;
  explicit NaiveScanner(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace logspill::naive
