#include "scanner/correlate/attributor.h"

#include <algorithm>
#include <optional>

#include "scanner/correlate/access_table.h"
#include "scanner/correlate/agreement.h"
#include "scanner/correlate/candidates.h"
#include "scanner/correlate/known_headers.h"
#include "scanner/correlate/message_text.h"
#include "scanner/correlate/printed_location.h"
#include "scanner/correlate/site_table.h"
#include "scanner/correlate/structured_tail.h"
#include "scanner/correlate/trust.h"

namespace logspill {
namespace {

// Whether what adapters put in front of a message can end so: "[worker 3] ",
// "pool: ", "a | ".
bool EndsPrefix(std::string_view text) {
  if (text.ends_with('\t')) return true;  // between columns
  while (text.ends_with(' ')) text.remove_suffix(1);
  constexpr std::string_view kEnds = "]:-|>)}";
  return text.empty() || kEnds.find(text.back()) != std::string_view::npos;
}

// Below, a template with too little text for an anchor may be as likely.
constexpr std::uint32_t kLeastAlone =
    Shape::kStrongWeight + Candidates::kMargin;

// A message that the header's reader cut elsewhere begins within so many bytes.
constexpr std::size_t kShiftReach = 512;

// Of what stands before `end`, without the blank between.
std::size_t TrimmedSize(std::string_view message, std::size_t end) {
  return end > 0 && message[end - 1] == ' ' ? end - 1 : end;
}

// Behind what `pattern` matches at the front of `text`, or npos.  '*' takes as
// little as it can.
std::size_t PrefixEnd(std::string_view pattern, std::string_view text) {
  std::size_t at = 0;
  bool any = false;
  while (!pattern.empty()) {
    const std::size_t star = pattern.find('*');
    const std::string_view part = pattern.substr(0, star);
    const std::size_t found =
        any ? text.find(part, at)
            : (text.substr(at).starts_with(part) ? at : std::string_view::npos);
    if (found == std::string_view::npos) return found;
    at = found + part.size();
    if (star == std::string_view::npos) return at;
    any = true;
    pattern.remove_prefix(star + 1);
  }
  return text.size();
}

// Whether nothing but a time stands in front of a message: containers and
// system logs print more.
bool IsTimeAlone(std::string_view head) {
  return !head.empty() && std::none_of(head.begin(), head.end(), [](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return (letter && c != 'T' && c != 'Z') || c == '{' || c == '<' || c == '|';
  });
}

bool IsBoundary(std::string_view record, std::size_t at) {
  if (at == 0) return true;
  const char before = record[at - 1];
  return before == ' ' || before == '\t' || before == ':' || before == ']' ||
         before == '|' || before == '>' || before == ')' || before == '"';
}

}  // namespace

int Attribution::HoleOf(Span span) const {
  int found = -1;
  for (const AttributedHole& hole : holes) {
    if (!hole.span.Contains(span)) continue;
    // Two holes without text between them: nobody can tell which it was.
    if (found >= 0) return -1;
    found = static_cast<int>(hole.hole);
  }
  return found;
}

struct CallSiteIndex::Impl {
  struct RecordScratch;

  std::unique_ptr<SiteTable> table;
  AccessTable access;  // of the table's sites
  CorrelateOptions options;

