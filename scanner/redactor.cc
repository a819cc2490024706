#include "scanner/redactor.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "scanner/base/key.h"

namespace logspill {
namespace {

// Lets threads pass one at a time, by number.
class Gate {
 public:
  explicit Gate(std::mutex* mutex) : mutex_(mutex) {}

  // Waits for the turn of `number`; the lock is held until Pass().
  std::unique_lock<std::mutex> Enter(std::uint64_t number) {
    std::unique_lock lock(*mutex_);
    turn_.wait(lock, [&] { return next_ == number; });
    return lock;
  }
  void Pass(std::unique_lock<std::mutex> lock) {
    ++next_;
    lock.unlock();
    turn_.notify_all();
  }

 private:
  std::mutex* mutex_;
  std::condition_variable turn_;
  std::uint64_t next_ = 0;
};

class RedactRun {
 public:
  RedactRun(const RedactParts& parts, const RedactOptions& options,
            const std::vector<RegionMarkers>& regions, IdentityMemory* memory,
            Input* input, RedactOutput* output)
      : parts_(parts),
        options_(options),
        regions_(regions),
        memory_(memory),
        input_(input),
        output_(output) {}

  RedactTotals Run(unsigned threads);

 private:
  struct ReadBlock {
    Block block;
    std::uint64_t number = 0;
    std::uint64_t member = 0;
    std::string member_name;
    bool unfinished = false;  // the last record has no newline
  };
  void Work();
  bool Read(std::vector<char>* buffer, ReadBlock* read);
  bool NextMember();
  void Write(const ReadBlock& read, const RedactedBlock& done);

  const RedactParts& parts_;
  const RedactOptions& options_;
  const std::vector<RegionMarkers>& regions_;
  IdentityMemory* memory_;
  Input* input_;
  RedactOutput* output_;

  std::mutex read_mutex_;  // guards what is behind it
  std::unique_ptr<BlockReader> reader_;
  Member member_;
  std::uint64_t members_ = 0;
  std::uint64_t blocks_ = 0;
  bool ended_ = false;
  unsigned wanted_ = 0;  // threads that may still be started
  std::vector<std::jthread> others_;

  std::mutex decide_mutex_;
  Gate decide_gate_{&decide_mutex_};
  std::uint64_t decided_member_ = 0;
  std::uint64_t taken_ = 0;

  std::mutex write_mutex_;
  Gate write_gate_{&write_mutex_};
  std::uint64_t written_member_ = 0;
  std::uint64_t lines_ = 0;
  RedactTotals totals_;
  std::atomic<bool> stopped_{false};
};

RedactTotals RedactRun::Run(unsigned threads) {
  wanted_ = threads - 1;
  Work();
  std::vector<std::jthread> others;
  {
    const std::lock_guard lock(read_mutex_);
    wanted_ = 0;
    others.swap(others_);
  }
  others.clear();  // waits for them
  totals_.stopped = stopped_;
  return std::move(totals_);
}

void RedactRun::Work() {
  BlockRedactor redactor(parts_);
  std::vector<char> buffer(options_.block_bytes);
  ReadBlock read;
  RedactedBlock done;
  while (Read(&buffer, &read)) {
    redactor.Find(read.block);
    auto decide = decide_gate_.Enter(read.number);
    if (decided_member_ != read.member) taken_ = 0;
    decided_member_ = read.member;
    redactor.Decide(memory_, &taken_);
    decide_gate_.Pass(std::move(decide));
    redactor.Rewrite(&done);
    auto write = write_gate_.Enter(read.number);
    Write(read, done);
    write_gate_.Pass(std::move(write));
  }
  Wipe(buffer.data(), buffer.size());
}

bool RedactRun::Read(std::vector<char>* buffer, ReadBlock* read) {
  const std::lock_guard lock(read_mutex_);
  while (!ended_ && !stopped_) {
    if (reader_ == nullptr && !NextMember()) break;
    if (!reader_->Next(buffer, &read->block)) {
      reader_.reset();
      continue;
    }
    const Block& block = read->block;
    read->number = blocks_++;
    read->member = members_;
    read->member_name = member_.name;
    read->unfinished = !block.bytes.substr(0, block.core_end).ends_with('\n') &&
                       (!block.window || block.core_end == block.bytes.size());
    // A second block says that there is work to share.
    if (blocks_ > 1 && wanted_ > 0) {
      --wanted_;
      others_.emplace_back([this] { Work(); });
    }
    return true;
  }
  ended_ = true;
  return false;
}

bool RedactRun::NextMember() {
  while (input_->NextMember(&member_)) {
    if (!output_->Begin(member_)) continue;
    ++members_;
    reader_ = std::make_unique<BlockReader>(
        [this](std::span<char> to) { return input_->Read(to); },
        options_.block_bytes, regions_, options_.live);
    return true;
  }
  return false;
}

void RedactRun::Write(const ReadBlock& read, const RedactedBlock& done) {
  if (written_member_ != read.member) lines_ = 0;
  written_member_ = read.member;
  if (!stopped_ && !output_->Write(done.bytes)) stopped_ = true;
  const Block& block = read.block;
  totals_.bytes_in += block.core_end - block.core_begin;
  totals_.bytes_out += done.bytes.size();
  totals_.records += done.newlines + (read.unfinished ? 1 : 0);
  totals_.changed += done.changed;
  totals_.verified += done.verified;
  for (const auto& [key, count] : done.counts) totals_.counts[key] += count;
  for (const auto& [key, count] : done.tokens) totals_.tokens[key] += count;
  totals_.withheld += done.withheld.size();
  for (const Withheld& record : done.withheld) {
    if (totals_.first_withheld.size() == RedactTotals::kMostNamed) break;
    totals_.first_withheld.push_back(
        {read.member_name, lines_ + record.line + 1, record.reason});
  }
  lines_ += done.newlines;
}

}  // namespace

void RedactTotals::Add(const RedactTotals& other) {
  bytes_in += other.bytes_in;
  bytes_out += other.bytes_out;
  records += other.records;
  changed += other.changed;
  verified += other.verified;
  for (const auto& [key, count] : other.counts) counts[key] += count;
  for (const auto& [key, count] : other.tokens) tokens[key] += count;
  withheld += other.withheld;
  stopped = stopped || other.stopped;
}

Redactor::Redactor(const RedactParts& parts, RedactOptions options)
    : parts_(parts), options_(options), memory_(&parts.classifier->subjects()) {
  for (const Rule& rule : parts.rules->rules().rules) {
    if (rule.is_region()) {
      regions_.push_back({rule.region.begin, rule.region.end});
    }
  }
}

RedactTotals Redactor::Run(Input& input, RedactOutput& output) {
  const unsigned threads =
      options_.threads != 0 ? options_.threads
                            : std::max(1U, std::thread::hardware_concurrency());
  return RedactRun(parts_, options_, regions_, &memory_, &input, &output)
      .Run(threads);
}

}  // namespace logspill
