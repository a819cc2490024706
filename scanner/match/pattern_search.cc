#include "scanner/match/pattern_search.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace logspill {
namespace {

constexpr int kMaxGroups = 8;
constexpr std::int64_t kPatternMemory = 2
                                        << 20;  // of RE2's automaton, each rule

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

bool HoldsCaseless(std::string_view text, std::string_view word) {
  return std::search(text.begin(), text.end(), word.begin(), word.end(),
                     [](char a, char b) { return Lower(a) == Lower(b); }) !=
         text.end();
}

bool HasNearWord(const Rule& rule, const SearchText& text, Span value) {
  const std::uint32_t begin = text.RecordBegin(value.begin, kNearBytes);
  const std::string_view before = text.text.substr(begin, value.begin - begin);
  return std::any_of(rule.near.begin(), rule.near.end(), [&](const auto& word) {
    return HoldsCaseless(before, word);
  });
}

// Runs the pattern on [begin, limit); \b, ^ and $ see the record around it.
bool RunPattern(const CompiledRule& rule, std::string_view record,
                std::uint32_t begin, std::uint32_t limit,
                re2::RE2::Anchor anchor, Span* whole, Span* value) {
  std::array<re2::StringPiece, kMaxGroups> groups;
  const re2::StringPiece text(record.data(), record.size());
  const int value_group = rule.pattern->value_group();
  if (!rule.pattern->regex().Match(text, begin, limit, anchor, groups.data(),
                                   value_group + 1)) {
    return false;
  }
  const auto span = [&](const re2::StringPiece& piece) {
    const auto at = static_cast<std::uint32_t>(piece.data() - record.data());
    return Span{at, at + static_cast<std::uint32_t>(piece.size())};
  };
  *whole = span(groups[0]);
  const re2::StringPiece& group = groups[static_cast<std::size_t>(value_group)];
  *value = group.data() == nullptr ? *whole : span(group);
  return true;
}

// The part of a text that a pattern sees: [base, ...) with the byte before
// `from` and one behind `limit`, so that boundaries are judged by what really
// stands there.
struct View {
  std::string_view text;
  std::uint32_t base = 0;
};

View ViewOf(const SearchText& text, std::uint32_t from, std::uint32_t limit,
            std::uint32_t record_end) {
  const std::uint32_t base = text.RecordBegin(from, 1);
  const std::uint32_t end = std::min(record_end, limit + 1);
  return {text.text.substr(base, end - base), base};
}

// Shapes whose values hold nothing but digits, a-f and separators.
bool IsNumber(Shape shape) {
  return shape == Shape::kUuid || shape == Shape::kHex32 ||
         shape == Shape::kIpv4 || shape == Shape::kIpv6 ||
         shape == Shape::kMac || shape == Shape::kCard || shape == Shape::kSsn;
}

}  // namespace

const LazyPattern::State& LazyPattern::Compiled() const {
  std::call_once(state_.once, [this] {
    re2::RE2::Options options;
    options.set_encoding(re2::RE2::Options::EncodingLatin1);
    options.set_log_errors(false);
    options.set_max_mem(kPatternMemory);
    state_.regex.emplace(text_, options);
    const auto& names = state_.regex->NamedCapturingGroups();
    const auto value = names.find("value");
    if (value != names.end()) state_.value_group = value->second;
  });
  return state_;
}

Result<CompiledRule> CompileRule(const Rule& rule) {
  CompiledRule compiled;
  compiled.rule = &rule;
  // A region without a pattern of its own begins with its marker.
  compiled.pattern =
      std::make_unique<LazyPattern>(rule.is_region() && rule.pattern.empty()
                                        ? re2::RE2::QuoteMeta(rule.region.begin)
                                        : rule.pattern);
  const std::string place = rule.origin + ": rule " + rule.id + ": ";
  if (!rule.checked && !compiled.pattern->regex().ok()) {
    return Error{place + "bad pattern: " + compiled.pattern->regex().error()};
  }
  if (!rule.checked && compiled.pattern->value_group() >= kMaxGroups) {
    return Error{place +
                 "more than 6 groups before the group 'value'; write (?:...) "
                 "where nothing is captured"};
  }
  compiled.is_number = IsNumber(rule.shape);
  compiled.fixed = FixedPattern::Parse(rule.pattern);
  if (!rule.validator.empty()) {
    compiled.validator = FindValidator(rule.validator);
    if (compiled.validator == nullptr) {
      return Error{place + "unknown validator '" + rule.validator + "'"};
    }
  }
  return compiled;
}