  void AttributeAccess(std::string_view record, const RecordHeader& header,
                       RecordScratch* scratch, Attribution* out) const;
  void Consider(std::uint32_t shape, std::string_view text,
                const RecordHeader& header, RecordScratch* scratch) const;
  void FindByText(std::string_view text, const RecordHeader& header,
                  RecordScratch* scratch) const;
  void CompareUnnamed(const CallSite& site, const RecordHeader& header,
                      RecordScratch* scratch, Evidence* evidence) const;
  void ConsiderWeak(std::string_view text, const RecordHeader& header,
                    RecordScratch* scratch) const;
  void ConsiderWeakOf(std::string_view logger, std::string_view text,
                      const RecordHeader& header, RecordScratch* scratch) const;
  void FindBehindPrefix(std::string_view record, const RecordHeader& header,
                        RecordScratch* scratch) const;
  void FindWithTail(std::string_view record, const RecordHeader& header,
                    RecordScratch* scratch) const;
  void FindPart(std::string_view record, const RecordHeader& header,
                RecordScratch* scratch) const;
  void FindShifted(std::string_view record, const RecordHeader& header,
                   RecordScratch* scratch) const;
  static bool IsUncertain(const RecordHeader& header,
                          const RecordScratch& scratch);
  void FindStronger(std::string_view record, const RecordHeader& header,
                    RecordScratch* scratch) const;
  bool FindAt(std::string_view record, const RecordHeader& header,
              std::size_t at, std::uint32_t shape,
              RecordScratch* scratch) const;
  void LookUpHead(std::string_view head, std::string_view text,
                  RecordScratch* scratch) const;
  // Looks where the record says that it was printed.
  void FindPrinted(std::string_view record, const RecordHeader& header,
                   RecordScratch* scratch) const;
  bool LookUp(std::string_view path, std::uint32_t line, std::string_view text,
              RecordScratch* scratch) const;
  std::string_view FindTrailing(std::string_view text,
                                RecordScratch* scratch) const;
  void FindAll(std::string_view record, const RecordHeader& header,
               RecordScratch* scratch) const;
  void Finish(const RecordHeader& header, std::span<const StackFrame> frames,
              RecordScratch* scratch, Attribution* out) const;
  void WriteHoles(RecordScratch* scratch, Attribution* out) const;
  void Learn(std::string_view record, const RecordHeader& header,
             RecordScratch* scratch, const Attribution& found) const;
};

struct CallSiteIndex::Impl::RecordScratch final : CallSiteIndex::Scratch {
  std::unique_ptr<Anchors::Scratch> anchors;
  std::vector<std::uint32_t> shapes;  // whose anchor is in the record
  std::vector<Span> holes;
  std::vector<PrintedLocation> locations;
  StructuredTail tail;
  std::unique_ptr<KnownHeaders> known;
  Origin known_origin = Origin::kUnknown;  // that they were learned in
  Candidates candidates;
  std::string_view block;  // that was searched as a whole

  // Of the record at hand:
  MessageText message;
  std::string_view matched;  // the part of it that templates were compared with
  std::string_view printed;  // the path that it prints
  std::span<const RecordField> fields;
  bool fields_in_text = false;  // they are spans of message.text()
  bool plain = true;            // it is the message as the header says
  bool shifted = false;         // `matched` views the record itself
  std::size_t shift = 0;        // where in the record
  bool only_ties = false;       // what is offered is not believed alone
  bool loggers_read = false;
  std::vector<SiteTable::Logger> loggers;  // that the printed one may mean

  void Reset() {
    shapes.clear();
    candidates.Reset();
    printed = {};
    fields = {};
    fields_in_text = false;
    plain = true;
    shifted = false;
    only_ties = false;
    loggers_read = false;
  }

