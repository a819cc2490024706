#include "scanner/scanner.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <thread>

#include "scanner/block_scanner.h"
#include "scanner/collector.h"
#include "scanner/record/record_header.h"

namespace logspill {
namespace {

// One input while it is scanned.
struct OpenInput {
  InputNames names;
  std::unique_ptr<Input> input;
  unsigned workers = 0;  // guarded by the run's lock

  // Reading: one thread at a time.
  std::mutex read_mutex;
  std::unique_ptr<BlockReader> reader;  // of the current member
  // The current one.  Blocks share it: others may read on while one is scanned.
  std::shared_ptr<const Member> member;
  std::uint32_t next_member = 0;
  std::uint64_t entries = 0;  // members that an archive names
  std::uint64_t blocks = 0;
  std::uint64_t input_offset = 0;  // of the next block, before transcoding
  std::uint64_t record_input_offset = 0;  // of the long record that is open
  std::string record_head;                // its first bytes, likewise
  std::unique_ptr<HeaderReader> headers;
  bool detected = false;  // the formats of this member's records are known
  std::optional<std::int64_t> last_time;  // of the records that were read
  std::atomic<bool> done{false};          // nothing is left to read
  std::uint64_t bytes_read = 0;

  // Committing: in the order of the blocks.
  std::mutex commit_mutex;
  std::condition_variable committed;
  std::uint64_t next_block = 0;
  std::uint32_t line_member = 0;  // whose lines are counted
  std::uint64_t lines = 0;
};

struct ReadBlock {
  Block block;
  std::shared_ptr<const Member> member;
  BlockPlace place;  // refers to it
  std::uint64_t number = 0;
  bool ends_unfinished = false;  // the last record has no newline
};

class ScanRun {
 public:
  ScanRun(ScanContext* context, InputQueue* queue, Sink* sink,
          const std::atomic<bool>* stop, ScanProgress* progress)
      : context_(context),
        queue_(queue),
        sink_(sink),
        stop_(stop),
        progress_(progress),
        collector_(context, sink) {
    for (const Rule& rule : context->rules.rules().rules) {
      if (rule.is_region())
        regions_.push_back({rule.region.begin, rule.region.end});
    }
  }

  Result<Summary> Run(unsigned threads);

 private:
  bool stopped() const {
    return stop_->load(std::memory_order_relaxed) ||
           closed_.load(std::memory_order_relaxed);
  }
  void Work();
  OpenInput* Join();
  void Leave(OpenInput* open);
  void ScanInput(OpenInput* open, BlockScanner* scanner,
                 std::vector<char>* buffer);
  bool Read(OpenInput* open, std::vector<char>* buffer, ReadBlock* read);
  static bool NextMember(OpenInput* open);
  void Place(OpenInput* open, ReadBlock* read);
  void PlaceInTime(OpenInput* open, ReadBlock* read) const;
  void Commit(OpenInput* open, const ReadBlock& read, const BlockCounts& counts,
              BlockFindings* findings);
  void Close(OpenInput* open);
  std::vector<Coverage::Root> CoverageOfRoots() const;
  void DistrustRoots();
  void FillCoverage(Coverage* coverage) const;

  ScanContext* context_;
  InputQueue* queue_;
  Sink* sink_;
  const std::atomic<bool>* stop_;
  ScanProgress* progress_;
  Collector collector_;
  std::vector<RegionMarkers> regions_;
  std::atomic<bool> closed_{false};  // the sink takes no more

