// From what stands around a value to whose identity it carries.
//
// Evidence at one occurrence makes an Identity; the IdentityTable of a run joins
// the identities of all occurrences of one value (see finding/aggregator.h).
//
// Lifetime:  the classifier refers to a SubjectTable that outlives it.
// Threads:   const after construction.
// Cost:      O(names and words given); no allocation.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "scanner/identity/subjects.h"
#include "scanner/record/context.h"
#include "scanner/rule/rule.h"

namespace logspill {

// How strong the evidence for a subject is.
enum class Strength : std::uint8_t {
  kNone,
  kWords,      // a word before the value
  kRoute,      // a collection segment before it in a URL path: /consumers/<value>
  kKey,        // key, column, parameter, or the argument of the call site's hole
  kInventory,  // the value is known
};

// Where the evidence stood; with `strength` it makes the printed reason.
enum class EvidenceSource : std::uint8_t {
  kNothing,
  kWord,
  kName,        // relation says which kind of name
  kArgument,    // argument of a call site's hole
  kRoutePath,
  kRuleItself,  // the rule's own class
  kElsewhere,   // another occurrence of the same value
};

struct Identity {
  SubjectId subject = kNoSubject;
  Strength strength = Strength::kNone;
  EvidenceSource source = EvidenceSource::kNothing;
  Relation relation = Relation::kNone;

  // The evidence that decides: a person's subject beats an operational one, then
  // the stronger, then the smaller subject id.  Commutative and associative, so
  // that the order of occurrences never changes the outcome.
  static Identity Join(const Identity& a, const Identity& b,
                       const SubjectTable& subjects);
};

class Classifier {
 public:
  explicit Classifier(const SubjectTable* subjects) : subjects_(subjects) {}

  const SubjectTable& subjects() const { return *subjects_; }

  // Evidence of the name that holds the value and of the words before it (nearest
  // first).
  Identity FromContext(const NamedBy& named,
                       std::span<const std::string_view> words) const;

  // Evidence of an argument expression in source code: "consumer.uuid".
  Identity FromArgument(std::string_view expression) const;

  // "consumer_uuid", "request_id", "email": the class of a rule's value.
  std::string ClassName(const Rule& rule, SubjectId subject) const;
  Severity SeverityOf(const Rule& rule, SubjectId subject) const;
  // 0..1, two decimals.
  double ConfidenceOf(const Rule& rule, const Identity& identity) const;
  // "word 'consumer' before the value", "key 'consumer' holds the value".
  std::string Reason(const Identity& identity) const;

 private:
  const SubjectTable* subjects_;
};

}  // namespace logspill
