#include "tests/naive/naive_scanner.h"

#include <algorithm>
#include <ostream>
#include <tuple>

#include "scanner/base/mark.h"
#include "tests/naive/naive_decoder.h"
#include "tests/naive/naive_pattern.h"

namespace logspill::naive {
namespace {

constexpr std::size_t kRegionBytes = 64 << 10;

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string Lower(std::string_view text) {
  std::string lower;
  for (const char c : text) lower += Lower(c);
  return lower;
}

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

Verdict JudgeIn(const Rule& rule, std::string_view text, Span value,
                const MarkKinds& marks) {
  if (value.empty()) return Verdict::kReject;
  if (rule.near_required && !HasNearWord(rule, text, value)) {
    return Verdict::kReject;
  }
  if (EntropyOf(value.Of(text)) < rule.min_entropy) return Verdict::kReject;
  if (LiesInMark(text, value, marks)) return Verdict::kReject;
  return Judge(rule, value.Of(text));
}

std::vector<NaiveMatch> MatchesIn(const Rule& rule, const NaivePattern& pattern,
                                  std::string_view text,
                                  const MarkKinds& marks) {
  std::vector<NaiveMatch> matches;
  for (std::size_t from = 0; from <= text.size();) {
    const auto found = pattern.Find(text, from, rule.max_bytes);
    if (!found) break;
    const Verdict verdict = JudgeIn(rule, text, found->value, marks);
    if (verdict == Verdict::kReject) {
      from = found->whole.begin + 1;
      continue;
    }
    matches.push_back({&rule, found->value, found->value, verdict, false});
    from = found->value.end;
  }
  return matches;
}

// A match in the decoded text of the record that begins at `record`.
NaiveMatch ToRaw(NaiveMatch match, const Decoded& decoded,
                 std::string_view text, std::size_t record) {
  const Span in_record{decoded.raw[match.value.begin].begin,
                       decoded.raw[match.value.end - 1].end};
  const auto at = static_cast<std::uint32_t>(record);
  const Span value{in_record.begin + at, in_record.end + at};
  match.decoded = match.value.Of(decoded.text) != value.Of(text);
  match.value = match.redact = value;
  return match;
}

void AddUnlessOverlapping(const std::vector<NaiveMatch>& matches,
                          const std::vector<NaiveMatch>& others,
                          std::vector<NaiveMatch>* out) {
  for (const NaiveMatch& match : matches) {
    const bool overlaps = std::any_of(
        others.begin(), others.end(), [&match](const NaiveMatch& other) {
          return other.value.Overlaps(match.value);
        });
    if (!overlaps) out->push_back(match);
  }
}

// The rule's matches in the record at [begin, end), as it stands and decoded.
std::vector<NaiveMatch> MatchesInRecord(const Rule& rule,
                                        const NaivePattern& pattern,
                                        std::string_view text,
                                        std::size_t begin, std::size_t end,
                                        const Decoded& decoded,
                                        const MarkKinds& marks) {
  std::vector<NaiveMatch> raw =
      MatchesIn(rule, pattern, text.substr(begin, end - begin), marks);
  for (NaiveMatch& match : raw) {
    match.value.begin += static_cast<std::uint32_t>(begin);
    match.value.end += static_cast<std::uint32_t>(begin);
    match.redact = match.value;
  }
  if (!decoded.changed) return raw;
  std::vector<NaiveMatch> matches;
  for (const NaiveMatch& match :
       MatchesIn(rule, pattern, decoded.text, marks)) {
    matches.push_back(ToRaw(match, decoded, text, begin));
  }
  const std::vector<NaiveMatch> from_decoded = matches;
  AddUnlessOverlapping(raw, from_decoded, &matches);
  return matches;
}

std::size_t LineEnd(std::string_view text, std::size_t at) {
  return std::min(text.find('\n', at), text.size());
}

bool IsBase64(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return !line.empty() && line.find_first_not_of(
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrst"
                              "uvwxyz0123456789+/=") == std::string_view::npos;
}

// Where the region that begins at `begin`, with a head that ends at `head_end`,
// ends in `text`.
std::size_t RegionEnd(const Rule& rule, std::string_view text,
                      std::size_t begin, std::size_t head_end) {
  const std::size_t cap = std::min(text.size(), begin + kRegionBytes);
  std::size_t unfinished = 0;  // where it ends if no end marker comes
  bool base64 = true;
  std::size_t line = begin;
  for (std::uint32_t lines = 0; lines < rule.region.max_lines; ++lines) {
    const std::size_t line_end = std::min(text.find('\n', line), cap);
    const std::size_t from = std::max(line, head_end);
    const std::size_t end =
        text.substr(0, line_end).find(rule.region.end, from);
    if (end != std::string_view::npos) return end + rule.region.end.size();
    base64 &= lines == 0 || IsBase64(text.substr(line, line_end - line));
    if (base64) unfinished = line_end;
    if (line_end == cap) break;
    line = line_end + 1;
  }
  while (text[unfinished - 1] == '\r') --unfinished;
  return unfinished;
}

// `text` is one record or many; `head` is matched in the record that it begins
// in.
std::vector<NaiveMatch> Regions(const Rule& rule, const NaivePattern& head,
                                std::string_view text, const MarkKinds& marks) {
  std::vector<NaiveMatch> matches;
  for (std::size_t from = 0;;) {
    const std::size_t begin = text.find(rule.region.begin, from);
    if (begin == std::string_view::npos) return matches;
    from = begin + 1;
    const std::size_t newline =
        begin == 0 ? std::string_view::npos : text.rfind('\n', begin - 1);
    const std::size_t record =
        newline == std::string_view::npos ? 0 : newline + 1;
    const auto found =
        head.Find(text.substr(record, LineEnd(text, begin) - record),
                  begin - record, rule.max_bytes);
    if (!found || found->whole.begin != begin - record) continue;
    const Verdict verdict =
        JudgeIn(rule, text.substr(record), found->value, marks);
    if (verdict == Verdict::kReject) continue;
    from = RegionEnd(rule, text, begin, record + found->whole.end);
    const Span value{static_cast<std::uint32_t>(begin),
                     static_cast<std::uint32_t>(from)};
    matches.push_back({&rule, value, value, verdict, false});
  }
}

// Regions of the whole text, and of each record decoded.
std::vector<NaiveMatch> AllRegions(const Rule& rule, const NaivePattern& head,
                                   std::string_view text,
                                   const MarkKinds& marks) {
  const std::vector<NaiveMatch> raw = Regions(rule, head, text, marks);
  std::vector<NaiveMatch> matches;
  std::vector<NaiveMatch> unfinished;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = LineEnd(text, begin);
    const Decoded decoded = Decode(text.substr(begin, end - begin));
    for (const NaiveMatch& match : Regions(rule, head, decoded.text, marks)) {
      const bool ends = match.value.Of(decoded.text).ends_with(rule.region.end);
      (ends ? matches : unfinished)
          .push_back(ToRaw(match, decoded, text, begin));
    }
    begin = end + 1;
  }
  const std::vector<NaiveMatch> finished = matches;
  AddUnlessOverlapping(raw, finished, &matches);
  AddUnlessOverlapping(unfinished, raw, &matches);
  return matches;
}

bool Beats(const NaiveMatch& a, const NaiveMatch& b) {
  const auto key = [](const NaiveMatch& match) {
    const Rank rank = match.verdict == Verdict::kLower &&
                              match.rule->rank != Rank::kFixedPrefix
                          ? Rank::kBareShape
                          : match.rule->rank;
    return std::tuple(-static_cast<int>(rank),
                      -static_cast<std::int64_t>(match.value.size()),
                      match.value.begin, std::string_view(match.rule->id));
  };
  return key(a) < key(b);
}

std::vector<NaiveMatch> Resolve(std::vector<NaiveMatch> matches) {
  std::stable_sort(matches.begin(), matches.end(), Beats);
  std::vector<NaiveMatch> winners;
  for (const NaiveMatch& match : matches) {
    // Of several winners that it overlaps, the best takes its bytes.
    const auto winner = std::find_if(winners.begin(), winners.end(),
                                     [&match](const NaiveMatch& other) {
                                       return other.value.Overlaps(match.value);
                                     });
    if (winner == winners.end()) {
      winners.push_back(match);
      continue;
    }
    winner->redact.begin = std::min(winner->redact.begin, match.value.begin);
    winner->redact.end = std::max(winner->redact.end, match.value.end);
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
  std::vector<NaivePattern> patterns;  // of a region: its head
  MarkKinds marks;
};

NaiveScanner::NaiveScanner(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl)) {}
NaiveScanner::NaiveScanner(NaiveScanner&&) noexcept = default;
NaiveScanner& NaiveScanner::operator=(NaiveScanner&&) noexcept = default;
NaiveScanner::~NaiveScanner() = default;

Result<NaiveScanner> NaiveScanner::Create(const RuleSet* rules) {
  auto impl = std::make_unique<Impl>();
  impl->rules = rules;
  std::vector<std::string> kinds;
  for (const Rule& rule : rules->rules) {
    Result<NaivePattern> pattern =
        NaivePattern::Compile(rule.is_region() && rule.pattern.empty()
                                  ? "\\Q" + rule.region.begin + "\\E"
                                  : rule.pattern);
    if (!pattern) {
      return Error{rule.id + ": " + rule.pattern + ": " +
                   pattern.error().message};
    }
    impl->patterns.emplace_back(std::move(*pattern));
    kinds.push_back(rule.kind);
  }
  impl->marks = MarkKinds(std::move(kinds));
  return NaiveScanner(std::move(impl));
}

std::vector<NaiveMatch> NaiveScanner::Scan(std::string_view text) const {
  std::vector<NaiveMatch> all;
  for (std::size_t i = 0; i < impl_->patterns.size(); ++i) {
    const Rule& rule = impl_->rules->rules[i];
    if (!rule.is_region()) continue;
    const auto regions =
        AllRegions(rule, impl_->patterns[i], text, impl_->marks);
    all.insert(all.end(), regions.begin(), regions.end());
  }
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = LineEnd(text, begin);
    const Decoded decoded = Decode(text.substr(begin, end - begin));
    for (std::size_t i = 0; i < impl_->patterns.size(); ++i) {
      const Rule& rule = impl_->rules->rules[i];
      if (rule.is_region()) continue;
      const auto matches = MatchesInRecord(rule, impl_->patterns[i], text,
                                           begin, end, decoded, impl_->marks);
      all.insert(all.end(), matches.begin(), matches.end());
    }
    begin = end + 1;
  }
  return Resolve(std::move(all));
}

}  // namespace logspill::naive
