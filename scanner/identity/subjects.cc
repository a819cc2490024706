#include "scanner/identity/subjects.h"

#include <algorithm>
#include <array>
#include <utility>

namespace logspill {
namespace {

constexpr std::size_t kMaxBytes = 64;  // of a name
constexpr std::size_t kMaxWords = 12;  // of a part of it

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
char ToLower(char c) { return IsUpper(c) ? static_cast<char>(c + 32) : c; }

// A short lower-case copy on the stack.
class Lower {
 public:
  Lower() = default;
  explicit Lower(std::string_view text) { Append(text); }
  void Append(std::string_view text) {
    for (const char c : text.substr(0, kMaxBytes - size_)) {
      bytes_[size_++] = ToLower(c);
    }
  }
  std::string_view view() const { return {bytes_.data(), size_}; }

 private:
  std::array<char, kMaxBytes> bytes_;
  std::size_t size_ = 0;
};

// "consumer", "Consumer", "CONSUMER": one word, whatever its case.
bool IsOneWord(std::string_view name) {
  if (name.size() < 2 || name.size() >= kMaxBytes) return false;
  const bool shouted = IsUpper(name[1]);
  if (shouted && !IsUpper(name[0])) return false;
  if (!IsUpper(name[0]) && !IsLower(name[0])) return false;
  for (const char c : name.substr(1)) {
    if (shouted ? !IsUpper(c) : !IsLower(c)) return false;
  }
  return true;
}

// Of the tables of lengths: by the first letter, whatever its case.
std::size_t SlotOf(std::string_view word) {
  return static_cast<unsigned char>(word[0]) & 31;
}

// Behind which a name may be glued: "userid", "consumeruuid".
constexpr std::array<std::string_view, 7> kSuffixes = {
    "uuids", "uuid", "guid", "ids", "id", "no", "nr"};

}  // namespace

// The words of one part of a name: camelCase, snake_case, kebab-case.
class SubjectTable::Parts {
 public:
  explicit Parts(std::string_view part) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= part.size() && size_ < kMaxWords; ++i) {
      const bool end = i == part.size();
      const bool separator =
          !end && !IsLower(part[i]) && !IsUpper(part[i]) && !IsDigit(part[i]);
      if (end || separator || StartsWord(part, i)) {
        if (i > begin) words_[size_++] = part.substr(begin, i - begin);
        begin = separator ? i + 1 : i;
      }
    }
  }

  std::size_t size() const { return size_; }
  std::string_view operator[](std::size_t i) const { return words_[i]; }

 private:
  // "userId" at 'I', "HTTPRequest" at 'R', "uuid1" at '1'.
  static bool StartsWord(std::string_view part, std::size_t i) {
    if (i == 0) return false;
    const char c = part[i];
    const char before = part[i - 1];
    if (IsDigit(c)) return !IsDigit(before);
    if (IsDigit(before)) return true;
    if (!IsUpper(c)) return false;
    return IsLower(before) || (i + 1 < part.size() && IsLower(part[i + 1]));
  }

  std::array<std::string_view, kMaxWords> words_;
  std::size_t size_ = 0;
};

SubjectTable::SubjectTable() : subjects_(1) {}

SubjectTable::SubjectTable(std::vector<Subject> subjects) : SubjectTable() {
  for (Subject& subject : subjects) {
    const auto id = static_cast<SubjectId>(subjects_.size());
    AddWord(subject.name, id);
    for (const std::string& word : subject.words) AddWord(word, id);
    subjects_.push_back(std::move(subject));
  }
}

bool SubjectTable::IsIdWord(std::string_view word) {
  static constexpr std::array<std::string_view, 22> kWords = {
      "guid",       "hash", "header", "hex",  "id",     "ident",
      "identifier", "ids",  "key",    "no",   "nr",     "num",
      "number",     "of",   "ref",    "str",  "string", "uid",
      "urn",        "uuid", "uuids",  "value"};
  constexpr std::size_t kLongest = 10;
  if (word.empty() || word.size() > kLongest) return false;
  if (std::all_of(word.begin(), word.end(), IsDigit)) return true;
  const Lower lower(word);
  return std::binary_search(kWords.begin(), kWords.end(), lower.view());
}

