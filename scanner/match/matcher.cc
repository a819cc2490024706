#include "scanner/match/matcher.h"

#include <algorithm>
#include <cstdint>
#include <span>

#include "scanner/base/decoded_view.h"
#include "scanner/base/key.h"
#include "scanner/match/text_pass.h"

namespace logspill {
namespace {

// How far out of order a candidate may come and still be put in place at once.
constexpr std::size_t kMostMoved = 8;

// A check that failed leaves a form; a prefix still says whose token it is.
Rank RankOf(const Candidate& candidate) {
  const Rank rank = candidate.rule->rule->rank;
  const bool lowered = candidate.validation.verdict == Verdict::kLower;
  return lowered && rank != Rank::kFixedPrefix ? Rank::kBareShape : rank;
}

// The order in which overlapping candidates win.
bool Beats(const Candidate& a, const Candidate& b) {
  if (RankOf(a) != RankOf(b)) return RankOf(a) > RankOf(b);
  if (a.value.size() != b.value.size()) return a.value.size() > b.value.size();
  if (a.value.begin != b.value.begin) return a.value.begin < b.value.begin;
  return a.rule->rule->index < b.rule->rule->index;  // rules are sorted by id
}

bool ByPlace(const Candidate& a, const Candidate& b) {
  if (a.value.begin != b.value.begin) return a.value.begin < b.value.begin;
  if (a.value.end != b.value.end) return a.value.end < b.value.end;
  if (a.rule != b.rule) return a.rule->rule->index < b.rule->rule->index;
  return a.from_decoded > b.from_decoded;
}

// Whether `a` takes the place of `b`, a match of the same rule in the other text.
bool Replaces(const Candidate& a, const Candidate& b) {
  if (a.rule != b.rule || a.from_decoded == b.from_decoded) return false;
  if (!a.value.Overlaps(b.value)) return false;
  return a.from_decoded ? !a.unfinished : b.unfinished;
}

Match MatchOf(const Candidate& candidate) {
  return {candidate.rule->rule,         candidate.value,   candidate.value,
          candidate.validation.verdict, candidate.decoded, candidate.base64,
          candidate.validation.reason};
}

// Whether `winner` is what `candidate` gives way to where they overlap.
bool Beaten(const Candidate& candidate, const Match& winner) {
  if (!winner.value.Overlaps(candidate.value)) return false;
  return !candidate.base64.is_base64 || winner.rule->kind != "jwt";
}

}  // namespace

struct Matcher::Impl {
  Impl(const RuleDatabase* the_database, MatchOptions options)
      : database(the_database), pass(&database->impl()) {
    if (options.base64) inner = std::make_unique<Matcher>(database);
  }

  // Adds candidates of what stands in base 64.
  void AddBase64(std::string_view text);
  void AddStretch(std::string_view text, Base64Stretch* stretch);
  // Gives the bytes of `wide` to the matches that they belong to.
  void Widen(std::span<Match> matches) const;

  // Sorts the keys of all candidates by place.
  void Order();
  const Candidate& At(std::uint64_t key) const {
    return candidates[static_cast<std::uint32_t>(key)];
  }
  // Settles [first, last), a chain of overlapping candidates, into matches.
  void Settle(std::size_t first, std::size_t last, std::vector<Match>* matches,
              std::vector<Match>* lost);
  // A decoded match replaces raw ones of its rule that it overlaps.
  void PreferDecoded(std::size_t first, std::size_t last);

