#include "scanner/block_scanner.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <ctime>

#include "scanner/base/key.h"
#include "scanner/finding/excerpt.h"
#include "scanner/rule/value_form.h"

namespace logspill {
namespace {

constexpr std::size_t kFingerprintSlots = 4096;
constexpr std::size_t kGroupSlots = 512;

std::uint64_t HashText(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  }
  return text.empty() ? 0 : hash | 1;
}

// The highest severity that any subject could give a rule's values.
Severity Highest(const Classifier& classifier, const Rule& rule) {
  Severity highest = Severity::kInfo;
  const std::size_t subjects = classifier.subjects().size();
  for (std::size_t id = 0; id < subjects; ++id) {
    highest = std::max(highest,
                       classifier.SeverityOf(rule, static_cast<SubjectId>(id)));
  }
  return highest;
}

}  // namespace

int YearOf(std::int64_t modified_ms) {
  std::time_t seconds =
      modified_ms > 0 ? modified_ms / 1000 : std::time(nullptr);
  std::tm parts;
  gmtime_r(&seconds, &parts);
  return parts.tm_year + 1900;
}

std::uint64_t Utf16Bytes(std::string_view text) {
  std::uint64_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xC0) != 0x80 ? 1 : 0;
    units += byte >= 0xF0 ? 1 : 0;  // a surrogate pair
  }
  return units * 2;
}

BlockScanner::BlockScanner(ScanContext* context, bool wants_findings)
    : context_(context),
      wants_findings_(wants_findings),
      matcher_(&context->rules, {context->options.decode_base64}),
      header_reader_(YearOf(0), context->options.formats),
      cache_(&context->values),
      memo_(kGroupSlots),
      fingerprints_(kFingerprintSlots) {
  // A place that is allowed or known by its field is so at any severity.
  const ScanOptions& options = context->options;
  const bool needs_field =
      options.baseline != nullptr || options.record_shapes ||
      (options.allowlist != nullptr && options.allowlist->needs_field());
  for (const Rule& rule : context->rules.rules().rules) {
    folds_case_.push_back(FoldsCase(rule));
    needs_context_.push_back(Classifier::IsByEvidence(rule));
    may_print_.push_back(Highest(context->classifier, rule) >=
                         context->options.min_severity);
    needs_field_.push_back(needs_field || may_print_.back());
  }
  if (context->options.call_sites != nullptr) {
    sites_ = std::make_unique<SiteLookup>(context->options.call_sites,
                                          &context->roots, &context->classifier,
                                          &context->groups);
  }
}

void BlockScanner::StartInput(std::int64_t modified_ms) {
  header_reader_ = HeaderReader(YearOf(modified_ms), context_->options.formats);
}

BlockCounts BlockScanner::Scan(const Block& block, const BlockPlace& place,
                               BlockFindings* findings) {
  block_ = &block;
  place_ = &place;
  findings_ = findings;
  counts_ = BlockCounts{};
  record_ = RecordState{};
  header_reader_.set_detected(place.formats);
  event_at_ = 0;
  event_time_ = place.time_before;
  counted_to_ = 0;
  counted_lines_ = 0;
  units_to_ = 0;
  units_ = 0;
  last_line_group_ = ~GroupId{0};
  matches_.clear();
  counts_.newlines = matcher_.Scan(block.bytes, &matches_);
  for (std::size_t i = 0; i < matches_.size(); ++i) {
    const std::uint32_t begin = matches_[i].value.begin;
    if (begin >= block.core_begin && begin < block.core_end) OnMatch(i);
  }
  if (sites_ != nullptr) sites_->Sample(block, &header_reader_, &counts_.roots);
  return counts_;
}

// Makes record_ the record that holds the byte at `at`.
void BlockScanner::EnterRecord(std::uint32_t at) {
  if (record_.started && at < record_.end) return;
  const std::string_view bytes = block_->bytes;
  record_ = RecordState{};
  record_.started = true;
  if (block_->window) {
    record_.end = bytes.size();
    if (bytes.ends_with('\n')) --record_.end;
  } else {
    const void* newline = memrchr(bytes.data(), '\n', at);
    record_.begin =
        newline == nullptr
            ? 0
            : static_cast<std::size_t>(static_cast<const char*>(newline) -
                                       bytes.data()) +
                  1;
    record_.end = std::min(bytes.find('\n', at), bytes.size());
  }
  last_line_group_ = ~GroupId{0};
  const std::string_view record =
      bytes.substr(record_.begin, record_.end - record_.begin);
  names_.Start(record);
  ReadHeader(record);
  const TimeRange& times = context_->options.times;
  if (!times.any()) return;
  if (!record_.time_ms) record_.time_ms = EventTime(record_.begin);
  event_at_ = record_.begin;
  event_time_ = record_.time_ms;
  record_.outside = !times.Holds(record_.time_ms);
  if (record_.outside) ++counts_.outside_times.records;
}

