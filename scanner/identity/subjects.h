// Subjects: whom or what an identifier stands for, and which words say so.  Data,
// from patterns/subjects.toml and the user's configuration.
//
// Threads:   const after loading.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scanner/base/severity.h"

namespace logspill {

using SubjectId = std::uint16_t;
inline constexpr SubjectId kNoSubject = 0;

struct Subject {
  std::string name;                // "consumer"; subjects[0] is "no subject"
  std::vector<std::string> words;  // lower case, singular: "consumer"; "end_user"
  std::string class_name;          // empty: "<name>_<kind's suffix>"
  Severity severity = Severity::kMedium;
  bool operational = false;        // request, trace, instance: yields to a person
};

class SubjectTable {
 public:
  SubjectTable();  // only "no subject"
  explicit SubjectTable(std::vector<Subject> subjects);

  const Subject& at(SubjectId id) const { return subjects_[id]; }
  std::size_t size() const { return subjects_.size(); }

  // The subject that a word (any case, singular or plural) names, or kNoSubject.
  SubjectId OfWord(std::string_view word) const;

  // The subject that a compound name holds: "consumer_uuid", "userId",
  // "X-Request-Id", "consumer.uuid".  The last subject word wins, except that a
  // person beats an operational word.  kNoSubject where none does.
  SubjectId OfName(std::string_view name) const;

 private:
  std::vector<Subject> subjects_;
  std::unordered_map<std::string, SubjectId> by_word_;
};

}  // namespace logspill
