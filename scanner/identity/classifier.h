// From what stands around a value to whose identity it carries.
//
// Evidence at one occurrence makes an Identity; the IdentityTable of a run
// joins the identities of all occurrences of one value (see
// finding/aggregator.h).
//
// Lifetime:  the classifier refers to a SubjectTable that outlives it.
// Threads:   const after construction.
// Cost:      O(names and words given); no allocation.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "scanner/identity/route_table.h"
#include "scanner/identity/subjects.h"
#include "scanner/record/context.h"
#include "scanner/rule/rule.h"

namespace logspill {

// How strong the evidence for a subject is.
enum class Strength : std::uint8_t {
  kNone,
  kWords,    // a word before the value
  kSegment,  // a collection segment before it in a URL path: /consumers/<value>
  kRoute,    // the parameter of a route that the source declares
  kKey,      // key, column, parameter, or the argument of the call site's hole
  kInventory,  // the value is known
};

// Where the evidence stood; with `strength` it makes the printed reason.
enum class EvidenceSource : std::uint8_t {
  kNothing,
  kWord,
  kName,        // relation says which kind of name
  kArgument,    // argument of a call site's hole
  kRoutePath,   // a segment of a URL path
  kRoute,       // of Identity::route
  kRuleItself,  // the rule's own class
  kElsewhere,   // another occurrence of the same value
};

struct Identity {
  SubjectId subject = kNoSubject;
  Strength strength = Strength::kNone;
  EvidenceSource source = EvidenceSource::kNothing;
  Relation relation = Relation::kNone;
  std::uint32_t route = 0;  // of kRoute: 1 + its index in the RouteTable
  // Of kArgument, where it is known: the index of the call site, and its hole.
  // They name who proved it, and count for nothing but that.
  std::int32_t site = -1;
  std::int32_t hole = -1;

  friend bool operator==(const Identity&, const Identity&) = default;

  // The evidence that decides: a person's subject beats an operational one,
  // then the stronger, then the smaller subject id.  Commutative and
  // associative, so that the order of occurrences never changes the outcome.
  static Identity Join(const Identity& a, const Identity& b,
                       const SubjectTable& subjects);
};

class Classifier {
 public:
  explicit Classifier(const SubjectTable* subjects) : subjects_(subjects) {}
  // Before the first use; `routes` outlives the classifier.
  void set_routes(const RouteTable* routes) { routes_ = routes; }

  const SubjectTable& subjects() const { return *subjects_; }

  // Evidence of the name that holds the value and of the words before it
  // (nearest first).  A name that holds a subject decides, then what encloses
  // it, then words: the nearest subject, a person at most kMostBetween words
  // away and not behind a preposition, an operational one only where nothing
  // but "id" and the like stands between, because its low severity hides the
  // value.
  Identity FromContext(const NamedBy& named,
                       std::span<const std::string_view> words) const;
  // Its two halves, for callers that look for words only where no name decides.
  Identity FromName(const NamedBy& named) const;
  Identity FromWords(std::span<const std::string_view> words) const;

  // Evidence of the route that the path around the value belongs to; nothing
  // where no routes are known.
  Identity FromRoute(std::string_view record, Span value) const;

  // True where whose a value is decides its class: ids and mail addresses of
  // rules without a class of their own.
  static bool IsByEvidence(const Rule& rule);

  // Evidence of an argument expression in source code: "consumer.uuid",
  // "str(self.user['id'])".  What a call was given counts only where its own
  // name says nothing: "get_consumer(req)" is a consumer.
  Identity FromArgument(std::string_view expression) const;

  // The class of a rule's value:
  //   - the rule's own class where it has one;
  //   - an id (uuid, hex32, ulid, other-id ...): "consumer_uuid", "user_id", or
  //     the subject's own class ("request_id"); without a subject the kind;
  //   - a mail address: "email", or "customer_email"; an operational subject
  //     says nothing about whose address it is;
  //   - "ip" for both kinds of network address; otherwise the kind.
  std::string ClassName(const Rule& rule, SubjectId subject) const;
  // The subject's for ids.  Whatever is high or critical by its rule (mail,
  // card, token) stays so, whoever it belongs to; so do kinds that are no ids.
  Severity SeverityOf(const Rule& rule, SubjectId subject) const;
  // 0..1, two decimals.
  double ConfidenceOf(const Rule& rule, const Identity& identity) const;
  // "word 'consumer' before the value", "key 'consumer' holds the value".
  std::string Reason(const Identity& identity) const;

 private:
  // Words that may stand between a person's word and the value.
  static constexpr std::size_t kMostBetween = 3;

  const SubjectTable* subjects_;
  const RouteTable* routes_ = nullptr;
};

}  // namespace logspill