void BlockScanner::ReadHeader(std::string_view record) {
  if (!place_->record_head.empty()) {
    record_.time_ms = header_reader_.ReadTime(place_->record_head);
    if (sites_ != nullptr) sites_->StartInside();
  } else if (sites_ != nullptr) {
    const RecordHeader header =
        header_reader_.ReadAlone(record.substr(0, SiteLookup::kMostRead),
                                 block_->bytes.substr(0, record_.begin));
    record_.time_ms = header.time_ms;
    sites_->Start(record, header);
  } else {
    record_.time_ms = header_reader_.ReadTime(record);
    if (record_.time_ms || context_->options.formats == nullptr) return;
    // The second line of a record, or a line of a JSON object.
    record_.time_ms = header_reader_
                          .ReadAlone(record.substr(0, SiteLookup::kMostRead),
                                     block_->bytes.substr(0, record_.begin))
                          .time_ms;
  }
}

// The time of the last record before `begin` that has one.  Lines whose time was
// asked for before are not looked at again.
std::optional<std::int64_t> BlockScanner::EventTime(std::size_t begin) {
  const std::string_view bytes = block_->bytes;
  std::size_t end = begin;
  while (end > event_at_) {
    const std::size_t newline =
        end < 2 ? std::string_view::npos : bytes.rfind('\n', end - 2);
    const std::size_t from =
        newline == std::string_view::npos ? 0 : newline + 1;
    const auto time =
        header_reader_.ReadTime(bytes.substr(from, end - 1 - from));
    if (time) return time;
    end = from;
  }
  return event_time_;
}

// The record's line in the block, 1-based; counted only for what is shown.
std::uint64_t BlockScanner::Line() {
  const char* bytes = block_->bytes.data();
  counted_lines_ += static_cast<std::uint64_t>(
      std::count(bytes + counted_to_, bytes + record_.begin, '\n'));
  counted_to_ = record_.begin;
  return counted_lines_ + 1;
}

void BlockScanner::OnMatch(std::size_t index) {
  const Match& match = matches_[index];
  EnterRecord(match.value.begin);
  if (record_.outside) {
    ++counts_.outside_times.findings;
    return;
  }
  Occurrence occurrence;
  Describe(match, &occurrence);
  ++counts_.findings;
  GroupMemo& memo = GroupOf(match, occurrence);
  occurrence.group = memo.id;
  const bool new_line = occurrence.group != last_line_group_;
  last_line_group_ = occurrence.group;
  cache_.Add(occurrence.hash, occurrence.group, new_line, record_.time_ms);
  if (memo.offered != place_->names->number) {
    memo.offered = offered_[memo.id] = place_->names->number;
    OfferExample(index, occurrence);
  }
  if (wants_findings_ && may_print_[match.rule->index]) {
    WriteDraft(index, occurrence);
  }
  if (!normal_.empty()) Wipe(&normal_);
  if (!value_.empty()) Wipe(&value_);
}

void BlockScanner::OfferExample(std::size_t index,
                                const Occurrence& occurrence) {
  ExampleOffer& offer = findings_->examples.emplace_back();
  offer.group = occurrence.group;
  offer.example.input = place_->names->number;
  offer.example.member = place_->member;
  offer.example.offset = InputOffset(record_.begin);
  offer.example.line = Line();
  offer.example.input_name = place_->names->input;
  offer.example.member_name = *place_->member_name;
  offer.example.excerpt = Excerpt(index, occurrence);
}

