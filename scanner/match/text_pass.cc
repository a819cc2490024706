#include "scanner/match/text_pass.h"

#include <algorithm>
#include <cstring>

namespace logspill {
namespace {

// A decoded window reaches this far around what it is made for, and begins and
// ends where no escape can be cut.
constexpr std::uint32_t kTriggerReach = 512;
constexpr std::uint32_t kSafeGap = 12;  // the longest escape: \uD83D\uDE00
constexpr std::uint32_t kSafeSearch = 256;
constexpr std::uint32_t kMaxDecodedReach = 4096;
constexpr std::uint32_t kRegionBytes = 64 << 10;

bool IsEscapeByte(char c) { return c == '\\' || c == '%' || c == '\x1b'; }

bool IsAlnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

bool IsBase64Line(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return !line.empty() && std::all_of(line.begin(), line.end(), [](char c) {
    return IsAlnum(c) || c == '+' || c == '/' || c == '=';
  });
}

}  // namespace

TextPass::TextPass(const RuleDatabase::Impl* database)
    : database_(database),
      program_(database->program),
      literal_scratch_(database->literals.NewScratch()),
      pattern_scratch_(database->patterns.NewScratch()),
      pending_(program_.rules.size()),
      next_(program_.rules.size()),
      decoded_until_(program_.rules.size()) {}

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
  return newlines;
}

std::uint64_t TextPass::Search(std::vector<Candidate>* found) {
  found_ = found;
  hits_.clear();
  literal_hits_.clear();
  triggers_.clear();
  std::fill(next_.begin(), next_.end(), 0);
  std::fill(decoded_until_.begin(), decoded_until_.end(), 0);
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
  for (const std::uint32_t index :
       program_.by_hit[static_cast<std::size_t>(hit.kind)]) {
    Await(index, hit.at);
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
    for (std::size_t shape = 0; shape < kShapes; ++shape) {
      const std::uint32_t kinds = HitKindsOf(static_cast<Shape>(shape));
      if ((kinds >> static_cast<unsigned>(hit.kind) & 1) == 0) continue;
      for (const std::uint32_t index : program_.by_shape[shape]) {
        SearchDecoded(index, hit.at, hit.at + 1);
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
  std::uint32_t begin = anchor - std::min(anchor, rule.slack);
  if (!text_.one_record && begin < anchor && text_.text[begin] == '\n') ++begin;
  for (; begin <= anchor && !found; ++begin) {
    if (begin >= next_[index]) found = MatchAt(rule, text_, begin);
  }
  if (found && found->value.begin >= next_[index]) {
    Emit(index, found->value, found->validation);
  }
  if (!escapes_) return;
  const std::uint32_t behind =
      found ? found->whole.end + 1
            : anchor + std::min<std::uint32_t>(rule.rule->max_bytes, 256);
  const std::uint32_t before = text_.RecordBegin(anchor, 8);
  if (HoldsEscape(before, text_.RecordEnd(anchor, behind - anchor))) {
    SearchDecoded(index, anchor, anchor + 1);
  }
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
  bool found_any = false;
  while (from < to) {
    const std::optional<Found> found = FindIn(rule, text_, from, to);
    if (!found) break;
    found_any = true;
    Emit(index, found->value, found->validation);
    from = std::max(found->value.end, found->whole.begin + 1);
  }
  if (escapes_ && !found_any) {
    const std::uint32_t begin = text_.RecordBegin(places[first], 64);
    if (HoldsEscape(begin, text_.RecordEnd(to - 1, 64))) {
      SearchDecoded(index, places[first], to);
    }
  }
  return last + 1;
}

void TextPass::TryRegion(const CompiledRule& rule, std::uint32_t begin) {
  const std::uint32_t index = rule.rule->index;
  if (begin < next_[index]) return;
  const std::optional<Found> head = MatchAt(rule, text_, begin);
  if (!head) return;
  const Region& region = rule.rule->region;
  const auto size = static_cast<std::uint32_t>(text_.text.size());
  std::uint32_t line_end = text_.RecordEnd(begin, kRegionBytes);
  std::uint32_t bare_end = line_end;  // where it ends if no end marker comes
  bool bare = true;
  std::uint32_t line = begin;
  for (std::uint32_t lines = 1;; ++lines) {
    const std::string_view bytes = text_.text.substr(line, line_end - line);
    const std::size_t from = line == begin ? head->whole.size() : 0;
    const std::size_t end =
        bytes.find(region.end, std::min(from, bytes.size()));
    if (end != std::string_view::npos) {
      const auto stop =
          line + static_cast<std::uint32_t>(end + region.end.size());
      return Emit(index, {begin, stop}, head->validation);
    }
    bare = bare && (line == begin || IsBase64Line(bytes));
    if (bare) bare_end = line_end;
    if (lines == region.max_lines || line_end >= size || text_.one_record ||
        line_end - begin >= kRegionBytes) {
      break;
    }
    line = line_end + 1;
    line_end = text_.RecordEnd(line, kRegionBytes);
  }
  while (bare_end > begin && text_.text[bare_end - 1] == '\r') --bare_end;
  Emit(index, {begin, bare_end}, head->validation);
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
    default:
      begin = back(begin, 64, [](char c) { return IsAlnum(c) || c == ':'; });
      break;
  }
  begin = back(begin, 16, IsAlnum);
  return begin > 0 && IsEscapeByte(text[begin - 1]);
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
  if (IsAlnum(c)) return true;
  switch (c) {
    case '@':
    case '_':
    case '-':
    case '.':
      return IsAlnum(before) && IsAlnum(behind);
    case ':':
      return true;
    case '+':
      return behind >= '1' && behind <= '9';
    case ' ':
      return IsAlnum(before) && IsAlnum(behind);
    case '%':
      return true;
    default:
      return false;
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

// Calls search(view, add) on the decoded bytes of `window`, where they differ;
// add() takes a candidate in the view's units.
template <typename Visit>
void TextPass::InDecoded(Span window, Visit search) {
  if (!view_.Decode(window.Of(text_.text))) return;
  const auto decoded_size = static_cast<std::uint32_t>(view_.text().size());
  const bool record_begins = window.begin == 0 || text_.one_record ||
                             text_.text[window.begin - 1] == '\n';
  const bool record_ends = window.end == text_.text.size() ||
                           text_.one_record || text_.text[window.end] == '\n';
  search([&](Candidate candidate) {
    const Span value = candidate.value;
    // What touches a cut edge may be only a part.
    if (value.begin == 0 && !record_begins) return;
    if (value.end == decoded_size && !record_ends) return;
    const Span raw = view_.ToRaw(value);
    candidate.decoded = view_.Changed(value);
    candidate.from_decoded = true;
    candidate.value = {raw.begin + window.begin, raw.end + window.begin};
    found_->push_back(candidate);
  });
}

void TextPass::SearchDecoded(std::uint32_t index, std::uint32_t begin,
                             std::uint32_t end) {
  if (begin < decoded_until_[index]) return;
  const CompiledRule& rule = program_.rules[index];
  const std::uint32_t reach =
      std::min(kMaxDecodedReach, 2 * rule.rule->max_bytes + 64);
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
      for (const Candidate& candidate : inside) add(candidate);
    });
  }
}

}  // namespace logspill
