#include "scanner/event_reader.h"

#include <algorithm>
#include <cstring>

#include "scanner/base/key.h"
#include "scanner/record/stack_frame.h"

namespace logspill {
namespace {

std::size_t LineBegin(std::string_view text, std::size_t end) {
  const void* newline = memrchr(text.data(), '\n', end);
  return newline == nullptr
             ? 0
             : static_cast<std::size_t>(static_cast<const char*>(newline) -
                                        text.data()) +
                   1;
}

}  // namespace

EventReader::~EventReader() {
  Wipe(raw_.data(), raw_.size());
  Wipe(tail_.data(), tail_.size());
}

// Where the last event that may go on begins; all of `bytes` where none does.
// Lines with a time begin one.  Where there is no time for twice the length of
// an event, any line does that looks like no part of another.
std::size_t EventReader::WholeEvents(std::string_view bytes) {
  if (!bytes.ends_with('\n')) return bytes.size();
  const std::size_t floor =
      bytes.size() - std::min(bytes.size(), 2 * kMostEvent);
  std::size_t plain = std::string_view::npos;
  std::size_t end = bytes.size() - 1;
  for (;;) {
    const std::size_t begin = LineBegin(bytes, end);
    const std::string_view line = bytes.substr(begin, end - begin);
    if (headers_.ReadTime(line)) return begin;
    if (plain == std::string_view::npos && !MayContinue(line)) plain = begin;
    if (begin <= floor || begin == 0) break;
    end = begin - 1;
  }
  const bool near =
      plain != std::string_view::npos && bytes.size() - plain <= kMostEvent;
  return near ? plain : bytes.size();
}

bool EventReader::GiveTail(std::vector<char>* buffer, Block* block) {
  if (tail_.empty()) return false;
  buffer->assign(tail_.begin(), tail_.end());
  *block = Block{};
  block->bytes = std::string_view(buffer->data(), buffer->size());
  block->offset = tail_offset_;
  block->core_end = buffer->size();
  tail_.clear();
  return true;
}

bool EventReader::Next(std::vector<char>* buffer, Block* block) {
  for (;;) {
    if (!holds_ && !reader_.Next(&raw_, &held_)) {
      return GiveTail(buffer, block);
    }
    if (held_.window) {
      holds_ = true;
      if (GiveTail(buffer, block)) return true;
      holds_ = false;
      buffer->assign(held_.bytes.begin(), held_.bytes.end());
      *block = held_;
      block->bytes = std::string_view(buffer->data(), buffer->size());
      return true;
    }
    if (tail_.empty()) tail_offset_ = held_.offset;
    buffer->assign(tail_.begin(), tail_.end());
    buffer->insert(buffer->end(), held_.bytes.begin(), held_.bytes.end());
    const std::string_view all(buffer->data(), buffer->size());
    const std::size_t size = WholeEvents(all);
    tail_.assign(buffer->begin() + static_cast<std::ptrdiff_t>(size),
                 buffer->end());
    const std::uint64_t offset = tail_offset_;
    tail_offset_ += size;
    if (size == 0) continue;
    *block = Block{};
    block->bytes = all.substr(0, size);
    block->offset = offset;
    block->core_end = size;
    return true;
  }
}

}  // namespace logspill
