// Subjects: whom or what an identifier stands for, and which words say so.
// Data, from patterns/subjects.toml and the user's configuration.
//
// Threads:   const after loading.
// Cost:      O(name), 20-100 ns, no allocation; names are looked at to 64
// bytes.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scanner/base/severity.h"

namespace logspill {

using SubjectId = std::uint16_t;
inline constexpr SubjectId kNoSubject = 0;

struct Subject {
  std::string name;  // "consumer"; subjects[0] is "no subject"
  std::vector<std::string>
      words;               // lower case, singular: "consumer"; "end_user"
  std::string class_name;  // empty: "<name>_<kind's suffix>"
  Severity severity = Severity::kMedium;
  bool operational = false;  // request, trace, instance: yields to a person
};

class SubjectTable {
 public:
  SubjectTable();  // only "no subject"
  // "No subject" is put in front; a word that two subjects have is the
  // latter's, so that a user's file overrides.
  explicit SubjectTable(std::vector<Subject> subjects);

  const Subject& at(SubjectId id) const { return subjects_[id]; }
  std::size_t size() const { return subjects_.size(); }

  // The subject that a word (any case, singular or plural) names, or
  // kNoSubject.
  SubjectId OfWord(std::string_view word) const;

  // The subject that two neighbouring words name together: "resource",
  // "provider".
  SubjectId OfPhrase(std::string_view first, std::string_view second) const;

  // The subject that a compound name holds: "consumer_uuid", "userId",
  // "X-Request-Id", "consumer.uuid".  Of dotted parts the last that names one
  // wins; inside a part the last word, except that a person beats an
  // operational word.  An operational word counts only where nothing but "id"
  // and the like follows it: "request_path" holds no id of a request.
  // kNoSubject where none does.
  SubjectId OfName(std::string_view name) const;

  // True for words that say only that a value is an id: "uuid", "Id", "number".
  static bool IsIdWord(std::string_view word);

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  class Parts;
  void AddWord(const std::string& word, SubjectId id);
  SubjectId Exactly(std::string_view lower) const;
  SubjectId Find(std::string_view lower) const;
  SubjectId OfPart(std::string_view part, bool* only_id_words_behind) const;

  std::vector<Subject> subjects_;
  std::unordered_map<std::string, SubjectId, Hash, std::equal_to<>> by_word_;
  // For each first byte (low five bits) the lengths that its words have: most
  // words of a log are none of ours, and this says so without a hash.
  std::array<std::uint64_t, 32> lengths_{};
  // The same of the last parts of words like "end_user".
  std::array<std::uint64_t, 32> tails_{};
};

}  // namespace logspill