// Finds out whose value it is.
void BlockScanner::Describe(const Match& match, Occurrence* occurrence) {
  const auto base = static_cast<std::uint32_t>(record_.begin);
  const auto size = static_cast<std::uint32_t>(record_.end - record_.begin);
  occurrence->value = {match.value.begin - base,
                       std::min(match.value.end - base, size)};
  const std::uint32_t rule = match.rule->index;
  const auto taken = [this](Span name) { return IsTaken(name); };
  if (needs_context_[rule]) {
    const NamedBy named = names_.Name(occurrence->value);
    occurrence->identity = context_->classifier.FromName(named);
    if (occurrence->identity.subject == kNoSubject) {
      std::array<std::string_view, Context::kMaxWords> words;
      const std::size_t count = names_.WordsBefore(occurrence->value, &words);
      occurrence->identity =
          context_->classifier.FromWords(std::span(words).first(count));
    }
    const Identity by_route = context_->classifier.FromRoute(
        block_->bytes.substr(record_.begin, size), occurrence->value);
    // What the code calls it replaces what the segment before it is called.
    if (by_route.subject != kNoSubject &&
        occurrence->identity.strength < Strength::kRoute) {
      occurrence->identity = by_route;
    }
    occurrence->field = names_.FieldPath(occurrence->value, &named, taken);
  } else if (needs_field_[rule]) {
    occurrence->field = names_.FieldPath(occurrence->value, nullptr, taken);
  }
  if (sites_ != nullptr) {
    occurrence->code =
        sites_->Evidence(occurrence->value, needs_context_[rule]);
  }
  if (context_->options.record_shapes ||
      context_->options.baseline != nullptr) {
    occurrence->shape = RecordShape(block_->bytes.substr(record_.begin, size),
                                    occurrence->value);
  }

  Normalise(rule, Matcher::Value(block_->bytes, match, &value_));
  occurrence->hash = context_->key.Hash(form_);
  occurrence->allowed = AllowedAt(match, *occurrence);
}

// True where a name of the record overlaps a match: then it is itself a value.
bool BlockScanner::IsTaken(Span name) const {
  constexpr int kOverlapping = 4;  // matches that may begin before it and reach
  const auto begin = static_cast<std::uint32_t>(name.begin + record_.begin);
  const auto end = static_cast<std::uint32_t>(name.end + record_.begin);
  auto at = std::lower_bound(matches_.begin(), matches_.end(), end,
                             [](const Match& match, std::uint32_t to) {
                               return match.value.begin < to;
                             });
  for (int i = 0; i < kOverlapping && at != matches_.begin(); ++i) {
    --at;
    if (at->value.end > begin) return true;
  }
  return false;
}

// One value, one form; it is copied only where it is written otherwise.
void BlockScanner::Normalise(std::uint32_t rule, std::string_view value) {
  form_ = folds_case_[rule] ? LowerForm(value, &normal_) : value;
}

// The one call site that printed it, or nullptr.
const CallSite* BlockScanner::SiteOf(const Occurrence& occurrence) const {
  if (occurrence.code.site < 0) return nullptr;
  return &context_->options.call_sites
              ->sites()[static_cast<std::size_t>(occurrence.code.site)];
}

AllowedClasses BlockScanner::AllowedAt(const Match& match,
                                       const Occurrence& occurrence) {
  const Allowlist* allowlist = context_->options.allowlist;
  if (allowlist == nullptr || !allowlist->needs_occurrence()) return 0;
  const CallSite* site = SiteOf(occurrence);
  return allowlist->AllowedAt(
      {.rule = match.rule->id,
       .site = site == nullptr ? std::string_view() : site->id,
       .argument = site == nullptr ? std::string_view()
                                   : site->ArgumentOf(occurrence.code.hole),
       .field = occurrence.field,
       .path = place_->names->input,
       .value = Matcher::Value(block_->bytes, match, &value_),
       .fingerprint = allowlist->needs_fingerprint()
                          ? FingerprintOf(occurrence.hash)
                          : std::string_view()});
}

BlockScanner::GroupMemo& BlockScanner::GroupOf(const Match& match,
                                               const Occurrence& occurrence) {
  GroupKey key;
  key.rule = match.rule->index;
  key.code = occurrence.code;
  key.identity = occurrence.identity;
  key.verdict = match.verdict;
  key.allowed = occurrence.allowed;
  key.field =
      HashText(occurrence.field.empty() ? occurrence.shape : occurrence.field);
  GroupMemo& memo = memo_[GroupKeyHash{}(key) % kGroupSlots];
  if (memo.valid && memo.key == key) return memo;
  memo.key = key;
  memo.valid = true;
  memo.id = context_->groups.Find(key, occurrence.field, occurrence.shape,
                                  match.reason);
  const auto offered = offered_.find(memo.id);
  memo.offered =
      offered == offered_.end() ? ~std::uint64_t{0} : offered->second;
  return memo;
}