  bool IsInBlock(std::string_view record) const {
    return record.data() >= block.data() &&
           record.data() + record.size() <= block.data() + block.size();
  }
  void Take(std::string_view record, const Anchors& from) {
    const auto begin = static_cast<std::size_t>(record.data() - block.data());
    from.Take(begin, begin + record.size(), anchors.get(), &shapes);
  }
};

// Offers the sites at a place; true where the file is one of ours.
bool CallSiteIndex::Impl::LookUp(std::string_view path, std::uint32_t line,
                                 std::string_view text,
                                 RecordScratch* scratch) const {
  const auto* found = table->SitesAt(path);
  if (found == nullptr) return false;
  bool known = false;
  for (const auto& [index, shape] : *found) {
    const CallSite& site = table->sites[index];
    const bool here = IsPlaceOf(path, site);
    known |= here;
    const bool in = here && ((site.line <= line && line <= site.end_line) ||
                             line == site.via.line);
    if (options.ignore_printed_location || !in) continue;
    if (!table->shapes[shape].Match(text, &scratch->holes)) continue;
    scratch->candidates.Offer(
        {&site, shape, table->shapes[shape].strength(), Trust::kPrinted});
  }
  if (known && !options.ignore_printed_location) scratch->printed = path;
  return known;
}

// Takes a place at the message's end off.
std::string_view CallSiteIndex::Impl::FindTrailing(
    std::string_view text, RecordScratch* scratch) const {
  const auto location = ReadTrailingLocation(text);
  if (!location) return text;
  const std::string_view with_word =
      text.substr(0, TrimmedSize(text, location->word_begin));
  const std::string_view without =
      text.substr(0, TrimmedSize(text, location->begin));
  if (!LookUp(location->path, location->line, with_word, scratch)) return text;
  if (scratch->candidates.empty() && without.size() != with_word.size()) {
    LookUp(location->path, location->line, without, scratch);
    if (!scratch->candidates.empty()) return without;
  }
  return with_word;
}

void CallSiteIndex::Impl::FindPrinted(std::string_view record,
                                      const RecordHeader& header,
                                      RecordScratch* scratch) const {
  if (!header.place.file.empty()) {
    LookUp(header.place.file, header.place.line, scratch->matched, scratch);
    // A file of another program speaks against a match.
    if (!options.ignore_printed_location) scratch->printed = header.place.file;
    return;
  }
  scratch->matched = FindTrailing(scratch->matched, scratch);
  if (!scratch->candidates.empty()) return;
  LookUpHead(record.substr(0, scratch->message.begin()), scratch->matched,
             scratch);
}

// Looks up places that stand anywhere in front of the message.
void CallSiteIndex::Impl::LookUpHead(std::string_view head,
                                     std::string_view text,
                                     RecordScratch* scratch) const {
  if (options.ignore_printed_location) return;
  scratch->locations.clear();
  ReadLocations(head, &scratch->locations);
  for (const PrintedLocation& location : scratch->locations) {
    LookUp(location.path, location.line, text, scratch);
  }
}

// What the header says of a call whose logger is not known: it is named after
// its file, or others have that logger.
void CallSiteIndex::Impl::CompareUnnamed(const CallSite& site,
                                         const RecordHeader& header,
                                         RecordScratch* scratch,
                                         Evidence* evidence) const {
  if (header.logger.empty() || !site.logger.empty()) return;
  std::string_view module = site.file;
  module = module.substr(0, std::min(module.rfind('.'), module.size()));
  constexpr std::string_view kInit = "/__init__";
  if (module.ends_with(kInit)) module.remove_suffix(kInit.size());
  if (CompareLoggers(header.logger, module) == Agreement::kAgree) {
    evidence->logger = Agreement::kAgree;
    return;
  }
  if (!scratch->loggers_read) {
    scratch->loggers_read = true;
    scratch->loggers.clear();
    table->LoggersLike(header.logger, &scratch->loggers);
  }
  const auto& loggers = scratch->loggers;
  const bool may = std::any_of(
      loggers.begin(), loggers.end(),
      [&](const SiteTable::Logger& each) { return MayUse(site, each); });
  if (loggers.empty()) {
    evidence->unheard_of = true;
  } else if (!may) {
    evidence->logger = Agreement::kMismatch;
  }
}

void CallSiteIndex::Impl::Consider(std::uint32_t shape, std::string_view text,
                                   const RecordHeader& header,
                                   RecordScratch* scratch) const {
  const Shape& form = table->shapes[shape];
  if (!form.Match(text, &scratch->holes)) return;
  Evidence evidence;
  evidence.table = form.has_width() && AreNames(text, scratch->holes);
  evidence.origin = scratch->origin;
  for (const std::uint32_t index : table->sites_of[shape]) {
    const CallSite& site = table->sites[index];
    if (CompareLevels(header.level, site.level) == Agreement::kMismatch) {
      continue;
    }
    evidence.logger = CompareLoggers(header.logger, site.logger);
    evidence.unheard_of = false;
    // What just prints has no header.
    evidence.prints = header.time_ms && site.Has("print");
    if (evidence.prints && !header.level.empty()) {
      evidence.logger = Agreement::kMismatch;
    }
    CompareUnnamed(site, header, scratch, &evidence);
    if (!scratch->printed.empty()) {
      evidence.file = IsPlaceOf(scratch->printed, site) ? Agreement::kAgree
                                                        : Agreement::kMismatch;
    }
    Trust trust = TrustIn(form, evidence);
    if (scratch->only_ties) {
      trust = std::min(trust, Trust::kDoubt);
    } else if (trust <= Trust::kDoubt) {
      scratch->candidates.set_refused();
    }
    scratch->candidates.Offer({&site, shape, form.strength(), trust});
  }
}

void CallSiteIndex::Impl::FindByText(std::string_view text,
                                     const RecordHeader& header,
                                     RecordScratch* scratch) const {
  for (const std::uint32_t shape : scratch->shapes) {
    Consider(shape, text, header, scratch);
  }
  const Candidates& found = scratch->candidates;
  if (found.empty() || found.top().strength < kLeastAlone) {
    ConsiderWeak(text, header, scratch);
  }
}

void CallSiteIndex::Impl::ConsiderWeak(std::string_view text,
                                       const RecordHeader& header,
                                       RecordScratch* scratch) const {
  for (const std::uint32_t shape : table->weak_tables) {
    Consider(shape, text, header, scratch);
  }
  if (header.logger.empty()) {
    if (text.empty()) return;
    const auto first = static_cast<unsigned char>(text.front());
    const auto last = static_cast<unsigned char>(text.back());
    for (const std::uint32_t shape : table->weak_begin[first]) {
      Consider(shape, text, header, scratch);
    }
    for (const std::uint32_t shape : table->weak_end[last]) {
      Consider(shape, text, header, scratch);
    }
    return;
  }
  ConsiderWeakOf(LastPart(BareLogger(header.logger)), text, header, scratch);
  // Of any logger: these are not believed, but may be meant.
  scratch->only_ties = true;
  if (!scratch->candidates.empty()) ConsiderWeakOf("", text, header, scratch);
  scratch->only_ties = false;
}

void CallSiteIndex::Impl::ConsiderWeakOf(std::string_view logger,
                                         std::string_view text,
                                         const RecordHeader& header,
                                         RecordScratch* scratch) const {
  const auto found = table->weak_of.find(logger);
  if (found == table->weak_of.end()) return;
  for (const std::uint32_t shape : found->second) {
    Consider(shape, text, header, scratch);
  }
}

// Looks for what `matched` alone can be.
void CallSiteIndex::Impl::FindPart(std::string_view record,
                                   const RecordHeader& header,
                                   RecordScratch* scratch) const {
  scratch->plain = false;
  scratch->candidates.Restart();
  FindPrinted(record, header, scratch);
  if (scratch->candidates.empty()) {
    FindByText(scratch->matched, header, scratch);
  }
}

void CallSiteIndex::Impl::FindBehindPrefix(std::string_view record,
                                           const RecordHeader& header,
                                           RecordScratch* scratch) const {
  const std::string_view text = scratch->matched;
  for (const std::string& prefix : options.message_prefixes) {
    const std::size_t end = PrefixEnd(prefix, text);
    if (end == std::string_view::npos || end == 0) continue;
    scratch->matched = text.substr(end);
    FindPart(record, header, scratch);
    if (!scratch->candidates.empty()) return;
  }
  scratch->matched = text;
}

// Keys and values behind the message that no format spoke of.
void CallSiteIndex::Impl::FindWithTail(std::string_view record,
                                       const RecordHeader& header,
                                       RecordScratch* scratch) const {
  StructuredTail& tail = scratch->tail;
  const std::string_view text = scratch->matched;
  if (!header.fields.empty() || !ReadStructuredTail(text, &tail)) return;
  scratch->matched =
      text.substr(tail.message_begin, tail.message_end - tail.message_begin);
  FindPart(record, header, scratch);
  if (scratch->candidates.empty()) {
    scratch->matched = text;
    return;
  }
  scratch->fields = tail.fields;
  scratch->fields_in_text = true;
}

// The header's reader may have cut the message at the wrong place: much literal
// text in the right place says so.
void CallSiteIndex::Impl::FindShifted(std::string_view record,
                                      const RecordHeader& header,
                                      RecordScratch* scratch) const {
  if (scratch->message.decoded() || header.escaped) return;
  scratch->candidates.Restart();
  while (record.ends_with('\r') || record.ends_with('\n')) {
    record.remove_suffix(1);
  }
  for (const std::uint32_t shape : scratch->shapes) {
    const Shape& form = table->shapes[shape];
    const std::string_view first = form.literals()[0];
    if (first.empty() || form.weight() < LeastWhereShifted(scratch->origin)) {
      continue;
    }
    for (std::size_t at = record.find(first); at < kShiftReach;
         at = record.find(first, at + 1)) {
      // There it was refused for what the header says.
      if (at == header.message_begin || !IsBoundary(record, at)) continue;
      // Words in front of it are of another message.
      if (at > header.message_begin && !EndsPrefix(record.substr(0, at))) {
        continue;
      }
      if (FindAt(record, header, at, shape, scratch)) break;
    }
  }
}

// Whether the message may begin at `at`.
bool CallSiteIndex::Impl::FindAt(std::string_view record,
                                 const RecordHeader& header, std::size_t at,
                                 std::uint32_t shape,
                                 RecordScratch* scratch) const {
  // What else was read may be wrong as well.
  RecordHeader known;
  known.time_ms = header.time_ms;
  // A format that fits knows the logger.
  if (!header.format.empty()) known.logger = header.logger;
  if (header.level.data() < record.data() + at) known.level = header.level;
  const std::string_view text = record.substr(at);
  LookUpHead(record.substr(0, at), text, scratch);
  Consider(shape, text, known, scratch);
  const Candidates& found = scratch->candidates;
  if (found.empty() || found.top().shape != shape) return false;
  scratch->plain = false;
  scratch->shifted = true;
  scratch->shift = at;
  scratch->matched = text;
  return true;
}

void CallSiteIndex::Impl::FindAll(std::string_view record,
                                  const RecordHeader& header,
                                  RecordScratch* scratch) const {
  scratch->matched = scratch->message.text();
  scratch->fields = header.fields;
  FindPrinted(record, header, scratch);
  if (!scratch->candidates.empty()) return;
  if (!scratch->message.decoded() && scratch->IsInBlock(record)) {
    scratch->shapes.clear();
    scratch->Take(record, *table->anchors);
  } else {
    table->anchors->Find(scratch->message.decoded() ? scratch->matched : record,
                         scratch->anchors.get(), &scratch->shapes);
  }
  // Colours hide keys and values from a header's reader.
  const bool coloured = scratch->message.decoded() && !header.escaped;
  if (coloured) FindWithTail(record, header, scratch);
  if (scratch->candidates.empty()) {
    FindByText(scratch->matched, header, scratch);
  }
  if (scratch->candidates.empty()) FindBehindPrefix(record, header, scratch);
  if (scratch->candidates.empty()) FindWithTail(record, header, scratch);
  if (scratch->candidates.empty()) {
    FindShifted(record, header, scratch);
  } else if (IsUncertain(header, *scratch)) {
    FindStronger(record, header, scratch);
  }
}

// Little text that may stand anywhere, and nothing else that agrees: a prefix
// may have taken the place of another template's beginning.
bool CallSiteIndex::Impl::IsUncertain(const RecordHeader& header,
                                      const RecordScratch& scratch) {
  const Candidates::Candidate& top = scratch.candidates.top();
  return top.trust == Trust::kFits && top.strength < kLeastAlone &&
         CompareLoggers(header.logger, top.site->logger) != Agreement::kAgree;
}

void CallSiteIndex::Impl::FindStronger(std::string_view record,
                                       const RecordHeader& header,
                                       RecordScratch* scratch) const {
  const Candidates found = scratch->candidates;
  const std::string_view matched = scratch->matched;
  const bool plain = scratch->plain;
  FindShifted(record, header, scratch);
  const Candidates& other = scratch->candidates;
  if (!other.empty() &&
      other.top().strength >= found.top().strength + Candidates::kMargin) {
    return;
  }
  scratch->candidates = found;
  scratch->matched = matched;
  scratch->plain = plain;
  scratch->shifted = false;
}

void CallSiteIndex::Impl::WriteHoles(RecordScratch* scratch,
                                     Attribution* out) const {
  const auto& first = scratch->candidates.best()[0];
  const MessageText& message = scratch->message;
  const Shape& form = table->shapes[first.shape];
  if (!form.Match(scratch->matched, &scratch->holes)) return;
  const std::size_t at =
      scratch->shifted ? scratch->shift
                       : static_cast<std::size_t>(scratch->matched.data() -
                                                  message.text().data());
  const auto moved = static_cast<std::uint32_t>(at);
  for (std::uint32_t i = 0; i < scratch->holes.size(); ++i) {
    const Span hole = {scratch->holes[i].begin + moved,
                       scratch->holes[i].end + moved};
    out->holes.push_back({i, scratch->shifted ? hole : message.ToRecord(hole)});
  }
  const CallSite& site = *first.site;
  auto number = static_cast<std::uint32_t>(site.message.holes.size());
  for (const Hole& field : site.fields) {
    const RecordField* found =
        field.key.empty() ? nullptr : FindField(scratch->fields, field.key);
    if (found != nullptr) {
      out->holes.push_back({number, scratch->fields_in_text
                                        ? message.ToRecord(found->value)
                                        : found->value});
    }
    ++number;
  }
}

void CallSiteIndex::Impl::Finish(const RecordHeader& header,
                                 std::span<const StackFrame> frames,
                                 RecordScratch* scratch,
                                 Attribution* out) const {
  Candidates& candidates = scratch->candidates;
  if (candidates.empty()) {
    out->cause =
        candidates.refused() ? NoneCause::kWeak : NoneCause::kNoTemplate;
    return;
  }
  TieBreakers ties;
  ties.file = scratch->printed;
  if (!options.ignore_printed_location) ties.function = header.place.function;
  ties.logger = header.logger;
  ties.fields = scratch->fields;
  ties.frames = frames;
  candidates.Settle(ties);
  const auto& best = candidates.best();
  if (best.size() > options.most_ties) {
    out->cause = NoneCause::kManyTies;
    return;
  }
  for (const auto& candidate : best) out->sites.push_back(candidate.site);
  out->cause = NoneCause::kNotNone;
  out->result = AttributionResult::kAmbiguous;
  if (best.size() == 1) {
    out->result = candidates.top().trust == Trust::kPrinted
                      ? AttributionResult::kExact
                      : AttributionResult::kHigh;
  }
  if (scratch->wants_holes) WriteHoles(scratch, out);
}

// What was found depends on header and template alone, and can be found again
// by them.
void CallSiteIndex::Impl::Learn(std::string_view record,
                                const RecordHeader& header,
                                RecordScratch* scratch,
                                const Attribution& found) const {
  const auto& best = scratch->candidates.best();
  if (found.sites.empty() || !scratch->plain || !header.time_ms ||
      scratch->candidates.top().trust == Trust::kPrinted ||
      !scratch->printed.empty() || !scratch->fields.empty() ||
      scratch->message.decoded() || header.escaped ||
      header.message_end < record.size() || scratch->shapes.size() != 1 ||
      scratch->matched.size() != scratch->message.text().size()) {
    return;
  }
  const std::uint32_t shape = best[0].shape;
  const Shape& form = table->shapes[shape];
  if (scratch->shapes[0] != shape || form.has_width()) return;
  // Another text may fit a second template as well.
  if (form.strength() < kLeastAlone) return;
  scratch->known->Learn(shape, !form.literals()[0].empty(), record, header,
                        found.sites.size() > 1, found.sites);
}

// A record of an access log: as a whole, or behind what a logger put before it.
void CallSiteIndex::Impl::AttributeAccess(std::string_view record,
                                          const RecordHeader& header,
                                          RecordScratch* scratch,
                                          Attribution* out) const {
  if (access.empty()) return;
  const std::uint32_t begins[] = {0, header.message_begin};
  for (const std::uint32_t begin : begins) {
    if (begin > record.size()) continue;
    access.Find(record.substr(begin), &out->sites, &scratch->holes);
    // No server logs at a level what its access log prints, nor behind a time
    // of its own.
    if (!header.level.empty() || IsTimeAlone(record.substr(0, begin))) {
      std::erase_if(out->sites,
                    [](const CallSite* site) { return site->Has("built-in"); });
    }
    if (out->sites.empty()) continue;
    out->cause = NoneCause::kNotNone;
    out->result = AttributionResult::kAmbiguous;
    if (out->sites.size() > 1) return;  // whose holes need not be the same
    out->result = AttributionResult::kHigh;
    if (!scratch->wants_holes) return;
    for (std::uint32_t i = 0; i < scratch->holes.size(); ++i) {
      const Span hole = scratch->holes[i];
      out->holes.push_back({i, {hole.begin + begin, hole.end + begin}});
    }
    return;
  }
}

CallSiteIndex::CallSiteIndex(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl)) {}
CallSiteIndex::CallSiteIndex(CallSiteIndex&&) noexcept = default;
CallSiteIndex& CallSiteIndex::operator=(CallSiteIndex&&) noexcept = default;
CallSiteIndex::~CallSiteIndex() = default;