std::uint32_t SearchText::RecordBegin(std::uint32_t at,
                                      std::uint32_t reach) const {
  const std::uint32_t low = at > reach ? at - reach : 0;
  if (one_record || low == at) return low;
  const void* newline = memrchr(text.data() + low, '\n', at - low);
  return newline == nullptr
             ? low
             : static_cast<std::uint32_t>(static_cast<const char*>(newline) -
                                          text.data()) +
                   1;
}

std::uint32_t SearchText::RecordEnd(std::uint32_t at,
                                    std::uint32_t reach) const {
  const auto size = static_cast<std::uint32_t>(text.size());
  const std::uint32_t high = size - at > reach ? at + reach : size;
  if (one_record || high == at) return high;
  const void* newline = std::memchr(text.data() + at, '\n', high - at);
  return newline == nullptr
             ? high
             : static_cast<std::uint32_t>(static_cast<const char*>(newline) -
                                          text.data());
}

Validation Judge(const CompiledRule& rule, const SearchText& text, Span value) {
  const std::string_view bytes = value.Of(text.text);
  Validation validation;
  if (rule.validator != nullptr) {
    validation = rule.validator->check(bytes);
    if (validation.verdict == Verdict::kReject) return validation;
  }
  const double least = rule.rule->min_entropy;
  if (least > 0 && EntropyOf(bytes) < least) return {Verdict::kReject, {}};
  if (rule.rule->near_required && !HasNearWord(*rule.rule, text, value)) {
    return {Verdict::kReject, {}};
  }
  if (rule.marks != nullptr && LiesInMark(text.text, value, *rule.marks)) {
    return {Verdict::kReject, {}};
  }
  if (validation.verdict == Verdict::kPlaceholder) return validation;
  if (rule.is_number ? IsPlaceholderNumber(bytes) : IsPlaceholder(bytes)) {
    return {Verdict::kPlaceholder, "a known placeholder"};
  }
  return validation;
}

std::optional<Found> MatchAt(const CompiledRule& rule, const SearchText& text,
                             std::uint32_t begin) {
  const std::uint32_t max = rule.rule->max_bytes;
  const std::uint32_t end = text.RecordEnd(begin, max + 1);
  const std::uint32_t limit = std::min(end, begin + max);
  const View view = ViewOf(text, begin, limit, end);
  Span whole;
  Span value;
  const bool matches =
      rule.fixed
          ? rule.fixed->MatchAt(view.text, begin - view.base, limit - view.base,
                                &whole, &value)
          : RunPattern(rule, view.text, begin - view.base, limit - view.base,
                       re2::RE2::ANCHOR_START, &whole, &value);
  if (!matches) return std::nullopt;
  Found found;
  found.whole = {whole.begin + view.base, whole.end + view.base};
  found.value = {value.begin + view.base, value.end + view.base};
  found.validation = Judge(rule, text, found.value);
  if (found.validation.verdict == Verdict::kReject) return std::nullopt;
  return found;
}

std::optional<Found> FindIn(const CompiledRule& rule, const SearchText& text,
                            std::uint32_t from, std::uint32_t to) {
  const std::uint32_t max = rule.rule->max_bytes;
  const std::uint32_t end = text.RecordEnd(to, max + 2);
  const std::uint32_t limit = std::min(end, to + max + 1);
  const View view = ViewOf(text, from, limit, end);
  while (from < to) {
    Span whole;
    Span value;
    if (!RunPattern(rule, view.text, from - view.base, limit - view.base,
                    re2::RE2::UNANCHORED, &whole, &value)) {
      return std::nullopt;
    }
    Found found;
    found.whole = {whole.begin + view.base, whole.end + view.base};
    found.value = {value.begin + view.base, value.end + view.base};
    if (found.whole.begin >= to) return std::nullopt;
    if (found.whole.size() <= max) {
      found.validation = Judge(rule, text, found.value);
      if (found.validation.verdict != Verdict::kReject) return found;
    } else if (auto shorter = MatchAt(rule, text, found.whole.begin)) {
      return shorter;
    }
    from = found.whole.begin + 1;
  }
  return std::nullopt;
}

}  // namespace logspill
