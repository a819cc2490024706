#include "scanner/identity/allowlist.h"

#include <fnmatch.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <utility>

namespace logspill {
namespace {

bool IsDate(std::string_view text) {
  static constexpr std::string_view kForm = "dddd-dd-dd";
  static constexpr std::array<int, 12> kDays = {31, 29, 31, 30, 31, 30,
                                                31, 31, 30, 31, 30, 31};
  if (text.size() != kForm.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kForm[i] == 'd' ? !digit : text[i] != kForm[i]) return false;
  }
  const int month = (text[5] - '0') * 10 + (text[6] - '0');
  const int day = (text[8] - '0') * 10 + (text[9] - '0');
  return month >= 1 && month <= 12 && day >= 1 &&
         day <= kDays[static_cast<std::size_t>(month - 1)];
}

bool NamesNothing(const AllowEntry& entry) {
  return entry.rule.empty() && entry.class_name.empty() && entry.site.empty() &&
         entry.argument.empty() && entry.field.empty() && entry.path.empty() &&
         entry.pattern.empty() && entry.fingerprint.empty();
}

// Only an occurrence can tell whether such an entry agrees.
bool IsOfOccurrence(const AllowEntry& entry) {
  return !entry.path.empty() || !entry.pattern.empty() ||
         !entry.fingerprint.empty();
}

bool Agrees(std::string_view wanted, std::string_view given) {
  return wanted.empty() || wanted == given;
}

}  // namespace

struct Allowlist::Impl {
  struct Compiled {
    AllowEntry entry;
    std::unique_ptr<RE2> pattern;  // null: any value
    AllowedClasses classes = 0;    // the bit of the class that it names
  };

  AllowedClasses BitOf(std::string_view class_name) const {
    if (class_name.empty()) return 1;
    const auto at = std::find(classes.begin(), classes.end(), class_name);
    if (at == classes.end()) return 0;
    return AllowedClasses{2} << (at - classes.begin());
  }

  std::vector<Compiled> places;       // of no occurrence
  std::vector<Compiled> occurrences;  // the others
  std::vector<std::string> classes;   // that they name
  std::vector<std::string> expired;
  bool needs_fingerprint = false;
  bool needs_field = false;
};

namespace {

bool MatchesPath(const std::string& glob, std::string_view path) {
  return glob.empty() ||
         fnmatch(glob.c_str(), std::string(path).c_str(), 0) == 0;
}

bool MatchesValue(const RE2* pattern, std::string_view value) {
  return pattern == nullptr ||
         RE2::FullMatch(re2::StringPiece(value.data(), value.size()), *pattern);
}

bool AgreesAt(const AllowEntry& entry, const AllowQuery& place) {
  return Agrees(entry.rule, place.rule) && Agrees(entry.site, place.site) &&
         Agrees(entry.argument, place.argument) &&
         Agrees(entry.field, place.field);
}

}  // namespace

Allowlist::Allowlist() : impl_(std::make_unique<Impl>()) {}
Allowlist::Allowlist(Allowlist&&) noexcept = default;
Allowlist& Allowlist::operator=(Allowlist&&) noexcept = default;
Allowlist::~Allowlist() = default;

Result<Allowlist> Allowlist::Create(std::vector<AllowEntry> entries,
                                    std::string_view today) {
  Allowlist list;
  if (!IsDate(today)) return Error{"today's date is no date like 2027-01-31"};
  for (AllowEntry& entry : entries) {
    const std::string at = entry.origin + ": ";
    if (entry.reason.empty()) {
      return Error{at + "the entry gives no reason; add reason = \"...\""};
    }
    if (NamesNothing(entry)) {
      return Error{at +
                   "the entry names no rule, class, site, argument, field, "
                   "path, pattern or fingerprint and would allow everything"};
    }
    if (!entry.until.empty() && !IsDate(entry.until)) {
      return Error{at + "'until' is no date like 2027-01-31"};
    }
    Impl::Compiled compiled;
    if (!entry.pattern.empty()) {
      RE2::Options options;
      options.set_log_errors(false);
      compiled.pattern = std::make_unique<RE2>(entry.pattern, options);
      if (!compiled.pattern->ok()) {
        return Error{at + "bad pattern: " + compiled.pattern->error()};
      }
    }
    if (!entry.until.empty() && entry.until < today) {
      list.impl_->expired.push_back(entry.origin);
      continue;
    }
    list.impl_->needs_fingerprint |= !entry.fingerprint.empty();
    list.impl_->needs_field |= !entry.field.empty();
    const bool of_occurrence = IsOfOccurrence(entry);
    compiled.entry = std::move(entry);
    (of_occurrence ? list.impl_->occurrences : list.impl_->places)
        .push_back(std::move(compiled));
  }
  return NumberClasses(std::move(list));
}

Result<Allowlist> Allowlist::NumberClasses(Allowlist list) {
  static constexpr std::size_t kMaxClasses = 63;
  std::vector<std::string>& classes = list.impl_->classes;
  for (Impl::Compiled& compiled : list.impl_->occurrences) {
    const AllowEntry& entry = compiled.entry;
    if (list.impl_->BitOf(entry.class_name) == 0) {
      if (classes.size() == kMaxClasses) {
        return Error{entry.origin +
                     ": entries with a path, pattern or fingerprint name more "
                     "than 63 classes; leave the class out here"};
      }
      classes.push_back(entry.class_name);
    }
    compiled.classes = list.impl_->BitOf(entry.class_name);
  }
  return list;
}

bool Allowlist::empty() const {
  return impl_->places.empty() && impl_->occurrences.empty();
}
bool Allowlist::needs_occurrence() const { return !impl_->occurrences.empty(); }
bool Allowlist::needs_fingerprint() const { return impl_->needs_fingerprint; }
bool Allowlist::needs_field() const { return impl_->needs_field; }
const std::vector<std::string>& Allowlist::expired() const {
  return impl_->expired;
}

AllowedClasses Allowlist::AllowedAt(const AllowQuery& occurrence) const {
  AllowedClasses allowed = 0;
  for (const Impl::Compiled& compiled : impl_->occurrences) {
    const AllowEntry& entry = compiled.entry;
    if ((allowed & compiled.classes) == 0 && AgreesAt(entry, occurrence) &&
        Agrees(entry.fingerprint, occurrence.fingerprint) &&
        MatchesPath(entry.path, occurrence.path) &&
        MatchesValue(compiled.pattern.get(), occurrence.value)) {
      allowed |= compiled.classes;
    }
  }
  return allowed;
}

bool Allowlist::Allows(AllowedClasses at, std::string_view class_name,
                       const AllowQuery& place) const {
  if ((at & (1 | impl_->BitOf(class_name))) != 0) return true;
  return std::any_of(impl_->places.begin(), impl_->places.end(),
                     [&](const Impl::Compiled& compiled) {
                       return AgreesAt(compiled.entry, place) &&
                              Agrees(compiled.entry.class_name, class_name);
                     });
}

}  // namespace logspill
