#include "scanner/identity/allowlist.h"

#include <fnmatch.h>
#include <re2/re2.h>

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
         entry.field.empty() && entry.path.empty() && entry.pattern.empty() &&
         entry.fingerprint.empty();
}

bool Agrees(std::string_view wanted, std::string_view given) {
  return wanted.empty() || wanted == given;
}

}  // namespace

struct Allowlist::Impl {
  struct Compiled {
    AllowEntry entry;
    std::unique_ptr<RE2> pattern;  // null: any value
  };

  std::vector<Compiled> entries;
  std::vector<std::string> expired;
  bool needs_fingerprint = false;
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
                   "the entry names no rule, class, site, field, path, "
                   "pattern or fingerprint and would allow everything"};
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
    compiled.entry = std::move(entry);
    list.impl_->entries.push_back(std::move(compiled));
  }
  return list;
}

bool Allowlist::empty() const { return impl_->entries.empty(); }
bool Allowlist::needs_fingerprint() const { return impl_->needs_fingerprint; }
const std::vector<std::string>& Allowlist::expired() const {
  return impl_->expired;
}

const AllowEntry* Allowlist::Match(const AllowQuery& query) const {
  for (const Impl::Compiled& compiled : impl_->entries) {
    const AllowEntry& entry = compiled.entry;
    if (Agrees(entry.rule, query.rule) &&
        Agrees(entry.class_name, query.class_name) &&
        Agrees(entry.site, query.site) && Agrees(entry.field, query.field) &&
        Agrees(entry.fingerprint, query.fingerprint) &&
        MatchesPath(entry.path, query.path) &&
        MatchesValue(compiled.pattern.get(), query.value)) {
      return &entry;
    }
  }
  return nullptr;
}

}  // namespace logspill