  std::mutex mutex_;  // guards the rest
  std::vector<std::unique_ptr<OpenInput>> inputs_;
  bool queue_empty_ = false;
  Coverage coverage_;
  std::map<std::uint64_t, std::vector<InputEvent>> events_;  // by input number
  Coverage::OutsideTimes outside_times_;
  RootCounts roots_;
};

Result<Summary> ScanRun::Run(unsigned threads) {
  const auto start = std::chrono::steady_clock::now();
  {
    std::vector<std::jthread> workers;
    for (unsigned i = 1; i < threads; ++i)
      workers.emplace_back([this] { Work(); });
    Work();
  }
  DistrustRoots();
  std::vector<InputNames> names;
  for (const auto& open : inputs_) names.push_back(std::move(open->names));
  if (Result<void> finished = collector_.Finish(names); !finished) {
    return finished.error();
  }
  Summary summary;
  SumUp(context_->totals(), &summary);
  if (sink_->wants_findings()) summary.printed = collector_.printed();
  FillCoverage(&summary.coverage);
  summary.rules_digest = context_->rules.rules().digest;
  summary.key_id = context_->key.id();
  summary.key_from_file = context_->key.from_file();
  summary.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
          .count();
  if (!closed_) sink_->OnSummary(summary);
  return summary;
}

void ScanRun::Work() {
  BlockScanner scanner(context_, sink_->wants_findings());
  std::vector<char> buffer(context_->options.block_bytes);
  while (OpenInput* open = stopped() ? nullptr : Join()) {
    ScanInput(open, &scanner, &buffer);
    Leave(open);
  }
  scanner.Flush();
  Wipe(buffer.data(), buffer.size());
}

// Opens the next input, or joins the one with the fewest workers.
OpenInput* ScanRun::Join() {
  const std::lock_guard lock(mutex_);
  if (!queue_empty_) {
    std::unique_ptr<Input> input = queue_->Next();
    for (InputEvent& event : queue_->TakeEvents()) {
      events_[inputs_.size()].push_back(std::move(event));
    }
    if (input != nullptr) {
      auto open = std::make_unique<OpenInput>();
      open->names.number = inputs_.size();
      open->names.input = input->name();
      open->headers = std::make_unique<HeaderReader>(
          YearOf(input->modified_ms()), context_->options.formats);
      open->input = std::move(input);
      open->workers = 1;
      ++coverage_.inputs;
      return inputs_.emplace_back(std::move(open)).get();
    }
    queue_empty_ = true;
  }
  OpenInput* best = nullptr;
  for (const auto& open : inputs_) {
    if (open->workers == 0 || open->done) continue;
    if (best == nullptr || open->workers < best->workers) best = open.get();
  }
  if (best == nullptr) return nullptr;
  ++best->workers;
  return best;
}

void ScanRun::Leave(OpenInput* open) {
  bool last = false;
  {
    const std::lock_guard lock(mutex_);
    last = --open->workers == 0;
  }
  if (last) Close(open);
}

void ScanRun::Close(OpenInput* open) {
  std::vector<InputEvent> events = open->input->TakeEvents();
  open->reader.reset();
  open->bytes_read = open->input->bytes_read();
  open->input.reset();
  const std::lock_guard lock(mutex_);
  auto& held = events_[open->names.number];
  held.insert(held.end(), std::make_move_iterator(events.begin()),
              std::make_move_iterator(events.end()));
  coverage_.bytes_read += open->bytes_read;
}

void ScanRun::ScanInput(OpenInput* open, BlockScanner* scanner,
                        std::vector<char>* buffer) {
  scanner->StartInput(open->input->modified_ms());
  ReadBlock read;
  BlockFindings findings;
  while (!stopped() && Read(open, buffer, &read)) {
    const BlockCounts counts = scanner->Scan(read.block, read.place, &findings);
    Commit(open, read, counts, &findings);
    findings.drafts.clear();
    findings.examples.clear();
  }
}

bool ScanRun::Read(OpenInput* open, std::vector<char>* buffer,
                   ReadBlock* read) {
  const std::lock_guard lock(open->read_mutex);
  while (!open->done) {
    if (open->reader == nullptr) {
      if (!NextMember(open)) break;
      open->reader = std::make_unique<BlockReader>(
          [input = open->input.get()](std::span<char> to) {
            return input->Read(to);
          },
          context_->options.block_bytes, regions_);
    }
    const std::uint64_t read_before = open->input->bytes_read();
    const bool any = open->reader->Next(buffer, &read->block);
    progress_->bytes_read.fetch_add(open->input->bytes_read() - read_before,
                                    std::memory_order_relaxed);
    if (any) {
      Place(open, read);
      return true;
    }
    open->reader.reset();
  }
  return false;
}

bool ScanRun::NextMember(OpenInput* open) {
  Member member;
  if (!open->input->NextMember(&member)) {
    open->done = true;
    return false;
  }
  open->input_offset = member.bom_bytes;
  ++open->next_member;
  if (!member.name.empty()) ++open->entries;
  open->detected = false;
  open->last_time.reset();
  open->member = std::make_shared<const Member>(std::move(member));
  return true;
}

// Says where the block stands in the input as it was before transcoding.
void ScanRun::Place(OpenInput* open, ReadBlock* read) {
  const Block& block = read->block;
  const Member& member = *open->member;
  read->member = open->member;
  BlockPlace& place = read->place;
  place.names = &open->names;
  place.member = open->next_member - 1;
  place.member_name = &member.name;
  place.encoding = member.encoding;
  read->number = open->blocks++;
  const bool utf16 = member.encoding == TextEncoding::kUtf16;
  const auto input_bytes = [&](std::string_view text) {
    return utf16 ? Utf16Bytes(text) : text.size();
  };
  const std::string_view core =
      block.bytes.substr(block.core_begin, block.core_end - block.core_begin);
  const std::uint64_t core_offset = open->input_offset;
  place.input_offset =
      core_offset - input_bytes(block.bytes.substr(0, block.core_begin));
  if (!block.window || block.offset + block.core_begin == block.record_offset) {
    open->record_input_offset = core_offset;
    open->record_head = block.window ? core.substr(0, kHeadBytes) : "";
    place.record_head.clear();
  } else {
    place.record_head = open->record_head;
  }
  place.record_input_offset = open->record_input_offset;
  PlaceInTime(open, read);
  open->input_offset += input_bytes(core);
  read->ends_unfinished =
      !core.ends_with('\n') &&
      (!block.window || block.core_end == block.bytes.size());
  progress_->bytes_scanned.fetch_add(input_bytes(core),
                                     std::memory_order_relaxed);
}

// Learns the formats of a member from its first block, and says which time the
// records have that print none.
void ScanRun::PlaceInTime(OpenInput* open, ReadBlock* read) const {
  HeaderReader* headers = open->headers.get();
  const Block& block = read->block;
  if (!open->detected) headers->Detect(block.bytes);
  open->detected = true;
  read->place.formats = headers->detected();
  if (!context_->options.times.any()) return;
  read->place.time_before = open->last_time;
  if (block.window) {
    const auto time = headers->ReadTime(open->record_head);
    if (time) open->last_time = time;
    return;
  }
  std::size_t end = block.core_end;
  while (end > block.core_begin) {
    const std::size_t newline =
        end < 2 ? std::string_view::npos : block.bytes.rfind('\n', end - 2);
    const std::size_t begin =
        newline == std::string_view::npos ? 0 : newline + 1;
    const auto time = headers->ReadTime(block.bytes.substr(begin, end - begin));
    if (time) {
      open->last_time = time;
      return;
    }
    end = begin;
  }
}

void ScanRun::Commit(OpenInput* open, const ReadBlock& read,
                     const BlockCounts& counts, BlockFindings* findings) {
  std::unique_lock lock(open->commit_mutex);
  open->committed.wait(lock, [&] { return open->next_block == read.number; });
  if (open->line_member != read.place.member) {
    open->line_member = read.place.member;
    open->lines = 0;
  }
  if (!findings->drafts.empty()) {
    open->names.members.try_emplace(read.place.member, read.member->name);
  }
  if (!collector_.Commit(open->names, open->lines, findings)) closed_ = true;
  open->lines += counts.newlines;
  ++open->next_block;
  lock.unlock();
  open->committed.notify_all();

  progress_->findings.fetch_add(counts.findings, std::memory_order_relaxed);
  const std::lock_guard run_lock(mutex_);
  coverage_.records += counts.newlines + (read.ends_unfinished ? 1 : 0);
  outside_times_.findings += counts.outside_times.findings;
  outside_times_.records += counts.outside_times.records;
  roots_.Add(counts.roots);
}

std::vector<Coverage::Root> ScanRun::CoverageOfRoots() const {
  std::vector<Coverage::Root> roots;
  const std::vector<std::string>& names = context_->roots.names();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::size_t bit = SiteRoots::BitOf(i);
    RootCounts::Count all = roots_.unmatched;
    RootCounts::Count matched;
    if (bit < roots_.matched.size()) matched = roots_.matched[bit];
    all.Add(matched);
    const double share = all.weight == 0 ? 0
                                         : static_cast<double>(matched.weight) /
                                               static_cast<double>(all.weight);
    roots.push_back({names[i], all.records, share});
  }
  return roots;
}

// What a source that is not that of these logs calls its arguments proves
// nothing; and whether it is can be told only when all is read.
void ScanRun::DistrustRoots() {
  std::uint64_t distrusted = 0;
  const std::vector<Coverage::Root> roots = CoverageOfRoots();
  for (std::size_t i = 0; i < roots.size(); ++i) {
    if (!roots[i].below_floor()) continue;
    distrusted |= std::uint64_t{1} << SiteRoots::BitOf(i);
  }
  context_->values.Distrust(distrusted);
}

void ScanRun::FillCoverage(Coverage* coverage) const {
  *coverage = coverage_;
  coverage->bytes_scanned = progress_->bytes_scanned.load();
  for (const auto& [number, events] : events_) {
    coverage->events.insert(coverage->events.end(), events.begin(),
                            events.end());
  }
  for (const auto& open : inputs_) {
    coverage->members += open->entries;
  }
  coverage->roots = CoverageOfRoots();
  if (context_->options.times.any()) coverage->outside_times = outside_times_;
  coverage->interrupted = stop_->load();
}

}  // namespace

Scanner::Scanner(const RuleDatabase* rules, const Classifier* classifier,
                 const Key* key, ScanOptions options)
    : rules_(rules),
      classifier_(classifier),
      key_(key),
      options_(std::move(options)) {}

Scanner::~Scanner() = default;

Result<Summary> Scanner::Run(InputQueue& inputs, Sink& sink) {
  const unsigned threads =
      options_.threads != 0 ? options_.threads
                            : std::max(1U, std::thread::hardware_concurrency());
  ScanContext context(*rules_, *classifier_, *key_, options_);
  return ScanRun(&context, &inputs, &sink, &stop_, &progress_).Run(threads);
}

}  // namespace logspill
