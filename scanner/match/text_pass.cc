#include "scanner/match/text_pass.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "scanner/match/region_search.h"

namespace logspill {
namespace {

// A decoded window reaches this far around what it is made for, and begins and
// ends where no escape can be cut.
constexpr std::uint32_t kTriggerReach = 512;
constexpr std::uint32_t kSafeGap = 12;  // the longest escape: \uD83D\uDE00
constexpr std::uint32_t kSafeSearch = 256;
constexpr std::uint32_t kMaxDecodedReach = 4096;
constexpr std::uint32_t kMaxDecodedAhead = 64 << 10;
constexpr std::uint32_t kEdge = 64;  // of a window: only context

bool IsEscapeByte(char c) { return c == '\\' || c == '%' || c == '\x1b'; }

bool IsAlnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

// Such a hit may stand at the end of the text, or in the next record.
bool IsBehindRun(HitKind kind) {
  return kind == HitKind::kHexRun || kind == HitKind::kUlid;
}

bool IsLocalPart(char c) {
  return IsAlnum(c) ||
         std::string_view("._%+-").find(c) != std::string_view::npos;
}

}  // namespace

TextPass::TextPass(const RuleDatabase::Impl* database)
    : database_(database),
      program_(database->program),
      literal_scratch_(database->literals.NewScratch()),
      pattern_scratch_(database->patterns.NewScratch()),
      pending_(program_.rules.size()),
      next_(program_.rules.size()),
      prefilters_(program_.rules.size()),
      decoded_until_(program_.rules.size()),
      decoded_ahead_(program_.rules.size()) {}

std::uint64_t TextPass::Run(const SearchText& text,
                            std::vector<Candidate>* found) {
  text_ = text;
  escapes_ = false;
  return Search(found);
}

std::uint64_t TextPass::RunWithEscapes(std::string_view text,
                                       std::vector<Candidate>* found) {
  text_ = {text, false};
  escapes_ = true;
  const std::uint64_t newlines = Search(found);
  SearchTriggers();
  std::sort(region_heads_.begin(), region_heads_.end());
  for (const auto& [begin, index] : region_heads_) {
    SearchDecodedRegion(index, begin);
  }
  return newlines;
}

std::uint64_t TextPass::Search(std::vector<Candidate>* found) {
  found_ = found;
  hits_.clear();
  literal_hits_.clear();
  triggers_.clear();
  region_heads_.clear();
  std::fill(next_.begin(), next_.end(), 0);
  std::fill(decoded_until_.begin(), decoded_until_.end(), 0);
  region_window_ = {};
  const std::uint64_t newlines =
      ScanShapes(text_.text, program_.hit_kinds, &hits_);
  for (const ShapeHit& hit : hits_) OnShapeHit(hit);
  database_->literals.Find(text_.text, &literal_scratch_, &literal_hits_);
  OnLiteralHits();
  if (!database_->patterns.empty()) OnPatternHits();
  for (const std::uint32_t index : waiting_) SearchPending(index);
  waiting_.clear();
  return newlines;
}

void TextPass::Emit(std::uint32_t index, Span value,
                    const Validation& validation) {
  next_[index] = value.end;
  found_->push_back({&program_.rules[index], value, validation, false, false});
}

void TextPass::Await(std::uint32_t index, std::uint32_t at) {
  if (pending_[index].empty()) waiting_.push_back(index);
  pending_[index].push_back(at);
}

// ---- shapes

void TextPass::OnShapeHit(const ShapeHit& hit) {
  if (hit.kind == HitKind::kPercent) {
    if (escapes_ && IsTrigger(hit.at - 2)) triggers_.push_back(hit.at);
    return;
  }
  const std::uint32_t place = IsBehindRun(hit.kind) ? hit.at - 1 : hit.at;
  for (const std::uint32_t index :
       program_.by_hit[static_cast<std::size_t>(hit.kind)]) {
    Await(index, place);
  }
  const auto& mail_rules =
      program_.by_shape[static_cast<std::size_t>(Shape::kEmail)];
  spans_.clear();
  FindShapeSpans(text_.text, hit, mail_rules.empty() ? 0 : next_[mail_rules[0]],
                 &spans_);
  for (const ShapeSpan& found : spans_) {
    for (const std::uint32_t index :
         program_.by_shape[static_cast<std::size_t>(found.shape)]) {
      TryShape(index, found.span);
    }
  }
  if (escapes_ && hit.near_escape && EscapeReaches(hit)) {
    for (std::size_t shape = 0; shape < kShapeCount; ++shape) {
      const std::uint32_t kinds = HitKindsOf(static_cast<Shape>(shape));
      if ((kinds >> static_cast<unsigned>(hit.kind) & 1) == 0) continue;
      for (const std::uint32_t index : program_.by_shape[shape]) {
        SearchDecoded(index, place, place + 1);
      }
    }
  }
}

bool TextPass::TryShape(std::uint32_t index, Span span) {
  if (span.begin < next_[index]) return false;
  const CompiledRule& rule = program_.rules[index];
  for (;;) {
    const Validation validation = Judge(rule, text_, span);
    if (validation.verdict != Verdict::kReject) {
      Emit(index, span, validation);
      return true;
    }
    // Only a mail address can begin later and still be one.
    if (rule.rule->shape != Shape::kEmail) return false;
    do {
      ++span.begin;
    } while (!IsAlnum(text_.text[span.begin]) && text_.text[span.begin] != '@');
    if (text_.text[span.begin] == '@') return false;
  }
}

// ---- literals and patterns

void TextPass::OnLiteralHits() {
  for (const LiteralHit& hit : literal_hits_) {
    for (const AnchorUse& use : program_.uses[hit.literal]) {
      const std::uint32_t begin = hit.end - use.bytes;
      if (use.rule != AnchorUse::kTrigger) {
        Await(use.rule, begin);
      } else if (escapes_ && IsTrigger(begin)) {
        triggers_.push_back(begin);
      }
    }
  }
}

void TextPass::OnPatternHits() {
  literal_hits_.clear();
  database_->patterns.Find(text_.text, &pattern_scratch_, &literal_hits_);
  for (const LiteralHit& hit : literal_hits_) {
    Await(program_.whole[hit.literal], hit.end == 0 ? 0 : hit.end - 1);
  }
}

void TextPass::SearchPending(std::uint32_t index) {
  std::vector<std::uint32_t>& places = pending_[index];
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  const CompiledRule& rule = program_.rules[index];
  for (std::size_t i = 0; i < places.size();) {
    switch (rule.route) {
      case Route::kLeadingAnchor:
        TryLeading(rule, places[i++]);
        break;
      case Route::kRegion:
        TryRegion(rule, places[i++]);
        break;
      default:
        i = TryAround(rule, i);
    }
  }
  places.clear();
}

void TextPass::TryLeading(const CompiledRule& rule, std::uint32_t anchor) {
  const std::uint32_t index = rule.rule->index;
  std::optional<Found> found;
  std::uint32_t begin = text_.RecordBegin(anchor, rule.slack);
  std::uint32_t behind = anchor;  // all that decides
  for (; begin <= anchor && !found; ++begin) {
    if (begin < next_[index]) continue;
    if (const auto dead = DeadAt(rule, begin)) {
      behind = std::max(behind, *dead + 1);
    } else {
      behind = anchor + std::min<std::uint32_t>(rule.rule->max_bytes, 256);
      found = MatchAt(rule, text_, begin);
    }
  }
  if (found && found->value.begin >= next_[index]) {
    Emit(index, found->value, found->validation);
  }
  if (!escapes_) return;
  if (found) behind = found->whole.end + 1;
  const std::uint32_t before =
      text_.RecordBegin(anchor, kSafeGap + 6 * rule.slack);
  if (HoldsEscape(before, text_.RecordEnd(anchor, behind - anchor))) {
    SearchDecoded(index, anchor, anchor + 1);
  }
}

// Where a match of the rule that begins at `begin` is known to die.
std::optional<std::uint32_t> TextPass::DeadAt(const CompiledRule& rule,
                                              std::uint32_t begin) {
  if (rule.fixed) return std::nullopt;  // as quick itself
  std::unique_ptr<Prefilter>& prefilter = prefilters_[rule.rule->index];
  if (prefilter == nullptr) {
    prefilter = std::make_unique<Prefilter>(rule.rule->pattern);
  }
  const auto size = static_cast<std::uint32_t>(text_.text.size());
  const std::uint32_t end =
      size - begin > rule.rule->max_bytes ? begin + rule.rule->max_bytes : size;
  return prefilter->DeadAt(text_.text, begin, end);
}

// Searches from the first place as far as the windows of the next ones overlap;
// returns the first place that was not looked at.
std::size_t TextPass::TryAround(const CompiledRule& rule, std::size_t first) {
  const std::uint32_t index = rule.rule->index;
  const std::vector<std::uint32_t>& places = pending_[index];
  const std::uint32_t max = rule.rule->max_bytes;
  std::uint32_t from =
      std::max(text_.RecordBegin(places[first], max), next_[index]);
  std::size_t last = first;
  while (last + 1 < places.size() &&
         Together(places[last], places[last + 1], max)) {
    ++last;
  }
  const std::uint32_t to = places[last] + 1;
  // Where an escape can change what is found: near a place, or at a match's edge.
  Span reach{text_.RecordBegin(places[first], 64), text_.RecordEnd(to - 1, 64)};
  bool found_any = false;
  while (from < to) {
    const std::optional<Found> found = FindIn(rule, text_, from, to);
    if (!found) break;
    if (!found_any)
      reach.begin = text_.RecordBegin(found->whole.begin, kSafeGap);
    reach.end = text_.RecordEnd(found->whole.end, 1);
    found_any = true;
    Emit(index, found->value, found->validation);
    from = std::max(found->value.end, found->whole.begin + 1);
  }
  if (escapes_ && HoldsEscape(reach.begin, reach.end)) {
    SearchDecoded(index, places[first], to);
  }
  return last + 1;
}

void TextPass::TryRegion(const CompiledRule& rule, std::uint32_t begin) {
  const std::uint32_t index = rule.rule->index;
  if (begin < next_[index]) return;
  if (text_.one_record) {
    // Only the head: the window may end before the region does.
    const std::optional<Found> head = MatchAt(rule, text_, begin);
    if (head) Emit(index, head->whole, head->validation);
    return;
  }
  const std::optional<FoundRegion> found = FindRegion(rule, text_, begin);
  if (!found) return;
  Emit(index, found->value, found->validation);
  if (!escapes_) return;
  const std::uint32_t record_end =
      text_.RecordEnd(begin, found->value.end - begin);
  if (HoldsEscape(begin, record_end)) region_heads_.push_back({begin, index});
}

// True where two places lie in one record, at most `reach` bytes apart.
bool TextPass::Together(std::uint32_t a, std::uint32_t b,
                        std::uint32_t reach) const {
  return b - a <= reach && text_.RecordEnd(a, b - a) == b;
}

// ---- escapes

bool TextPass::HoldsEscape(std::uint32_t begin, std::uint32_t end) const {
  const std::string_view bytes = text_.text.substr(begin, end - begin);
  return std::memchr(bytes.data(), '\\', bytes.size()) != nullptr ||
         std::memchr(bytes.data(), '%', bytes.size()) != nullptr ||
         std::memchr(bytes.data(), '\x1b', bytes.size()) != nullptr;
}

// True where the bytes in front of what a hit stands for may be the end of an
// escape:
// `\n550e...`, `%20550e...`, `\u003d550e...`.
bool TextPass::EscapeReaches(const ShapeHit& hit) const {
  const std::string_view text = text_.text;
  const auto back = [&](std::uint32_t at, std::uint32_t limit, auto is) {
    std::uint32_t begin = at;
    while (begin > 0 && at - begin < limit && is(text[begin - 1])) --begin;
    return begin;
  };
  std::uint32_t begin = hit.at;
  switch (hit.kind) {
    case HitKind::kUuid:
      begin -= std::min(begin, 23U);
      break;
    case HitKind::kMacDashes:
      begin -= std::min(begin, 14U);
      break;
    case HitKind::kMacDots:
      begin -= std::min(begin, 9U);
      break;
    case HitKind::kCardGroups:
      begin -= std::min(begin, 13U);
      break;
    case HitKind::kIpv4:
      begin = back(begin, 16, [](char c) { return IsAlnum(c) || c == '.'; });
      break;
    case HitKind::kEmail:
      begin = back(begin - 1, 64, [](char c) {
        return IsAlnum(c) || c == '.' || c == '_' || c == '-' || c == '+';
      });
      break;
    case HitKind::kAlnumRun:
      // What an escape leaves of the run is one of the shape, or it is a word.
      if (!IsBase58Tail(begin)) return false;
      begin -= 25;
      break;
    default:
      begin = back(begin, 64, [](char c) { return IsAlnum(c) || c == ':'; });
      break;
  }
  begin = back(begin, 16, IsAlnum);
  return begin > 0 && IsEscapeByte(text[begin - 1]);
}

// True where the run whose 26th byte stands at `at` can hold base 58 behind the
// bytes that belong to an escape in front of it.
bool TextPass::IsBase58Tail(std::uint32_t at) const {
  constexpr std::uint32_t kEscape = 6;  // of \u0041 and all shorter ones
  const std::string_view text = text_.text;
  std::uint32_t end = at - 25 + kEscape;
  const auto in_base = [](char c) {
    return IsAlnum(c) && c != '0' && c != 'O' && c != 'I' && c != 'l';
  };
  while (end < text.size() && end < at + 20 && in_base(text[end])) ++end;
  return end == text.size() || !IsAlnum(text[end]);
}

// True where the escape at `at` stands for a byte that an anchor or a shape may
// hold, so that a search of the raw bytes can miss it.
bool TextPass::IsTrigger(std::uint32_t at) const {
  const std::string_view text = text_.text;
  const auto byte = [&](std::uint32_t i) {
    return i < text.size() ? text[i] : '\n';
  };
  if (byte(at) != '%') return true;  // a literal: rare enough
  const auto digit = [](char c) {
    return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
  };
  const auto c =
      static_cast<char>(digit(byte(at + 1)) * 16 + digit(byte(at + 2)));
  const char before = at > 0 ? text[at - 1] : '\n';
  const char behind = byte(at + 3);
  const auto joins = [this](char next) {
    return IsAlnum(next) || next == '%' ||
           program_.anchor_bytes[static_cast<std::uint8_t>(next)];
  };
  if (IsAlnum(c)) return true;
  switch (c) {
    case '@':
      return IsLocalPart(before) && (IsAlnum(behind) || behind == '%');
    case '_':
    case '-':
    case '.':
      return joins(before) && joins(behind);
    case ':':
      return true;
    case '+':
      return behind >= '1' && behind <= '9';
    case ' ':
      return joins(before) && joins(behind);
    case '%':
      return true;
    default:
      return program_.anchor_bytes[static_cast<std::uint8_t>(c)];
  }
}

Span TextPass::DecodableWindow(std::uint32_t begin, std::uint32_t end,
                               std::uint32_t reach) const {
  const auto safe = [&](std::uint32_t at) {
    const std::uint32_t gap = std::min(at, kSafeGap);
    return !HoldsEscape(at - gap, at);
  };
  std::uint32_t low = text_.RecordBegin(begin, reach);
  const std::uint32_t floor = text_.RecordBegin(low, kSafeSearch);
  while (low > floor && !safe(low)) --low;
  std::uint32_t high = text_.RecordEnd(end, reach);
  const std::uint32_t ceiling = text_.RecordEnd(high, kSafeSearch);
  while (high < ceiling && !safe(high)) ++high;
  return {low, high};
}

// Calls search(add) with the decoded bytes of `window` in view_, where they
// differ; add() takes a candidate in the view's units.
template <typename Visit>
void TextPass::InDecoded(Span window, Visit search) {
  if (!view_.Decode(window.Of(text_.text))) return;
  search([&](const Candidate& candidate) {
    AddDecoded(view_, window, candidate);
  });
}

void TextPass::AddDecoded(const DecodedView& view, Span window,
                          Candidate candidate) {
  const Span value = candidate.value;
  const Span raw = view.ToRaw(value);
  // Near a cut edge it may be only a part, or what forbids it is cut off.  A
  // region is cut at its end by definition.
  const bool region = candidate.rule->route == Route::kRegion;
  if (raw.begin < kEdge && !BeginsRecord(window.begin)) return;
  if (raw.end + kEdge > window.size() && !EndsRecord(window.end) && !region) {
    return;
  }
  candidate.decoded = view.Changed(value);
  candidate.from_decoded = true;
  candidate.value = {raw.begin + window.begin, raw.end + window.begin};
  found_->push_back(candidate);
}

bool TextPass::BeginsRecord(std::uint32_t at) const {
  return at == 0 || text_.one_record || text_.text[at - 1] == '\n';
}

bool TextPass::EndsRecord(std::uint32_t at) const {
  return at == text_.text.size() || text_.one_record || text_.text[at] == '\n';
}

void TextPass::SearchDecoded(std::uint32_t index, std::uint32_t begin,
                             std::uint32_t end) {
  if (end <= decoded_until_[index]) return;
  const CompiledRule& rule = program_.rules[index];
  const std::uint32_t reach =
      std::min(kMaxDecodedReach, 2 * rule.rule->max_bytes + 64);
  // Where places are dense each window is larger than the last, so that what
  // windows share costs a part of what they have alone.
  std::uint32_t& ahead = decoded_ahead_[index];
  begin = std::max(begin, decoded_until_[index]);
  const bool dense =
      decoded_until_[index] != 0 && begin - decoded_until_[index] <= reach;
  ahead = dense ? std::min(2 * ahead + reach, kMaxDecodedAhead) : 0;
  end = text_.RecordEnd(end, ahead);
  const Span window = DecodableWindow(begin, end, reach);
  decoded_until_[index] = end;
  InDecoded(window, [&](auto add) {
    const SearchText decoded{view_.text(), true};
    const auto size = static_cast<std::uint32_t>(decoded.text.size());
    std::uint32_t from = 0;
    while (from < size) {
      const std::optional<Found> found = FindIn(rule, decoded, from, size);
      if (!found) break;
      add(Candidate{&rule, found->value, found->validation, true, false});
      from = std::max(found->value.end, found->whole.begin + 1);
    }
  });
}

void TextPass::SearchDecodedRegion(std::uint32_t index, std::uint32_t begin) {
  if (begin < decoded_until_[index]) return;
  decoded_until_[index] = begin + 1;
  if (!DecodeRegionsFrom(begin)) return;
  const Span window = region_window_;
  const CompiledRule& rule = program_.rules[index];
  const auto found = FindRegion(rule, {region_view_.text(), true},
                                region_view_.FromRaw(begin - window.begin));
  if (!found) return;
  decoded_until_[index] = region_view_.ToRaw(found->value).end + window.begin;
  Candidate candidate{&rule, found->value, found->validation, true, false};
  candidate.unfinished = !found->finished;
  AddDecoded(region_view_, window, candidate);
}

// Makes region_view_ hold the bytes of a region at `begin`; false where they are
// none but as they stand.  One window serves many heads, which come in order: a
// region without its end may be as short as its head.
bool TextPass::DecodeRegionsFrom(std::uint32_t begin) {
  // A region's bytes are counted as decoded; an escape has at most six for one.
  constexpr std::uint32_t kMostRaw = 6 * kRegionBytes;
  const Span& held = region_window_;
  const bool holds = begin >= held.begin + kEdge && begin < held.end &&
                     (held.end - begin >= kMostRaw || EndsRecord(held.end));
  if (!holds) {
    region_window_ = {DecodableWindow(begin, begin, kEdge).begin,
                      text_.RecordEnd(begin, 2 * kMostRaw)};
    regions_differ_ = region_view_.Decode(region_window_.Of(text_.text));
  }
  return regions_differ_;
}

void TextPass::SearchTriggers() {
  std::sort(triggers_.begin(), triggers_.end());
  if (inner_ == nullptr && !triggers_.empty()) {
    inner_ = std::make_unique<TextPass>(database_);
  }
  std::vector<Candidate> inside;
  for (std::size_t i = 0; i < triggers_.size();) {
    const std::uint32_t first = triggers_[i];
    std::uint32_t last = first;
    while (i < triggers_.size() &&
           Together(last, triggers_[i], kTriggerReach)) {
      last = triggers_[i++];
    }
    const Span window = DecodableWindow(first, last + 1, kTriggerReach);
    InDecoded(window, [&](auto add) {
      inside.clear();
      inner_->Run({view_.text(), true}, &inside);
      for (const Candidate& candidate : inside) {
        if (candidate.rule->route == Route::kRegion) {
          region_heads_.push_back(
              {view_.ToRaw(candidate.value).begin + window.begin,
               candidate.rule->rule->index});
        } else {
          add(candidate);
        }
      }
    });
  }
}

}  // namespace logspill