void SubjectTable::AddWord(const std::string& word, SubjectId id) {
  if (word.empty() || word.size() >= kMaxBytes) return;
  by_word_.insert_or_assign(word, id);
  lengths_[SlotOf(word)] |= std::uint64_t{1} << word.size();
  const std::size_t under = word.find_last_of('_');
  if (under == std::string::npos || under + 1 == word.size()) return;
  const std::string_view tail = std::string_view(word).substr(under + 1);
  // Plurals are looked for too: one or two bytes longer, "ies" for "y".
  tails_[SlotOf(tail)] |= std::uint64_t{15} << tail.size();
}

SubjectId SubjectTable::Exactly(std::string_view lower) const {
  if (lower.empty() || lower.size() >= kMaxBytes) return kNoSubject;
  if ((lengths_[SlotOf(lower)] >> lower.size() & 1) == 0) return kNoSubject;
  const auto found = by_word_.find(lower);
  return found == by_word_.end() ? kNoSubject : found->second;
}

// Singular first, then the plural's forms.
SubjectId SubjectTable::Find(std::string_view lower) const {
  if (const SubjectId id = Exactly(lower); id != kNoSubject) return id;
  if (lower.size() < 3 || lower.back() != 's') return kNoSubject;
  lower.remove_suffix(1);
  if (lower.ends_with('\'')) lower.remove_suffix(1);
  if (const SubjectId id = Exactly(lower); id != kNoSubject) return id;
  if (lower.ends_with("ie")) {
    Lower singular(lower.substr(0, lower.size() - 2));
    singular.Append("y");
    return Exactly(singular.view());
  }
  return lower.ends_with('e') ? Exactly(lower.substr(0, lower.size() - 1))
                              : kNoSubject;
}

SubjectId SubjectTable::OfWord(std::string_view word) const {
  if (word.empty() || word.size() > kMaxBytes) return kNoSubject;
  const Lower copy(word);
  const std::string_view lower = copy.view();
  if (const SubjectId id = Find(lower); id != kNoSubject) return id;
  for (const std::string_view suffix : kSuffixes) {
    if (lower.size() > suffix.size() + 1 && lower.ends_with(suffix)) {
      return Find(lower.substr(0, lower.size() - suffix.size()));
    }
  }
  return kNoSubject;
}

SubjectId SubjectTable::OfPhrase(std::string_view first,
                                 std::string_view second) const {
  if (second.empty() || first.size() + second.size() >= kMaxBytes ||
      (tails_[SlotOf(second)] >> second.size() & 1) == 0) {
    return kNoSubject;
  }
  Lower phrase(first);
  phrase.Append("_");
  phrase.Append(second);
  return Find(phrase.view());
}

// `only_id_words_behind` says whether nothing but id words followed the part,
// and then whether nothing else follows what stands before it.
SubjectId SubjectTable::OfPart(std::string_view part,
                               bool* only_id_words_behind) const {
  const Parts words(part);
  SubjectId operational = kNoSubject;
  for (std::size_t i = words.size(); i > 0; --i) {
    SubjectId id = kNoSubject;
    bool phrase = false;
    if (i >= 2) {
      id = OfPhrase(words[i - 2], words[i - 1]);
      phrase = id != kNoSubject;
    }
    if (!phrase) id = OfWord(words[i - 1]);
    if (id != kNoSubject && !at(id).operational) return id;
    if (id != kNoSubject && operational == kNoSubject &&
        *only_id_words_behind) {
      operational = id;
    }
    if (*only_id_words_behind && !IsIdWord(words[i - 1])) {
      *only_id_words_behind = false;
    }
    if (phrase) --i;
  }
  return operational;
}

SubjectId SubjectTable::OfName(std::string_view name) const {
  if (name.size() > kMaxBytes) name.remove_prefix(name.size() - kMaxBytes);
  if (IsOneWord(name)) return OfWord(name);
  bool only_id_words_behind = true;
  for (std::size_t end = name.size(); end > 0;) {
    std::size_t begin = end;
    const auto is_part = [&](char c) {
      return IsLower(c) || IsUpper(c) || IsDigit(c) || c == '_' || c == '-' ||
             c == ' ';
    };
    while (begin > 0 && is_part(name[begin - 1])) --begin;
    if (begin < end) {
      const SubjectId id =
          OfPart(name.substr(begin, end - begin), &only_id_words_behind);
      if (id != kNoSubject) return id;
      end = begin;
    } else {
      --end;
    }
  }
  return kNoSubject;
}

}  // namespace logspill
