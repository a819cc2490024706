#include "scanner/redact/rewriter.h"

#include <algorithm>
#include <cstring>

#include "scanner/base/mark.h"
#include "scanner/record/json_check.h"

namespace logspill {
namespace {

constexpr std::size_t kLeastEcho = 6;  // bytes of a value that is looked for
// Where a long record holds more values only what is near is looked at, so that
// the cost stays that of the record.
constexpr std::size_t kMostWhole = 64;
constexpr std::uint32_t kWholeEcho = 8 << 10;
constexpr std::uint32_t kEchoReach = 512;

// The value whose mark stands for both: one that won, then the graver, then the
// first.
bool Outranks(const FoundValue& a, const FoundValue& b) {
  if (a.lost != b.lost) return b.lost;
  return a.match.rule->severity > b.match.rule->severity;
}

// What no one else says by chance: it holds a digit, and is no short number.
bool MayEcho(std::string_view value) {
  return value.size() >= kLeastEcho &&
         value.find_first_of("0123456789") != std::string_view::npos;
}

bool IsDigitAt(std::string_view text, std::size_t at) {
  return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

// True where `span` is a part of a longer run of digits.
bool CutsNumber(std::string_view text, Span span) {
  return (span.begin > 0 && IsDigitAt(text, span.begin - 1) &&
          IsDigitAt(text, span.begin)) ||
         (IsDigitAt(text, span.end) && IsDigitAt(text, span.end - 1));
}

// True where a value overlaps `span`.  Of those before it only the nearest are
// looked at: values hardly overlap each other.
bool HoldsValue(std::span<const FoundValue> values, Span span) {
  constexpr int kNearest = 4;
  auto at = std::partition_point(values.begin(), values.end(),
                                 [&](const FoundValue& value) {
                                   return value.match.value.begin < span.end;
                                 });
  for (int i = 0; i < kNearest && at != values.begin(); ++i) {
    if ((--at)->span().Overlaps(span)) return true;
  }
  return false;
}

// `span` and `reach` bytes on either side, within `limit`.
Span Around(Span span, std::uint32_t reach, Span limit) {
  const bool near_end = span.end >= limit.end || limit.end - span.end <= reach;
  const std::uint32_t begin = span.begin > reach ? span.begin - reach : 0;
  return {std::max(begin, limit.begin),
          near_end ? limit.end : span.end + reach};
}

}  // namespace

void AppendStandIn(std::string_view mark, bool json, std::string* out) {
  if (json) out->push_back('"');
  out->append(mark);
  if (json) out->push_back('"');
}

Rewriter::~Rewriter() { Wipe(&value_); }

// Asked for only where a value may stand outside of strings.
bool Rewriter::IsJson(std::string_view text) {
  if (!is_json_) is_json_ = json_ && json_check_.IsValid(text);
  return *is_json_;
}

void Rewriter::Place(std::string_view text, Span part, Span span,
                     const FoundValue& value, bool alone, StringScan* strings) {
  Piece piece;
  piece.value = &value;
  piece.alone = alone;
  const std::string_view near =
      text.substr(span.begin - std::min(span.begin, 8U), span.size() + 16);
  const bool escapes = near.find('\\') != near.npos && IsJson(text);
  piece.span = WholeCharacters(text, span, escapes);
  if (const auto number = NumberAround(text, piece.span)) {
    const bool bare = IsJson(text) && !strings->InString(number->begin);
    piece.quote = bare ? "\"" : QuoteBefore(text, number->begin);
    if (!piece.quote.empty()) piece.span = *number;
  }
  piece.span.begin = std::max(piece.span.begin, part.begin);
  piece.span.end = std::min(piece.span.end, part.end);
  // A value of a long record may lie in what an earlier window wrote.
  if (piece.span.begin < piece.span.end) pieces_.push_back(std::move(piece));
}

void Rewriter::Collect(std::string_view text, Span part,
                       std::span<const FoundValue> values) {
  pieces_.clear();
  StringScan strings(text);
  for (const FoundValue& value : values) {
    if (value.stays()) continue;
    dropped_ = dropped_ || value.policy.action == Action::kDropRecord;
    const bool alone = !value.lost && value.match.redact == value.match.value;
    Place(text, part, value.span(), value, alone, &strings);
  }
  const auto by_place = [](const Piece& a, const Piece& b) {
    return a.span.begin < b.span.begin;
  };
  std::stable_sort(pieces_.begin(), pieces_.end(), by_place);
  if (pieces_.empty() || dropped_) return;
  const std::size_t found = pieces_.size();
  CollectEchoes(text, part, values);
  if (pieces_.size() != found) {
    std::stable_sort(pieces_.begin(), pieces_.end(), by_place);
  }
}

// Adds the other places of what is replaced.  `pieces_` are in order.
void Rewriter::CollectEchoes(std::string_view text, Span part,
                             std::span<const FoundValue> values) {
  const bool whole = part.size() <= kWholeEcho || pieces_.size() <= kMostWhole;
  for (const FoundValue& value : values) {
    const std::string_view bytes = value.match.value.Of(text);
    if (value.stays() || !MayEcho(bytes)) continue;
    const Span near =
        whole ? part : Around(value.match.value, kEchoReach, part);
    StringScan strings(text);
    for (std::size_t from = near.begin; from < near.end;) {
      const void* found = memmem(text.data() + from, near.end - from,
                                 bytes.data(), bytes.size());
      if (found == nullptr) break;
      const auto at = static_cast<std::uint32_t>(
          static_cast<const char*>(found) - text.data());
      const Span echo{at, at + static_cast<std::uint32_t>(bytes.size())};
      from = echo.end;
      if (CutsNumber(text, echo) || HoldsValue(values, echo)) continue;
      Place(text, part, echo, value, false, &strings);
    }
  }
}

void Rewriter::Merge() {
  std::size_t kept = 0;
  for (std::size_t i = 1; i < pieces_.size(); ++i) {
    Piece& last = pieces_[kept];
    Piece& next = pieces_[i];
    if (next.span.begin >= last.span.end) {
      ++kept;
      if (kept != i) pieces_[kept] = std::move(next);
      continue;
    }
    last.alone = false;
    if (!(last.span.Contains(next.span))) last.quote.clear();
    last.span.end = std::max(last.span.end, next.span.end);
    if (Outranks(*next.value, *last.value)) last.value = next.value;
  }
  if (!pieces_.empty()) pieces_.resize(kept + 1);
}

bool Rewriter::Rewrite(std::string_view text, Span part,
                       std::span<const FoundValue> values, std::string* out) {
  edits_.clear();
  dropped_ = false;
  json_ = LooksLikeJson(text.substr(0, part.end));
  is_json_.reset();
  written_from_ = out->size();
  Collect(text, part, values);
  if (pieces_.empty()) return false;
  if (dropped_) {
    AppendStandIn(kDroppedRecord, IsJson(text), out);
    return true;
  }
  Merge();
  std::uint32_t at = part.begin;
  for (const Piece& piece : pieces_) {
    out->append(text.substr(at, piece.span.begin - at));
    AppendPiece(text, piece, out);
    at = piece.span.end;
  }
  out->append(text.substr(at, part.end - at));
  return true;
}

// One replacement for each line of a value that spans several.
void Rewriter::AppendPiece(std::string_view text, const Piece& piece,
                           std::string* out) {
  std::uint32_t at = piece.span.begin;
  while (at < piece.span.end) {
    const std::string_view rest = Span{at, piece.span.end}.Of(text);
    const auto size =
        static_cast<std::uint32_t>(std::min(rest.find('\n'), rest.size()));
    Span line{at, at + size};
    if (line.end < piece.span.end && size > 0 && text[line.end - 1] == '\r') {
      --line.end;
    }
    const bool crosses =
        line.Of(text).find('"') != std::string_view::npos && IsJson(text);
    if (crosses) {
      AppendStrings(text, piece, line, out);
    } else if (!line.empty()) {
      AppendIn(text, piece, line, out);
    }
    const std::uint32_t next = std::min(at + size + 1, piece.span.end);
    out->append(text.substr(line.end, next - line.end));
    at = next;
  }
}

void Rewriter::AppendIn(std::string_view text, const Piece& piece, Span span,
                        std::string* out) {
  const std::size_t begin = out->size();
  const Policy& policy = piece.value->policy;
  const Match& match = piece.value->match;
  if (policy.action == Action::kDrop && !piece.quote.empty()) {
    out->append("null");
  } else {
    Replacement::Value value;
    value.rule = match.rule;
    value.text = Matcher::Value(text, match, &value_);
    const auto quotes = static_cast<std::uint32_t>(2 * piece.quote.size());
    value.raw_size = span.size() > quotes ? span.size() - quotes : 0;
    value.alone = piece.alone;
    if (match.decoded) value.percent_depth = PercentDepth(span.Of(text));
    out->append(piece.quote);
    replacement_.Append(value, policy, out);
    out->append(piece.quote);
    if (!value_.empty()) Wipe(&value_);
  }
  edits_.push_back({span,
                    {static_cast<std::uint32_t>(begin - written_from_),
                     static_cast<std::uint32_t>(out->size() - written_from_)}});
}

// A span of JSON that holds quotes: what stands in strings is replaced, what is
// between them stays, so that the record is JSON as before.
void Rewriter::AppendStrings(std::string_view text, const Piece& piece,
                             Span span, std::string* out) {
  StringScan strings(text);
  std::uint32_t at = span.begin;
  while (at < span.end) {
    const bool inside = strings.InString(at) && text[at] != '"';
    std::uint32_t end = at;
    while (end < span.end) {
      const bool in = strings.InString(end) && text[end] != '"';
      const bool escaped = in && text[end] == '\\' && end + 1 < span.end;
      if (in != inside) break;
      end += escaped ? 2 : 1;
    }
    const Span run{at, std::max(end, at + 1)};
    const std::string_view bytes = run.Of(text);
    const std::size_t word = bytes.find_first_not_of(" \t\",:{}[]");
    if (inside) {
      AppendIn(text, piece, run, out);
    } else if (word == std::string_view::npos) {
      out->append(bytes);
    } else {
      const std::size_t last = bytes.find_last_not_of(" \t\",:{}[]");
      out->append(bytes.substr(0, word));
      out->append("null");
      out->append(bytes.substr(last + 1));
      const auto size = static_cast<std::uint32_t>(out->size() - written_from_);
      const auto tail = static_cast<std::uint32_t>(bytes.size() - last - 1);
      edits_.push_back({{run.begin + static_cast<std::uint32_t>(word),
                         run.begin + static_cast<std::uint32_t>(last) + 1},
                        {size - tail - 4, size - tail}});
    }
    at = run.end;
  }
}

}  // namespace logspill