// Where a byte of the block stands in the input as it was before transcoding.
std::uint64_t BlockScanner::InputOffset(std::size_t at) const {
  if (place_->encoding == TextEncoding::kBytes)
    return place_->input_offset + at;
  if (at < units_to_) units_ = units_to_ = 0;
  units_ += Utf16Bytes(block_->bytes.substr(units_to_, at - units_to_));
  units_to_ = at;
  return place_->input_offset + units_;
}

std::string BlockScanner::Excerpt(std::size_t index,
                                  const Occurrence& occurrence) {
  if (!context_->options.excerpts) return {};
  if (occurrence.code.hole >= 0) {
    // Call sites that are tied print the same.
    return TemplateExcerpt(*sites_->attribution().sites[0],
                           occurrence.code.hole);
  }
  const auto base = static_cast<std::uint32_t>(record_.begin);
  const auto end = static_cast<std::uint32_t>(record_.end);
  others_.clear();
  const auto add_span = [&](Span other) {
    const std::uint32_t from = std::max(other.begin, base);
    const std::uint32_t to = std::min(other.end, end);
    if (from < to) others_.push_back({from - base, to - base});
  };
  const auto add = [&](const Match& other) { add_span(other.redact); };
  std::size_t first = index;
  while (first > 0 && matches_[first - 1].redact.end + kExcerptReach >
                          matches_[index].value.begin) {
    --first;
  }
  for (std::size_t i = first; i < matches_.size(); ++i) {
    if (matches_[i].value.begin > matches_[index].value.end + kExcerptReach)
      break;
    if (i != index) add(matches_[i]);
    // What stands beside a value in base 64 can be decoded by the reader.
    if (matches_[i].base64.is_base64) {
      add_span(
          WithBase64Around(block_->bytes, matches_[i].value, kExcerptReach));
    }
  }
  return MaskedExcerpt(
      block_->bytes.substr(record_.begin, record_.end - record_.begin),
      occurrence.value, others_, !block_->window);
}

const std::string& BlockScanner::FingerprintOf(std::uint64_t hash) {
  Fingerprinted& slot = fingerprints_[hash % kFingerprintSlots];
  if (slot.hash != hash || slot.text.empty()) {
    slot.hash = hash;
    slot.text = context_->key.Fingerprint(form_);
  }
  return slot.text;
}

void BlockScanner::WriteDraft(std::size_t index, const Occurrence& occurrence) {
  const Match& match = matches_[index];
  const std::string_view value = Matcher::Value(block_->bytes, match, &value_);
  const std::string excerpt = Excerpt(index, occurrence);
  draft_.hash = occurrence.hash;
  draft_.line = Line();
  draft_.more_lines = 0;
  if (match.rule->is_region()) {
    // As they stand: a newline behind an escape ends no line.
    const std::string_view raw = match.value.Of(block_->bytes);
    draft_.more_lines =
        static_cast<std::uint64_t>(std::count(raw.begin(), raw.end(), '\n'));
  }
  const bool utf16 = place_->encoding == TextEncoding::kUtf16;
  draft_.offset =
      block_->window ? place_->record_input_offset : InputOffset(record_.begin);
  draft_.span_begin = InputOffset(match.value.begin) - draft_.offset;
  draft_.span_end =
      draft_.span_begin +
      (utf16 ? Utf16Bytes(match.value.Of(block_->bytes)) : match.value.size());
  draft_.has_time = record_.time_ms.has_value();
  draft_.time_ms = record_.time_ms.value_or(0);
  draft_.group = occurrence.group;
  draft_.member = place_->member;
  draft_.window_context = block_->window;
  draft_.attributed = sites_ != nullptr;
  draft_.sites.clear();
  if (sites_ != nullptr) {
    draft_.attribution = sites_->attribution().result;
    for (const CallSite* site : sites_->attribution().sites) {
      draft_.sites.push_back({sites_->IndexOf(site), occurrence.code.hole});
    }
  }
  draft_.field = occurrence.field;
  draft_.excerpt = excerpt;
  draft_.shape = occurrence.shape;
  draft_.revealed = context_->options.reveal ? value : std::string_view{};
  draft_.fingerprint = FingerprintOf(occurrence.hash);
  AppendDraft(draft_, &findings_->drafts);
}

}  // namespace logspill
