#include "scanner/redact/block_redactor.h"

#include <algorithm>
#include <cstring>

namespace logspill {
namespace {

constexpr std::size_t kContext = 512;  // bytes around a window's core

std::uint64_t CountLines(std::string_view text) {
  return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

std::size_t LineEnd(std::string_view text, std::size_t at) {
  const void* newline = std::memchr(text.data() + at, '\n', text.size() - at);
  return newline == nullptr
             ? text.size()
             : static_cast<std::size_t>(static_cast<const char*>(newline) -
                                        text.data());
}

// Counts lines before places that never go back.
class LineCounter {
 public:
  explicit LineCounter(std::string_view text) : text_(text) {}

  std::uint64_t At(std::size_t at) {
    if (at > at_) lines_ += CountLines(text_.substr(at_, at - at_));
    at_ = std::max(at_, at);
    return lines_;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::uint64_t lines_ = 0;
};

Span SpanOf(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

}  // namespace

void RedactedBlock::Clear() {
  bytes.clear();
  newlines = changed = verified = 0;
  withheld.clear();
  tokens.clear();
  counts.clear();
}

BlockRedactor::BlockRedactor(const RedactParts& parts)
    : parts_(parts),
      search_(parts.rules, parts.classifier, parts.policies, parts.key,
              parts.decode_base64),
      rewriter_(parts.key) {
  std::vector<std::string> kinds;
  for (const Rule& rule : parts.rules->rules().rules) {
    kinds.push_back(rule.kind);
  }
  mark_kinds_ = MarkKinds(std::move(kinds));
}

BlockRedactor::~BlockRedactor() = default;

void BlockRedactor::Find(const Block& block) {
  block_ = &block;
  values_.clear();
  newlines_ = search_.Find(block.bytes, block.window, &values_);
  if (!block.window) return;
  newlines_ = CountLines(
      block.bytes.substr(block.core_begin, block.core_end - block.core_begin));
  std::erase_if(values_, [&](const FoundValue& value) {
    const std::uint32_t begin = value.match.value.begin;
    return begin < block.core_begin || begin >= block.core_end;
  });
}

void BlockRedactor::Decide(IdentityMemory* memory, std::uint64_t* taken) {
  const std::span<FoundValue> all(values_);
  for (const FoundValue& value : all) {
    if (value.hash != 0) memory->Prefetch(value.hash);
  }
  for (std::size_t first = 0; first < all.size();) {
    std::size_t last = first;
    while (last < all.size() && all[last].record == all[first].record) ++last;
    const std::span<FoundValue> record = all.subspan(first, last - first);
    for (FoundValue& value : record) {
      if (value.hash != 0) value.prior = memory->Of(value.hash);
    }
    search_.Decide(block_->bytes, record);
    // What goes with its record proves nothing to those who read the output.
    const bool dropped =
        std::any_of(record.begin(), record.end(), [](const FoundValue& value) {
          return value.policy.action == Action::kDropRecord;
        });
    for (const FoundValue& value : record) {
      const bool gone = dropped && value.stays();
      if (value.hash != 0 && !gone) memory->Learn(value.hash, value.local);
    }
    first = last;
  }
  from_ = block_->core_begin;
  if (!block_->window) return;
  from_ = std::min<std::size_t>(
      block_->core_end, std::max<std::uint64_t>(
                            from_, *taken - std::min(*taken, block_->offset)));
  for (const FoundValue& value : values_) {
    if (value.stays()) continue;
    *taken = std::max(*taken, block_->offset + value.span().end);
  }
}

void BlockRedactor::CountTokens(RedactedBlock* out) const {
  const std::string_view bytes = block_->bytes;
  for (std::size_t at = bytes.find('[', block_->core_begin);
       at < block_->core_end; at = bytes.find('[', at + 1)) {
    const std::string_view key = KeyIdOfMark(bytes, at, mark_kinds_);
    if (!key.empty()) ++out->tokens[std::string(key)];
  }
}

void BlockRedactor::Rewrite(RedactedBlock* out) {
  out->Clear();
  if (parts_.count_tokens) CountTokens(out);
  out->newlines = newlines_;
  changed_.clear();
  final_.clear();
  MakeUnits();
  RewriteUnits(out);
  if (block_->window) {
    for (Unit& unit : units_) RescanWindow(&unit);
  } else {
    RescanUnits();
  }
  Assemble(out);
  if (parts_.verify_all) VerifyRest(out);
}

void BlockRedactor::MakeUnits() {
  units_.clear();
  const std::string_view bytes = block_->bytes;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const FoundValue& value = values_[i];
    if (block_->window) {
      if (units_.empty()) {
        std::size_t end = block_->core_end;
        if (end == bytes.size() && bytes.ends_with('\n')) --end;
        units_.push_back({.lines = SpanOf(std::min(from_, end), end)});
      }
    } else if (units_.empty() || value.record >= units_.back().lines.end) {
      const std::size_t end = LineEnd(bytes, value.record);
      units_.push_back({.lines = SpanOf(value.record, end), .first = i});
    }
    Unit& unit = units_.back();
    unit.last = i + 1;
    const Span span = value.span();
    if (!block_->window && span.end > unit.lines.end) {
      unit.lines.end = static_cast<std::uint32_t>(LineEnd(bytes, span.end - 1));
    }
    unit.changed = unit.changed || !value.stays();
  }
  final_of_.assign(units_.size(), 0);
}

void BlockRedactor::RewriteUnits(RedactedBlock* out) {
  const std::span<const FoundValue> all(values_);
  for (Unit& unit : units_) {
    if (!unit.changed) continue;
    const std::span<const FoundValue> values =
        all.subspan(unit.first, unit.last - unit.first);
    unit.begin = changed_.size();
    // A window's context is needed to see where its values stand.
    const std::uint32_t base = block_->window ? 0 : unit.lines.begin;
    const std::string_view text =
        block_->window ? block_->bytes : unit.lines.Of(block_->bytes);
    shifted_.assign(values.begin(), values.end());
    for (FoundValue& value : shifted_) {
      for (Span* span : {&value.match.value, &value.match.redact}) {
        span->begin -= base;
        span->end -= base;
      }
    }
    const Span part{unit.lines.begin - base, unit.lines.end - base};
    unit.changed = rewriter_.Rewrite(text, part, shifted_, &changed_);
    unit.end = changed_.size();
    if (!unit.changed) continue;
    unit.dropped = rewriter_.dropped();
    if (!unit.dropped && !GapsAgree(text, part, TextOf(unit))) {
      unit.failed = "bytes beside a value would change";
    }
    changed_.push_back('\n');
    for (const FoundValue& value : values) {
      if (value.stays() || value.lost) continue;
      ++out->counts[{value.match.rule->index, value.policy.action}];
    }
  }
}

// Compares what stands between the edits, and what was cut of lines.
bool BlockRedactor::GapsAgree(std::string_view text, Span part,
                              std::string_view is) const {
  std::uint32_t was_at = part.begin;
  std::uint32_t is_at = 0;
  std::uint64_t lines_lost = 0;  // modulo 2^64
  for (const Rewriter::Edit& edit : rewriter_.edits()) {
    lines_lost += CountLines(edit.was.Of(text)) - CountLines(edit.is.Of(is));
    if (Span{was_at, edit.was.begin}.Of(text) !=
        is.substr(is_at, edit.is.begin - is_at)) {
      return false;
    }
    was_at = edit.was.end;
    is_at = edit.is.end;
  }
  return lines_lost == 0 && Span{was_at, part.end}.Of(text) == is.substr(is_at);
}

std::string_view BlockRedactor::TextOf(const Unit& unit) const {
  const std::size_t index = static_cast<std::size_t>(&unit - units_.data());
  if (final_of_[index] != 0) return final_[final_of_[index] - 1];
  return std::string_view(changed_).substr(unit.begin, unit.end - unit.begin);
}

// Gives the values of a second look what was known before the unit's record.
void BlockRedactor::Prepare(const Unit& unit,
                            std::span<FoundValue> values) const {
  for (FoundValue& value : values) {
    if (value.hash == 0) continue;
    for (std::size_t i = unit.first; i < unit.last; ++i) {
      if (values_[i].hash != value.hash) continue;
      value.prior = values_[i].prior;
      break;
    }
  }
}

void BlockRedactor::RescanUnits() {
  again_.clear();
  if (!changed_.empty()) search_.Find(changed_, false, &again_);
  std::size_t next = 0;
  for (Unit& unit : units_) {
    if (!unit.changed) continue;
    const std::size_t first = next;
    while (next < again_.size() && again_[next].match.value.begin < unit.end) {
      ++next;
    }
    const std::span<FoundValue> values =
        std::span(again_).subspan(first, next - first);
    bool clean = true;
    if (!values.empty()) {
      Prepare(unit, values);
      search_.Decide(changed_, values);
      clean = std::all_of(values.begin(), values.end(),
                          [](const FoundValue& v) { return v.stays(); });
    }
    if (!clean && unit.failed.empty()) {
      std::string text(TextOf(unit));
      const Span part = SpanOf(0, text.size());
      Settle(&unit, std::move(text), part);
    }
    if (unit.failed.empty() && !unit.dropped) CheckJson(&unit, TextOf(unit));
  }
}

void BlockRedactor::RescanWindow(Unit* unit) {
  if (!unit->changed || unit->dropped || !unit->failed.empty()) return;
  const std::string_view bytes = block_->bytes;
  const std::size_t left = std::min<std::size_t>(unit->lines.begin, kContext);
  std::size_t right_begin = unit->lines.end;
  for (std::size_t i = unit->first; i < unit->last; ++i) {
    if (values_[i].stays()) continue;
    right_begin = std::max<std::size_t>(right_begin, values_[i].span().end);
  }
  std::string text(bytes.substr(unit->lines.begin - left, left));
  text += TextOf(*unit);
  const Span part = SpanOf(left, text.size());
  text += bytes.substr(std::min(right_begin, bytes.size()), kContext);
  Settle(unit, std::move(text), part);
}

void BlockRedactor::Settle(Unit* unit, std::string text, Span part) {
  bool written = false;
  for (int round = 0; round < kMostRounds; ++round) {
    std::vector<FoundValue> values;
    search_.Find(text, block_->window, &values);
    std::erase_if(values, [&](const FoundValue& value) {
      const std::uint32_t begin = value.match.value.begin;
      return begin < part.begin || begin >= part.end;
    });
    Prepare(*unit, values);
    search_.Decide(text, values);
    std::string next;
    if (!rewriter_.Rewrite(text, part, values, &next)) {
      if (!written) return;
      const auto index = static_cast<std::size_t>(unit - units_.data());
      final_.emplace_back(part.Of(text));
      final_of_[index] = final_.size();
      return;
    }
    if (!rewriter_.dropped() && !GapsAgree(text, part, next)) {
      unit->failed = "bytes beside a value would change";
      return;
    }
    written = true;
    const std::string behind = text.substr(part.end);
    text.resize(part.begin);
    text += next;
    part.end = static_cast<std::uint32_t>(text.size());
    text += behind;
  }
  unit->failed = "a value is found in it again and again";
}

void BlockRedactor::CheckJson(Unit* unit, std::string_view is) {
  const std::string_view was = unit->lines.Of(block_->bytes);
  if (!LooksLikeJson(was) || json_check_.IsValid(is)) return;
  if (json_check_.IsValid(was)) unit->failed = "it would no longer be JSON";
}

void BlockRedactor::Withhold(const Unit& unit, RedactedBlock* out) {
  const std::string_view was = unit.lines.Of(block_->bytes);
  const bool json = !block_->window && json_check_.IsValid(was);
  out->withheld.push_back(
      {CountLines(block_->bytes.substr(0, unit.lines.begin)), unit.failed});
  for (std::size_t at = 0;;) {
    std::size_t end = LineEnd(was, at);
    const bool last = end == was.size();
    if (end > at && was[end - 1] == '\r') --end;
    AppendStandIn(kWithheldRecord, json, &out->bytes);
    out->bytes.append(was.substr(end, (last ? was.size() : end + 1) - end));
    if (last) return;
    at = LineEnd(was, at) + 1;
  }
}

void BlockRedactor::Assemble(RedactedBlock* out) {
  std::size_t at = from_;
  out->bytes.reserve(block_->core_end - at + changed_.size() / 4);
  for (const Unit& unit : units_) {
    if (!unit.changed) continue;
    out->bytes.append(block_->bytes.substr(at, unit.lines.begin - at));
    ++out->changed;
    ++out->verified;
    if (unit.failed.empty()) {
      out->bytes.append(TextOf(unit));
    } else {
      Withhold(unit, out);
    }
    at = unit.lines.end;
  }
  if (at < block_->core_end) {
    out->bytes.append(block_->bytes.substr(at, block_->core_end - at));
  }
}

// Scans what goes out as a whole.  Lines are as many as in the block, and what
// was known before a line is known by its number.
void BlockRedactor::VerifyRest(RedactedBlock* out) {
  if (block_->window) return;
  out->verified = newlines_;
  again_.clear();
  search_.Find(out->bytes, false, &again_);
  const std::string_view is = out->bytes;
  LineCounter was_lines(block_->bytes);
  LineCounter is_lines(is);
  std::vector<std::pair<Span, std::uint64_t>> bad;  // and its line
  std::size_t unit = 0;
  for (std::size_t first = 0; first < again_.size();) {
    const std::uint32_t record = again_[first].record;
    std::size_t last = first;
    while (last < again_.size() && again_[last].record == record) ++last;
    const std::span<FoundValue> values =
        std::span(again_).subspan(first, last - first);
    first = last;
    const std::uint64_t line = is_lines.At(record);
    while (unit < units_.size() &&
           was_lines.At(units_[unit].lines.begin) < line) {
      ++unit;
    }
    if (unit < units_.size() &&
        was_lines.At(units_[unit].lines.begin) == line) {
      Prepare(units_[unit], values);
    }
    search_.Decide(is, values);
    const bool clean =
        std::all_of(values.begin(), values.end(),
                    [](const FoundValue& v) { return v.stays(); });
    if (!clean) bad.emplace_back(SpanOf(record, LineEnd(is, record)), line);
  }
  if (bad.empty()) return;
  const std::string all = std::exchange(out->bytes, {});
  std::size_t at = 0;
  for (const auto& [record, line] : bad) {
    const std::string_view was = record.Of(all);
    out->bytes.append(all, at, record.begin - at);
    out->withheld.push_back({line, "a value is found in what goes out"});
    AppendStandIn(kWithheldRecord, json_check_.IsValid(was), &out->bytes);
    if (was.ends_with('\r')) out->bytes += '\r';
    at = record.end;
  }
  out->bytes.append(all, at, all.size() - at);
}

}  // namespace logspill