Result<CallSiteIndex> CallSiteIndex::Build(std::vector<CallSite> sites,
                                           CorrelateOptions options) {
  auto table = SiteTable::Build(std::move(sites));
  if (!table) return table.error();
  auto impl = std::make_unique<Impl>();
  impl->table = std::move(*table);
  impl->access = AccessTable(impl->table->sites);
  impl->options = std::move(options);
  return CallSiteIndex(std::move(impl));
}

const std::vector<CallSite>& CallSiteIndex::sites() const {
  return impl_->table->sites;
}

void CallSiteIndex::ChangeShown(
    const std::function<void(std::vector<CallSite>*)>& change) {
  change(&impl_->table->sites);
}

std::unique_ptr<CallSiteIndex::Scratch> CallSiteIndex::NewScratch() const {
  auto scratch = std::make_unique<Impl::RecordScratch>();
  scratch->anchors = impl_->table->anchors->NewScratch();
  scratch->known = std::make_unique<KnownHeaders>(impl_->table->shapes.size());
  return scratch;
}

void CallSiteIndex::FindAnchors(std::string_view block,
                                Scratch* scratch) const {
  auto* own = static_cast<Impl::RecordScratch*>(scratch);
  own->block = block;
  if (own->known_origin != own->origin) own->known->Clear();
  own->known_origin = own->origin;
  impl_->table->anchors->Search(block, own->anchors.get());
}

