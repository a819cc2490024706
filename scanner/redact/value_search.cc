#include "scanner/redact/value_search.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <tuple>
#include <unordered_map>

#include "scanner/rule/value_form.h"

namespace logspill {
namespace {

constexpr std::size_t kFewValues = 16;  // of a record: compared each with each
constexpr std::size_t kMostAround = 8;  // winners that may hold one that lost

std::size_t RecordBegin(std::string_view text, std::size_t at) {
  const void* newline = memrchr(text.data(), '\n', at);
  return newline == nullptr
             ? 0
             : static_cast<std::size_t>(static_cast<const char*>(newline) -
                                        text.data()) +
                   1;
}

bool ByPlace(const Match& a, const Match& b) {
  return std::tuple(a.value.begin, a.value.end, a.rule->index) <
         std::tuple(b.value.begin, b.value.end, b.rule->index);
}

// True where what lost at `index` stands in a value that stays: a part of a
// request's id is nothing of its own.
bool StandsInKept(std::span<const FoundValue> values, std::size_t index) {
  const Span& inner = values[index].match.value;
  std::size_t winners = 0;
  for (std::size_t i = index + 1; i-- > 0 && winners < kMostAround;) {
    const FoundValue& other = values[i];
    if (other.lost) continue;
    ++winners;
    if (other.stays() && other.match.value.Contains(inner)) return true;
  }
  return index + 1 < values.size() && !values[index + 1].lost &&
         values[index + 1].stays() &&
         values[index + 1].match.value.Contains(inner);
}

}  // namespace

ValueSearch::ValueSearch(const RuleDatabase* rules,
                         const Classifier* classifier,
                         const PolicyTable* policies, const Key* key,
                         bool base64)
    : classifier_(classifier),
      policies_(policies),
      key_(key),
      matcher_(rules, {base64}) {
  for (const Rule& rule : rules->rules().rules) {
    folds_case_.push_back(FoldsCase(rule));
  }
}

ValueSearch::~ValueSearch() {
  Wipe(&value_);
  Wipe(&lower_);
}

std::uint64_t ValueSearch::Find(std::string_view text, bool one_record,
                                std::vector<FoundValue>* values) {
  matches_.clear();
  lost_.clear();
  const std::size_t first = values->size();
  const std::uint64_t newlines = matcher_.Scan(text, &matches_, &lost_);
  values->reserve(first + matches_.size() + lost_.size());
  std::sort(lost_.begin(), lost_.end(), ByPlace);
  std::size_t next_lost = 0;
  const auto add_lost = [&](std::uint32_t before) {
    while (next_lost < lost_.size() && lost_[next_lost].value.begin < before) {
      FoundValue& value = values->emplace_back();
      value.match = lost_[next_lost++];
      value.lost = true;
    }
  };
  for (const Match& match : matches_) {
    add_lost(match.value.begin);
    values->emplace_back().match = match;
  }
  add_lost(UINT32_MAX);
  std::size_t begin = 0;
  std::size_t end = 0;  // of the record at hand
  bool started = false;
  for (std::size_t i = first; i < values->size(); ++i) {
    FoundValue& value = (*values)[i];
    const std::size_t at = value.match.value.begin;
    if (!started || at >= end) {
      started = true;
      begin = one_record ? 0 : RecordBegin(text, at);
      end =
          one_record ? text.size() : std::min(text.find('\n', at), text.size());
      names_.Start(text.substr(begin, end - begin));
    }
    value.record = static_cast<std::uint32_t>(begin);
    if (policies_->NeedsSubject(*value.match.rule)) Describe(text, &value);
  }
  return newlines;
}

void ValueSearch::Describe(std::string_view text, FoundValue* value) {
  const Match& match = value->match;
  const Span in_record{match.value.begin - value->record,
                       match.value.end - value->record};
  value->local = classifier_->FromName(names_.Name(in_record));
  if (value->local.subject == kNoSubject) {
    std::array<std::string_view, Context::kMaxWords> words;
    const std::size_t count = names_.WordsBefore(in_record, &words);
    value->local = classifier_->FromWords(std::span(words).first(count));
  }
  if (!match.rule->joinable) return;
  std::string_view form = Matcher::Value(text, match, &value_);
  if (folds_case_[match.rule->index]) form = LowerForm(form, &lower_);
  value->hash = key_->Hash(form) | 1;
  if (!lower_.empty()) Wipe(&lower_);
  if (!value_.empty()) Wipe(&value_);
}

void ValueSearch::Join(std::span<FoundValue> values) const {
  const auto join = [&](const Identity& a, const Identity& b) {
    return Identity::Join(a, b, classifier_->subjects());
  };
  if (values.size() > kFewValues) {
    std::unordered_map<std::uint64_t, Identity> known;
    for (const FoundValue& value : values) {
      if (value.hash == 0) continue;
      Identity& held = known.try_emplace(value.hash).first->second;
      held = join(held, join(value.local, value.prior));
    }
    for (FoundValue& value : values) {
      if (value.hash != 0) value.local = known[value.hash];
    }
    return;
  }
  for (FoundValue& value : values) {
    if (value.hash != 0) value.local = join(value.local, value.prior);
  }
  for (FoundValue& value : values) {
    for (const FoundValue& other : values) {
      if (value.hash != 0 && value.hash == other.hash) {
        value.local = join(value.local, other.local);
      }
    }
  }
}

void ValueSearch::Decide(std::string_view text, std::span<FoundValue> values) {
  Join(values);
  for (FoundValue& value : values) {
    const Match& match = value.match;
    std::string_view decoded;
    if (match.verdict == Verdict::kPlaceholder) {
      decoded = Matcher::Value(text, match, &value_);
    }
    value.policy = policies_->For(*match.rule, value.local.subject,
                                  match.verdict, decoded);
    if (!value_.empty()) Wipe(&value_);
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i].lost && StandsInKept(values, i)) {
      values[i].policy = {Action::kKeep, 0};
    }
  }
}

}  // namespace logspill
