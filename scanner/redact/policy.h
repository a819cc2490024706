// What is done with a value, by rule, identity class and kind.
//
// Lifetime:  a PolicyTable refers to nothing.
// Threads:   const after Create(); safe from any thread.
// Cost:      For() is a table look-up.
// Errors:    a name that no rule has, or a policy that does not parse, is an
//            Error with the place where it was written.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/base/severity.h"
#include "scanner/identity/classifier.h"
#include "scanner/rule/rule.h"
#include "scanner/verify/validators.h"

namespace logspill {

enum class Action : std::uint8_t {
  kKeep,        // leave the value as it stands
  kMask,        // [uuid]
  kDrop,        // nothing; where a JSON number stood, null
  kDropRecord,  // a stand-in for the whole record
  kKeepFirst,   // [iban:GB82*]
  kKeepLast,    // [card:*1111]
  kLength,      // [uuid******], as long as the value
  kPseudonym,   // [uuid:3f2a.9b1c04d2e7a85516c3f0]
  kMailDomain,  // [email:@example.com]; other kinds are masked
  kIpNetwork,   // [ipv4:192.0.2.0/24], [ipv6:2001:db8::/48]; likewise
};
inline constexpr std::size_t kActionCount =
    static_cast<std::size_t>(Action::kIpNetwork) + 1;

struct Policy {
  Action action = Action::kMask;
  std::uint32_t count = 0;  // of kKeepFirst and kKeepLast: characters

  friend bool operator==(const Policy&, const Policy&) = default;
};

// "mask", "keep-last:4"; nullopt for what is no policy.
std::optional<Policy> ParsePolicy(std::string_view text);
std::string_view Name(Action action);
// For messages: "keep, mask, ..., keep-first:N".
const std::vector<std::string>& PolicyNames();

struct PolicyEntry {
  std::string name;  // of a rule, class or kind
  Policy policy;
  std::string origin;  // "logspill.toml:14"
};

struct PolicySettings {
  Policy otherwise;  // where nothing else is said
  // Values below it stay, unless an entry names them.
  Severity min_severity = Severity::kLow;
  // The rule's entry decides, then the class's, the kind's, the rule's own
  // `redact` field, `otherwise`.
  std::vector<PolicyEntry> rules;
  std::vector<PolicyEntry> classes;
  std::vector<PolicyEntry> kinds;
};

class PolicyTable {
 public:
  static Result<PolicyTable> Create(const PolicySettings& settings,
                                    const RuleSet& rules,
                                    const Classifier& classifier);

  // `value` is decoded; it matters only where the verdict is kPlaceholder.
  Policy For(const Rule& rule, SubjectId subject, Verdict verdict,
             std::string_view value) const;

  // True where it matters whose a value of the rule is.
  bool NeedsSubject(const Rule& rule) const {
    return !rows_[rule.index].by_subject.empty();
  }
  // Of the rule's values; of a subject's the severity may differ.
  Severity SeverityOf(const Rule& rule) const {
    return rows_[rule.index].otherwise.severity;
  }

 private:
  struct Cell {
    Policy policy;
    Severity severity = Severity::kInfo;
    bool named = false;  // by an entry: severity does not matter
    friend bool operator==(const Cell&, const Cell&) = default;
  };
  struct Row {
    Cell otherwise;
    std::vector<Cell> by_subject;  // empty: all alike
  };

  Severity min_severity_ = Severity::kLow;
  std::vector<Row> rows_;  // by rule
};

}  // namespace logspill