void CallSiteIndex::Attribute(std::string_view record,
                              const RecordHeader& header, Scratch* scratch,
                              Attribution* out,
                              std::span<const StackFrame> frames) const {
  out->result = AttributionResult::kNone;
  out->cause = NoneCause::kNoMessage;
  out->sites.clear();
  out->holes.clear();
  auto* own = static_cast<Impl::RecordScratch*>(scratch);
  own->message.Read(record, header);
  if (own->message.text().empty()) return;
  own->Reset();
  impl_->FindAll(record, header, own);
  impl_->Finish(header, frames, own, out);
  if (frames.empty() && own->IsInBlock(record)) {
    impl_->Learn(record, header, own, *out);
  }
  // Behind Learn(), which knows templates only.
  if (out->result == AttributionResult::kNone) {
    impl_->AttributeAccess(record, header, own, out);
  }
}

bool CallSiteIndex::AttributeKnown(std::string_view record, Scratch* scratch,
                                   Attribution* out) const {
  auto* own = static_cast<Impl::RecordScratch*>(scratch);
  if (!own->IsInBlock(record)) return false;
  own->Reset();
  own->Take(record, *impl_->table->anchors);
  if (own->shapes.size() != 1) return false;
  const std::uint32_t shape = own->shapes[0];
  const KnownHeaders::Entry* entry = own->known->Find(shape, record);
  if (entry == nullptr) return false;
  RecordHeader header;
  header.message_begin = entry->message_begin;
  own->message.Read(record, header);
  own->matched = own->message.text();
  if (own->message.decoded() || ReadTrailingLocation(own->matched) ||
      !impl_->table->shapes[shape].Match(own->matched, &own->holes)) {
    return false;
  }
  out->result = entry->ambiguous ? AttributionResult::kAmbiguous
                                 : AttributionResult::kHigh;
  out->cause = NoneCause::kNotNone;
  out->sites = entry->sites;
  out->holes.clear();
  for (std::uint32_t i = 0; own->wants_holes && i < own->holes.size(); ++i) {
    out->holes.push_back({i, own->message.ToRecord(own->holes[i])});
  }
  return true;
}

const CallSite* CallSiteIndex::SiteNear(const StackFrame& frame) const {
  const auto* found = impl_->table->SitesAt(frame.file);
  if (frame.file.empty() || found == nullptr) return nullptr;
  const std::string_view function = LastPart(frame.function);
  const CallSite* nearest = nullptr;
  const auto distance = [&](const CallSite& site) {
    return site.line > frame.line ? site.line - frame.line
                                  : frame.line - site.line;
  };
  for (const auto& [index, shape] : *found) {
    const CallSite& site = impl_->table->sites[index];
    if (site.function != function || !IsPlaceOf(frame.file, site)) continue;
    if (nearest == nullptr || distance(site) < distance(*nearest)) {
      nearest = &site;
    }
  }
  return nearest;
}

}  // namespace logspill
