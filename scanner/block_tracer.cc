#include "scanner/block_tracer.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "scanner/block_scanner.h"

namespace logspill {
namespace {

constexpr std::size_t kMostAttributed = 64 << 10;  // bytes of a record
constexpr std::size_t kSampleBytes = 32 << 10;
constexpr std::uint64_t kLeastFits = 5;

// The line at the front of `bytes`, and its size with its end.
std::string_view TakeLine(std::string_view bytes, std::size_t* size) {
  const void* newline = std::memchr(bytes.data(), '\n', bytes.size());
  const std::size_t end =
      newline == nullptr
          ? bytes.size()
          : static_cast<std::size_t>(static_cast<const char*>(newline) -
                                     bytes.data());
  *size = end + (newline == nullptr ? 0 : 1);
  return bytes.substr(0, end);
}

// The argument that passed the exception to the call.
std::string_view ExceptionArgument(const CallSite& site) {
  constexpr std::string_view kKeys[] = {"exc_info", "err", "error",
                                        "exception"};
  constexpr std::string_view kNames[] = {
      "e", "ex", "exc", "err", "t", "error", "exception", "throwable"};
  for (const Hole& field : site.fields) {
    for (const std::string_view key : kKeys) {
      if (field.key == key) return field.argument;
    }
    for (const std::string_view name : kNames) {
      if (field.argument == name) return field.argument;
    }
  }
  return "exception";
}

bool IsPanic(const StackLine& line) {
  return line.exception == "panic" || line.exception == "fatal error";
}

// Whether another line can follow what the call printed: an argument that stands
// last may hold newlines.
bool MayGoOn(const Attribution& attribution) {
  for (const CallSite* site : attribution.sites) {
    const std::vector<std::string>& literals = site->message.literals;
    if (literals.back().empty()) return true;
    for (const std::string& literal : literals) {
      const std::size_t newline = literal.find('\n');
      if (newline < literal.size() - 1) return true;
    }
  }
  return attribution.sites.empty();
}

Span Moved(Span span, std::size_t back) {
  const auto by = static_cast<std::uint32_t>(back);
  return {span.begin - by, span.end - by};
}

}  // namespace

BlockTracer::BlockTracer(const TraceOptions& options, TraceSink::Batch* batch)
    : call_sites_(options.call_sites),
      formats_(options.formats),
      batch_(batch),
      scratch_(call_sites_->NewScratch()),
      tally_(call_sites_->sites()),
      headers_(1970, options.formats) {
  scratch_->wants_holes = batch != nullptr;
}

void BlockTracer::Trace(const SequencedBlock& block) {
  block_ = &block;
  next_line_ = block.line;
  const Block& bytes = block.block;
  if (block.first) {
    headers_ = HeaderReader(YearOf(block.modified_ms), formats_);
    headers_.Detect(bytes.bytes);
  }
  if (bytes.window) {
    // The first window stands for the record.
    if (bytes.offset + bytes.core_begin != bytes.record_offset) {
      tally_.AddBytes(bytes.core_end - bytes.core_begin);
      return;
    }
    if (block.first) {
      block.verdict->Set({Origin::kUnknown, headers_.detected()});
    }
    TraceLine(bytes.bytes.substr(0, kMostAttributed), bytes.core_end);
    Finish();
    return;
  }
  call_sites_->FindAnchors(bytes.bytes, scratch_.get());
  if (block.first) {
    block.verdict->Set({OriginOf(bytes.bytes), headers_.detected()});
  }
  const MemberNature nature = block.verdict->Get();
  scratch_->origin = nature.origin;
  headers_.set_detected(nature.formats);
  std::string_view rest = bytes.bytes;
  while (!rest.empty()) {
    std::size_t size = 0;
    const std::string_view line = TakeLine(rest, &size);
    TraceLine(line, size);
    rest.remove_prefix(size);
  }
  Finish();
  call_sites_->FindAnchors({}, scratch_.get());
}

// Whether the first records say that this source printed them.  Foreign records
// fit a template as a whole almost never, even one with little text.
Origin BlockTracer::OriginOf(std::string_view bytes) {
  scratch_->origin = Origin::kMostlyOwn;
  std::uint64_t asked = 0;
  std::uint64_t fits = 0;
  std::string_view rest = bytes.substr(0, kSampleBytes);
  while (!rest.empty()) {
    std::size_t size = 0;
    const std::string_view line = TakeLine(rest, &size);
    rest.remove_prefix(size);
    if (MayContinue(line)) continue;
    const RecordHeader header = headers_.Read(line);
    call_sites_->Attribute(line, header, scratch_.get(), &attribution_);
    if (attribution_.cause == NoneCause::kNoMessage) continue;
    ++asked;
    fits += attribution_.cause == NoneCause::kNoTemplate ? 0 : 1;
  }
  if (fits < kLeastFits || fits * 2 < asked) return Origin::kUnknown;
  return fits * 10 >= asked * 9 ? Origin::kOwn : Origin::kMostlyOwn;
}

// Go and Rust print function and place of a frame on two lines.
void BlockTracer::NameFunction(StackFrame* frame) const {
  if (!frame->function.empty() || frame->file.empty()) return;
  const StackFrame& before = lines_.back().stack.frame;
  if (before.file.empty() && before.language == frame->language) {
    frame->function = before.function;
  }
}

bool BlockTracer::Belongs(std::string_view text, const RecordHeader& header,
                          StackLine* stack) const {
  if (lines_.empty()) return false;
  const std::size_t from_start =
      static_cast<std::size_t>(text.data() - lines_[0].text.data());
  if (from_start > EventReader::kMostEvent) return false;
  if (header.time_ms && !header.continues) return false;
  *stack = ReadStackLine(text, in_trace_);
  // No call printed it: the program ends.
  if (!in_trace_ && IsPanic(*stack)) return false;
  if (stack->kind != StackLine::Kind::kNone) return true;
  // What belongs to no format belongs to nothing but a record that has one.
  if (header.continues && !header.format.empty()) return true;
  if (!header.level.empty()) {
    // The second line of a record of java.util.logging.
    return lines_.size() == 1 && timed_ && attribution_.sites.empty();
  }
  if (text.empty() || text[0] == ' ' || text[0] == '\t') {
    return timed_ || in_trace_;
  }
  return timed_;
}

// Which call printed a line without a header: no logger does what has one
// elsewhere, so that of calls that fit alike those that just print come first.
void BlockTracer::AttributeBare(std::string_view text) {
  call_sites_->Attribute(text, RecordHeader{}, scratch_.get(), &next_);
  auto& sites = next_.sites;
  const auto just_prints = [](const CallSite* site) {
    return site->Has("print");
  };
  const auto loggers =
      std::stable_partition(sites.begin(), sites.end(), just_prints);
  if (loggers != sites.begin()) {
    sites.erase(loggers, sites.end());
    if (sites.size() == 1 && next_.result == AttributionResult::kAmbiguous) {
      next_.result = AttributionResult::kHigh;
    }
    return;
  }
  const Origin origin = std::exchange(scratch_->origin, Origin::kUnknown);
  call_sites_->Attribute(text, RecordHeader{}, scratch_.get(), &next_);
  scratch_->origin = origin;
}

// Whether a line without a header was printed by a call of its own, as print()
// does between the records of a log.
bool BlockTracer::StandsAlone(std::string_view text, const RecordHeader& header,
                              const StackLine& stack) {
  if (!header.level.empty() || text.empty() || text[0] == ' ' ||
      text[0] == '\t') {
    return false;
  }
  // "Error: ..." may be a message where records have no header.
  const bool message =
      stack.kind == StackLine::Kind::kException && !timed_ && !in_trace_;
  if (stack.kind != StackLine::Kind::kNone && !message) return false;
  AttributeBare(text);
  if (message) return !next_.sites.empty();
  return !next_.sites.empty() || !MayGoOn(attribution_);
}

void BlockTracer::TraceLine(std::string_view text, std::uint64_t bytes) {
  const std::string_view record = text.substr(0, kMostAttributed);
  Line line{record, bytes, {}};
  ++next_line_;
  if (call_sites_->AttributeKnown(record, scratch_.get(), &next_)) {
    Finish();
    std::swap(attribution_, next_);
    Begin(line, true);
    return;
  }
  RecordHeader header = headers_.Read(record);
  if (Belongs(record, header, &line.stack) &&
      !StandsAlone(record, header, line.stack)) {
    NameFunction(&line.stack.frame);
    in_trace_ = line.stack.kind != StackLine::Kind::kNone;
    lines_.push_back(line);
    return;
  }
  Finish();
  // Without a header all of it is the message.
  const bool bare = header.continues && !header.time_ms;
  if (bare) header = RecordHeader{};
  logger_ = header.logger;
  function_ = header.place.function;
  if (bare) {
    AttributeBare(record);
    std::swap(attribution_, next_);
  } else {
    call_sites_->Attribute(record, header, scratch_.get(), &attribution_);
  }
  Begin(line, header.time_ms.has_value());
}

void BlockTracer::Begin(const Line& line, bool timed) {
  lines_.push_back(line);
  event_line_ = next_line_ - 1;
  timed_ = timed;
  in_trace_ = line.stack.kind != StackLine::Kind::kNone;
  attributed_ = 0;
}

std::string_view BlockTracer::EventText(std::size_t lines) const {
  const Line& last = lines_[lines - 1];
  const char* begin = lines_[0].text.data();
  const auto size =
      static_cast<std::size_t>(last.text.data() + last.text.size() - begin);
  return {begin, std::min(size, kMostAttributed)};
}

// java.util.logging prints time, class and method on one line, level and
// message on the next.
bool BlockTracer::JoinTwoLineRecord() {
  if (!attribution_.sites.empty() || !timed_) return false;
  RecordHeader header = headers_.Read(lines_[1].text);
  if (header.level.empty()) return false;
  if (attribution_.cause == NoneCause::kNoMessage) {
    header.logger = logger_;
    header.place.function = function_;
  }
  call_sites_->Attribute(lines_[1].text, header, scratch_.get(), &next_);
  if (next_.sites.empty()) return false;
  std::swap(attribution_, next_);
  attributed_ = 1;
  return true;
}

// The function that caught an exception is in the stack trace behind it.
void BlockTracer::BreakTie() {
  frames_.clear();
  for (const Line& line : lines_) {
    if (line.stack.kind == StackLine::Kind::kFrame) {
      frames_.push_back(line.stack.frame);
    }
  }
  if (frames_.empty()) return;
  const RecordHeader header = headers_.Read(lines_[0].text);
  call_sites_->Attribute(lines_[0].text, header, scratch_.get(), &attribution_,
                         frames_);
}

// A value that holds newlines spreads the message over several lines.
void BlockTracer::JoinLines() {
  std::size_t lines = 1;
  while (lines < lines_.size() &&
         lines_[lines].stack.kind == StackLine::Kind::kNone) {
    ++lines;
  }
  if (lines == 1) return;
  const std::string_view text = EventText(lines);
  const RecordHeader header = headers_.Read(text);
  call_sites_->Attribute(text, header, scratch_.get(), &attribution_);
}

void BlockTracer::Finish() {
  if (lines_.empty()) return;
  if (lines_.size() > 1 && !JoinTwoLineRecord()) {
    if (attribution_.result == AttributionResult::kAmbiguous) BreakTie();
    if (attribution_.cause == NoneCause::kNoTemplate) JoinLines();
  }
  for (std::size_t i = 0; i < lines_.size(); ++i) Emit(i);
  lines_.clear();
}

void BlockTracer::AddHoles(std::size_t index) {
  holes_.clear();
  if (attribution_.sites.empty()) return;
  const Line& line = lines_[index];
  const CallSite& site = *attribution_.sites[0];
  const auto begin = static_cast<std::size_t>(line.text.data() -
                                              lines_[attributed_].text.data());
  const auto end = static_cast<std::uint32_t>(begin + line.text.size());
  if (index >= attributed_) {
    for (const AttributedHole& each : attribution_.holes) {
      if (each.span.begin > end || each.span.end < begin) continue;
      if (each.span.end == begin && begin > 0) continue;
      const Span part = {
          std::max(each.span.begin, static_cast<std::uint32_t>(begin)),
          std::min(each.span.end, end)};
      const Hole* hole = site.HoleAt(static_cast<int>(each.hole));
      if (hole == nullptr) continue;
      holes_.push_back({hole->argument, hole->key, Moved(part, begin)});
    }
  }
  if (line.stack.kind == StackLine::Kind::kException) {
    holes_.push_back({ExceptionArgument(site), {}, line.stack.text});
  }
  if (block_->member->encoding != TextEncoding::kUtf16) return;
  for (TracedHole& hole : holes_) {
    const auto front = Utf16Bytes(line.text.substr(0, hole.span.begin));
    const auto size = Utf16Bytes(hole.span.Of(line.text));
    hole.span = {static_cast<std::uint32_t>(front),
                 static_cast<std::uint32_t>(front + size)};
  }
}

void BlockTracer::Emit(std::size_t index) {
  const Line& line = lines_[index];
  TracedRecord record;
  record.input = *block_->input;
  record.member = block_->member->name;
  record.line = event_line_ + index;
  record.event_line = index == 0 ? 0 : event_line_;
  record.bytes = line.bytes;
  record.result = attribution_.result;
  record.cause = attribution_.cause;
  record.sites = attribution_.sites;
  tally_.Add(record);
  if (batch_ == nullptr) return;
  AddHoles(index);
  record.holes = holes_;
  if (line.stack.kind == StackLine::Kind::kFrame) {
    record.frame = &line.stack.frame;
    record.frame_site = call_sites_->SiteNear(line.stack.frame);
  }
  batch_->OnRecord(record);
}

}  // namespace logspill
