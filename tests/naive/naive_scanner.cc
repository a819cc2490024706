#include "tests/naive/naive_scanner.h"

#include <algorithm>
#include <optional>
#include <ostream>
#include <tuple>

#include "tests/naive/naive_decoder.h"
#include "tests/naive/naive_pattern.h"

namespace logspill::naive {
namespace {

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string Lower(std::string_view text) {
  std::string lower;
  for (const char c : text) lower += Lower(c);
  return lower;
}

// A match with what its rank depends on.
struct Candidate {
  NaiveMatch match;
  Span decoded_value;  // in the decoded text, where match.decoded
};

bool HasNearWord(const Rule& rule, std::string_view text, Span value) {
  const std::size_t from =
      value.begin > kNearBytes ? value.begin - kNearBytes : std::size_t{0};
  const std::string before = Lower(text.substr(from, value.begin - from));
  return std::any_of(rule.near.begin(), rule.near.end(),
                     [&before](const std::string& word) {
                       return before.find(Lower(word)) != std::string::npos;
                     });
}

Verdict Judge(const Rule& rule, std::string_view value) {
  Verdict verdict = Verdict::kAccept;
  if (!rule.validator.empty()) {
    const Validator* validator = FindValidator(rule.validator);
    if (validator != nullptr) verdict = validator->check(value).verdict;
  }
  if (verdict != Verdict::kReject && IsPlaceholder(value)) {
    return Verdict::kPlaceholder;
  }
  return verdict;
}

std::vector<NaiveMatch> MatchesIn(const Rule& rule, const NaivePattern& pattern,
                                  std::string_view text) {
  std::vector<NaiveMatch> matches;
  for (std::size_t from = 0; from <= text.size();) {
    const auto found = pattern.Find(text, from);
    if (!found) break;
    Verdict verdict = Verdict::kReject;
    const bool too_long = found->whole.size() > rule.max_bytes;
    if (!too_long && !found->value.empty() &&
        (!rule.near_required || HasNearWord(rule, text, found->value))) {
      verdict = Judge(rule, found->value.Of(text));
    }
    if (verdict == Verdict::kReject) {
      from = found->whole.begin + 1;
      continue;
    }
    matches.push_back({&rule, found->value, found->value, verdict, false});
    from = found->whole.end;
  }
  return matches;
}

// The rule's matches in the record as it stands and decoded.
std::vector<NaiveMatch> MatchesInRecord(const Rule& rule,
                                        const NaivePattern& pattern,
                                        std::string_view record,
                                        const Decoded& decoded) {
  std::vector<NaiveMatch> raw = MatchesIn(rule, pattern, record);
  if (!decoded.changed) return raw;
  std::vector<NaiveMatch> matches = MatchesIn(rule, pattern, decoded.text);
  for (NaiveMatch& match : matches) {
    const Span value{decoded.raw[match.value.begin].begin,
                     decoded.raw[match.value.end - 1].end};
    match.decoded = match.value.Of(decoded.text) != value.Of(record);
    match.value = match.redact = value;
  }
  const std::size_t decoded_matches = matches.size();
  for (const NaiveMatch& match : raw) {
    const bool replaced = std::any_of(
        matches.begin(),
        matches.begin() + static_cast<std::ptrdiff_t>(decoded_matches),
        [&match](const NaiveMatch& other) {
          return other.value.Overlaps(match.value);
        });
    if (!replaced) matches.push_back(match);
  }
  return matches;
}

std::size_t LineEnd(std::string_view text, std::size_t at) {
  return std::min(text.find('\n', at), text.size());
}

std::vector<NaiveMatch> Regions(const Rule& rule, std::string_view text) {
  std::vector<NaiveMatch> matches;
  for (std::size_t from = 0;;) {
    const std::size_t begin = text.find(rule.region.begin, from);
    if (begin == std::string_view::npos) return matches;
    std::size_t cap = LineEnd(text, begin);
    for (std::uint32_t line = 1; line < rule.region.max_lines; ++line) {
      if (cap == text.size()) break;
      cap = LineEnd(text, cap + 1);
    }
    std::size_t end =
        text.find(rule.region.end, begin + rule.region.begin.size());
    if (end == std::string_view::npos || end + rule.region.end.size() > cap) {
      end = cap;
    } else {
      end = LineEnd(text, end);
    }
    const Span value{static_cast<std::uint32_t>(begin),
                     static_cast<std::uint32_t>(end)};
    const Verdict verdict = Judge(rule, value.Of(text));
    if (verdict == Verdict::kReject) {
      from = begin + 1;
      continue;
    }
    matches.push_back({&rule, value, value, verdict, false});
    from = end;
  }
}

bool Beats(const NaiveMatch& a, const NaiveMatch& b) {
  const auto key = [](const NaiveMatch& match) {
    const int rank = match.verdict == Verdict::kLower
                         ? -1
                         : static_cast<int>(match.rule->rank);
    return std::tuple(-rank, -static_cast<std::int64_t>(match.value.size()),
                      match.value.begin, std::string_view(match.rule->id));
  };
  return key(a) < key(b);
}

std::vector<NaiveMatch> Resolve(std::vector<NaiveMatch> matches) {
  std::stable_sort(matches.begin(), matches.end(), Beats);
  std::vector<NaiveMatch> winners;
  for (const NaiveMatch& match : matches) {
    bool lost = false;
    for (NaiveMatch& winner : winners) {
      if (!winner.value.Overlaps(match.value)) continue;
      winner.redact.begin = std::min(winner.redact.begin, match.value.begin);
      winner.redact.end = std::max(winner.redact.end, match.value.end);
      lost = true;
    }
    if (!lost) winners.push_back(match);
  }
  std::sort(winners.begin(), winners.end(),
            [](const NaiveMatch& a, const NaiveMatch& b) {
              return a.value.begin < b.value.begin;
            });
  return winners;
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const NaiveMatch& match) {
  static constexpr const char* kVerdicts[] = {"accept", "reject", "lower",
                                              "placeholder"};
  return out << match.rule->id << " [" << match.value.begin << ","
             << match.value.end << ") redact [" << match.redact.begin << ","
             << match.redact.end << ") "
             << kVerdicts[static_cast<std::size_t>(match.verdict)]
             << (match.decoded ? " decoded" : "");
}

struct NaiveScanner::Impl {
  const RuleSet* rules;
  std::vector<std::optional<NaivePattern>> patterns;  // none: a region
};

NaiveScanner::NaiveScanner(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl)) {}
NaiveScanner::NaiveScanner(NaiveScanner&&) noexcept = default;
NaiveScanner& NaiveScanner::operator=(NaiveScanner&&) noexcept = default;
NaiveScanner::~NaiveScanner() = default;

Result<NaiveScanner> NaiveScanner::Create(const RuleSet* rules) {
  auto impl = std::make_unique<Impl>();
  impl->rules = rules;
  for (const Rule& rule : rules->rules) {
    if (rule.is_region()) {
      impl->patterns.emplace_back();
      continue;
    }
    Result<NaivePattern> pattern = NaivePattern::Compile(rule.pattern);
    if (!pattern) {
      return Error{rule.id + ": " + rule.pattern + ": " +
                   pattern.error().message};
    }
    impl->patterns.emplace_back(std::move(*pattern));
  }
  return NaiveScanner(std::move(impl));
}

std::vector<NaiveMatch> NaiveScanner::Scan(std::string_view text) const {
  std::vector<NaiveMatch> all;
  for (std::size_t i = 0; i < impl_->patterns.size(); ++i) {
    if (impl_->patterns[i]) continue;
    const auto regions = Regions(impl_->rules->rules[i], text);
    all.insert(all.end(), regions.begin(), regions.end());
  }
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = LineEnd(text, begin);
    const std::string_view record = text.substr(begin, end - begin);
    const Decoded decoded = Decode(record);
    for (std::size_t i = 0; i < impl_->patterns.size(); ++i) {
      if (!impl_->patterns[i]) continue;
      for (NaiveMatch match : MatchesInRecord(
               impl_->rules->rules[i], *impl_->patterns[i], record, decoded)) {
        match.value.begin += static_cast<std::uint32_t>(begin);
        match.value.end += static_cast<std::uint32_t>(begin);
        match.redact = match.value;
        all.push_back(match);
      }
    }
    begin = end + 1;
  }
  return Resolve(std::move(all));
}

}  // namespace logspill::naive