  const RuleDatabase* database;
  TextPass pass;
  std::vector<Candidate> candidates;
  std::vector<Candidate> chain;
  std::vector<std::uint64_t> keys;  // begin, then index; in order
  std::unique_ptr<Matcher> inner;   // of decoded base 64; or nullptr
  std::vector<Base64Stretch> stretches;
  std::vector<Match> inner_matches;
  std::vector<Span> wide;  // what base 64 matches have beside their value
  std::string decoded;
};

Matcher::Matcher(const RuleDatabase* database, MatchOptions options)
    : impl_(std::make_unique<Impl>(database, options)) {}
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher::~Matcher() = default;

std::uint64_t Matcher::Scan(std::string_view text, std::vector<Match>* matches,
                            std::vector<Match>* lost) {
  std::vector<Candidate>& candidates = impl_->candidates;
  candidates.clear();
  const std::uint64_t newlines = impl_->pass.RunWithEscapes(text, &candidates);
  const std::size_t before = matches->size();
  if (impl_->inner) impl_->AddBase64(text);
  impl_->Order();
  const std::vector<std::uint64_t>& keys = impl_->keys;
  for (std::size_t first = 0; first < keys.size();) {
    std::size_t last = first + 1;
    std::uint32_t end = impl_->At(keys[first]).value.end;
    while (last < keys.size() && keys[last] >> 32 < end) {
      end = std::max(end, impl_->At(keys[last++]).value.end);
    }
    if (last == first + 1) {
      matches->push_back(MatchOf(impl_->At(keys[first])));
    } else {
      impl_->Settle(first, last, matches, lost);
    }
    first = last;
  }
  if (impl_->inner) impl_->Widen(std::span(*matches).subspan(before));
  return newlines;
}

void Matcher::Impl::AddBase64(std::string_view text) {
  stretches.clear();
  wide.clear();
  FindBase64Text(text, &stretches);
  for (Base64Stretch& stretch : stretches) AddStretch(text, &stretch);
}

void Matcher::Impl::AddStretch(std::string_view text, Base64Stretch* stretch) {
  decoded.clear();
  DecodeBase64Chars(text.substr(stretch->begin, stretch->end - stretch->begin),
                    &decoded);
  stretch->bytes = static_cast<std::uint32_t>(decoded.size());
  inner_matches.clear();
  inner->Scan(decoded, &inner_matches);
  std::uint32_t taken = 0;  // raw bytes before it belong to other matches
  for (const Match& match : inner_matches) {
    Candidate candidate{&database->impl().program.rules[match.rule->index],
                        stretch->ToRaw(match.value),
                        {match.verdict, match.reason}};
    candidate.base64 = stretch->PlaceOf(match.value);
    if (candidate.value.begin < taken) {
      candidate.base64.back =
          static_cast<std::uint8_t>(taken - candidate.value.begin);
      candidate.value.begin = taken;
    }
    if (candidate.value.empty()) continue;  // the quantum of the one before
    candidate.decoded = match.decoded;
    // What overlapped it is none here, and yet to be redacted.
    if (match.redact != match.value) {
      wide.push_back(stretch->ToRaw(match.redact));
    }
    taken = candidate.value.end;
    candidates.push_back(candidate);
  }
  Wipe(&decoded);
}

void Matcher::Impl::Widen(std::span<Match> matches) const {
  for (const Span& span : wide) {
    auto at = std::partition_point(
        matches.begin(), matches.end(),
        [&](const Match& match) { return match.value.begin < span.begin; });
    for (; at != matches.end() && at->value.begin < span.end; ++at) {
      at->redact.begin = std::min(at->redact.begin, span.begin);
      at->redact.end = std::max(at->redact.end, span.end);
    }
  }
}

// Sorts what is small, the places; most come in order already.  The few that begin
// at the same byte are put in order behind that.
void Matcher::Impl::Order() {
  keys.clear();
  std::size_t sorted = 0;  // so many keys are in order
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const std::uint64_t key =
        std::uint64_t{candidates[i].value.begin} << 32 | i;
    std::size_t at = keys.size();
    keys.push_back(key);
    if (sorted != at) continue;
    const std::size_t floor = at > kMostMoved ? at - kMostMoved : 0;
    while (at > floor && keys[at - 1] > key) --at;
    if (at > floor || at == 0 || keys[at - 1] < key) {
      std::rotate(keys.begin() + static_cast<std::ptrdiff_t>(at),
                  keys.end() - 1, keys.end());
      ++sorted;
    }
  }
  const auto middle = keys.begin() + static_cast<std::ptrdiff_t>(sorted);
  std::sort(middle, keys.end());
  std::inplace_merge(keys.begin(), middle, keys.end());
  for (std::size_t first = 0; first < keys.size();) {
    std::size_t last = first + 1;
    while (last < keys.size() && keys[last] >> 32 == keys[first] >> 32) ++last;
    if (last - first > 1) {
      std::sort(keys.begin() + static_cast<std::ptrdiff_t>(first),
                keys.begin() + static_cast<std::ptrdiff_t>(last),
                [this](std::uint64_t a, std::uint64_t b) {
                  return ByPlace(At(a), At(b));
                });
    }
    first = last;
  }
}

void Matcher::Impl::PreferDecoded(std::size_t first, std::size_t last) {
  chain.clear();
  for (std::size_t i = first; i < last; ++i) {
    const Candidate& candidate = At(keys[i]);
    const bool replaced = std::any_of(
        keys.begin() + static_cast<std::ptrdiff_t>(first),
        keys.begin() + static_cast<std::ptrdiff_t>(last),
        [&](std::uint64_t other) { return Replaces(At(other), candidate); });
    if (!replaced) chain.push_back(candidate);
  }
}

void Matcher::Impl::Settle(std::size_t first, std::size_t last,
                           std::vector<Match>* matches,
                           std::vector<Match>* lost) {
  PreferDecoded(first, last);
  std::sort(chain.begin(), chain.end(), Beats);
  const std::size_t begin = matches->size();
  for (const Candidate& candidate : chain) {
    Match* winner = nullptr;
    for (std::size_t i = begin; i < matches->size() && winner == nullptr; ++i) {
      if (Beaten(candidate, (*matches)[i])) winner = &(*matches)[i];
    }
    if (winner == nullptr) {
      matches->push_back(MatchOf(candidate));
    } else {
      winner->redact.begin =
          std::min(winner->redact.begin, candidate.value.begin);
      winner->redact.end = std::max(winner->redact.end, candidate.value.end);
      if (lost != nullptr) lost->push_back(MatchOf(candidate));
    }
  }
  std::sort(matches->begin() + static_cast<std::ptrdiff_t>(begin),
            matches->end(), [](const Match& a, const Match& b) {
              return a.value.begin < b.value.begin;
            });
}

std::string_view Matcher::Value(std::string_view text, const Match& match,
                                std::string* scratch) {
  std::string inner;
  const bool base64 = match.base64.is_base64;
  const std::string_view raw =
      base64 ? Base64Value(text, match.value, match.base64,
                           match.decoded ? &inner : scratch)
             : match.value.Of(text);
  if (!match.decoded) return raw;
  DecodedView view;
  scratch->assign(view.Decode(raw) ? view.text() : raw);
  Wipe(&inner);
  return *scratch;
}

}  // namespace logspill
