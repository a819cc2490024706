// The values of whole records, and what is to be done with each.
//
// Lifetime:  refers to rules, classifier, policies and key, which outlive it.
// Threads:   not thread-safe; each thread has its own.
// Cost:      a scan of the text; whose a value is is looked at only where a
//            policy depends on it.
// Units:     spans are in bytes of the text given to Find().

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/key.h"
#include "scanner/identity/classifier.h"
#include "scanner/match/matcher.h"
#include "scanner/record/context.h"
#include "scanner/redact/policy.h"

namespace logspill {

struct FoundValue {
  Match match;
  bool lost = false;         // overlaps a match that won
  std::uint32_t record = 0;  // where its record begins
  std::uint64_t hash = 0;    // 0: whose it is does not matter
  Identity local;            // by its own occurrence
  Identity prior;            // by records before; set by the caller
  Policy policy;             // set by Decide()

  bool stays() const { return policy.action == Action::kKeep; }
  // What is replaced: a winner covers those that lost against it.
  Span span() const { return lost ? match.value : match.redact; }
};

class ValueSearch {
 public:
  ValueSearch(const RuleDatabase* rules, const Classifier* classifier,
              const PolicyTable* policies, const Key* key, bool base64);
  ~ValueSearch();

  // Appends the values of `text` in order; returns how many newlines it holds.
  // `one_record`: the text is a window of one record.
  std::uint64_t Find(std::string_view text, bool one_record,
                     std::vector<FoundValue>* values);

  // Joins what the values of one record say of each other with what was known
  // before, and settles what is done with each.  Leaves in `local` what is
  // known of a value now.
  void Decide(std::string_view text, std::span<FoundValue> values);

  const SubjectTable& subjects() const { return classifier_->subjects(); }

 private:
  void Describe(std::string_view text, FoundValue* value);
  void Join(std::span<FoundValue> values) const;

  const Classifier* classifier_;
  const PolicyTable* policies_;
  const Key* key_;
  Matcher matcher_;
  Context names_;
  std::vector<bool> folds_case_;  // of each rule
  std::vector<Match> matches_;
  std::vector<Match> lost_;
  std::string value_;  // decoded, of the match at hand; wiped behind it
  std::string lower_;  // likewise
};

}  // namespace logspill
