#include "scanner/block_sequence.h"

#include <algorithm>
#include <iterator>

#include "scanner/block_scanner.h"

namespace logspill {

bool BlockSequence::Next(std::vector<char>* buffer, SequencedBlock* block) {
  const std::lock_guard lock(read_mutex_);
  while (!stop_->load(std::memory_order_relaxed)) {
    if (reader_ != nullptr && reader_->Next(buffer, &block->block)) {
      Place(block);
      return true;
    }
    reader_.reset();
    if (!NextMember()) return false;
  }
  if (input_ != nullptr) CloseInput();
  return false;
}

// Steps to the next member that can be read, of this input or of one behind it.
bool BlockSequence::NextMember() {
  for (;;) {
    if (input_ == nullptr && !OpenNext()) return false;
    Member member;
    if (!input_->NextMember(&member)) {
      CloseInput();
      continue;
    }
    if (!member.name.empty()) ++coverage_.members;
    member_ = std::make_shared<const Member>(std::move(member));
    verdict_ = std::make_shared<MemberVerdict>();
    line_ = 1;
    first_ = true;
    reader_ = std::make_unique<EventReader>(
        [input = input_.get()](std::span<char> to) { return input->Read(to); },
        block_bytes_);
    return true;
  }
}

bool BlockSequence::OpenNext() {
  input_ = queue_->Next();
  TakeEvents(queue_->TakeEvents());
  if (input_ == nullptr) return false;
  name_ = std::make_shared<const std::string>(input_->name());
  ++coverage_.inputs;
  return true;
}

void BlockSequence::CloseInput() {
  reader_.reset();
  TakeEvents(input_->TakeEvents());
  closed_bytes_ += input_->bytes_read();
  bytes_read_ = closed_bytes_;
  input_.reset();
}

void BlockSequence::TakeEvents(std::vector<InputEvent> events) {
  coverage_.events.insert(coverage_.events.end(),
                          std::make_move_iterator(events.begin()),
                          std::make_move_iterator(events.end()));
}

void BlockSequence::Place(SequencedBlock* block) {
  const Block& bytes = block->block;
  const std::string_view core =
      bytes.bytes.substr(bytes.core_begin, bytes.core_end - bytes.core_begin);
  block->input = name_;
  block->member = member_;
  block->verdict = verdict_;
  block->modified_ms = input_->modified_ms();
  block->number = number_++;
  block->line = line_;
  block->first = first_;
  first_ = false;
  const auto newlines =
      static_cast<std::uint64_t>(std::count(core.begin(), core.end(), '\n'));
  line_ += newlines;
  coverage_.records += newlines;
  if (bytes.core_end == bytes.bytes.size() && !core.ends_with('\n')) {
    ++coverage_.records;
  }
  bytes_read_ = closed_bytes_ + input_->bytes_read();
  bytes_scanned_ += member_->encoding == TextEncoding::kUtf16 ? Utf16Bytes(core)
                                                              : core.size();
}

void BlockSequence::Enter(std::uint64_t number) {
  std::unique_lock lock(turn_mutex_);
  turn_changed_.wait(lock, [&] { return turn_ == number; });
}

void BlockSequence::Leave() {
  {
    const std::lock_guard lock(turn_mutex_);
    ++turn_;
  }
  turn_changed_.notify_all();
}

Coverage BlockSequence::TakeCoverage() {
  coverage_.bytes_read = bytes_read_;
  coverage_.bytes_scanned = bytes_scanned_;
  coverage_.interrupted = stop_->load();
  return std::move(coverage_);
}

}  // namespace logspill
