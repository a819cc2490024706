#include "patterns/examples.h"

#include <algorithm>
#include <array>

namespace logspill {
namespace {

// What the engine allows: a pattern that needs more matches nothing there.
constexpr std::int64_t kPatternMemory = 2 << 20;

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::uint32_t Offset(const re2::StringPiece& part, std::string_view text) {
  return static_cast<std::uint32_t>(part.data() - text.data());
}

}  // namespace

RE2::Options RuleRegexOptions() {
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_log_errors(false);
  options.set_dot_nl(false);
  options.set_max_mem(kPatternMemory);
  return options;
}

PlainRule::PlainRule(const Rule* rule)
    : rule_(rule), regex_(rule->pattern, RuleRegexOptions()) {
  const auto& groups = regex_.NamedCapturingGroups();
  const auto value = groups.find("value");
  if (value != groups.end()) value_group_ = value->second;
}

bool PlainRule::NearWord(std::string_view text, std::size_t begin) const {
  if (!rule_->near_required) return true;
  const std::size_t from = begin > kNearBytes ? begin - kNearBytes : 0;
  const std::string before = Lower(text.substr(from, begin - from));
  return std::any_of(rule_->near.begin(), rule_->near.end(),
                     [&](const std::string& word) {
                       return before.find(Lower(word)) != std::string::npos;
                     });
}

Verdict PlainRule::Judge(std::string_view value) const {
  const Validator* validator = FindValidator(rule_->validator);
  const Verdict verdict =
      validator == nullptr ? Verdict::kAccept : validator->check(value).verdict;
  if (EntropyOf(value) < rule_->min_entropy) return Verdict::kReject;
  if (verdict != Verdict::kReject && IsPlaceholder(value)) {
    return Verdict::kPlaceholder;
  }
  return verdict;
}

std::vector<PlainMatch> PlainRule::FindRegions(std::string_view text) const {
  std::vector<PlainMatch> matches;
  const Region& region = rule_->region;
  for (std::size_t at = 0;
       (at = text.find(region.begin, at)) != std::string_view::npos;) {
    std::size_t end = text.find(region.end, at + region.begin.size());
    end = end == std::string_view::npos ? text.size() : end + region.end.size();
    matches.push_back(
        {{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)},
         Judge(text.substr(at, end - at))});
    at = end;
  }
  std::erase_if(matches, [](const PlainMatch& m) {
    return m.verdict == Verdict::kReject;
  });
  return matches;
}

std::vector<PlainMatch> PlainRule::Find(std::string_view text) const {
  if (rule_->is_region()) return FindRegions(text);
  std::vector<PlainMatch> matches;
  std::array<re2::StringPiece, 16> groups;
  const int wanted = std::min(value_group_ + 1, 16);
  for (std::size_t from = 0; from <= text.size();) {
    if (!regex_.Match(text, from, text.size(), RE2::UNANCHORED, groups.data(),
                      wanted)) {
      break;
    }
    const re2::StringPiece& whole = groups[0];
    const auto group = static_cast<std::size_t>(value_group_);
    const re2::StringPiece& value =
        groups[group].data() == nullptr ? whole : groups[group];
    const std::uint32_t begin = Offset(value, text);
    const auto end = static_cast<std::uint32_t>(begin + value.size());
    Verdict verdict = Verdict::kReject;
    if (whole.size() <= rule_->max_bytes && NearWord(text, begin)) {
      verdict = Judge(text.substr(begin, value.size()));
    }
    if (verdict == Verdict::kReject) {
      from = Offset(whole, text) + 1U;
      continue;
    }
    matches.push_back({{begin, end}, verdict});
    from = std::max<std::size_t>(end, from + 1);
  }
  return matches;
}

bool PlainRule::PatternMatches(std::string_view text) const {
  if (rule_->is_region()) return text.find(rule_->region.begin) != text.npos;
  return RE2::PartialMatch(text, regex_);
}

std::vector<std::string> TestExamples(const Rule& rule) {
  const PlainRule plain(&rule);
  std::vector<std::string> wrong;
  for (std::size_t i = 0; i < rule.match.size(); ++i) {
    if (!plain.Find(rule.match[i]).empty()) continue;
    wrong.push_back("match[" + std::to_string(i) + "]: nothing was found");
  }
  for (std::size_t i = 0; i < rule.no_match.size(); ++i) {
    if (plain.Find(rule.no_match[i]).empty()) continue;
    wrong.push_back("no_match[" + std::to_string(i) + "]: something was found");
  }
  return wrong;
}

}  // namespace logspill
