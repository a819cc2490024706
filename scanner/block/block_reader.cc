#include "scanner/block/block_reader.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <vector>

#include "scanner/base/key.h"

namespace logspill {
namespace {

constexpr std::size_t kRegionReach = 64 << 10;  // a region is no longer
// Regions that overlap one another without end are cut all the same.
constexpr std::size_t kMostCarried = 8 * kRegionReach;

// memmem(), because find() compares at every byte.
std::size_t Find(std::string_view text, std::string_view word,
                 std::size_t from) {
  const void* at =
      memmem(text.data() + from, text.size() - from, word.data(), word.size());
  return at == nullptr ? std::string_view::npos
                       : static_cast<std::size_t>(static_cast<const char*>(at) -
                                                  text.data());
}

std::size_t RecordBegin(std::string_view text, std::size_t at) {
  const void* newline = memrchr(text.data(), '\n', at);
  return newline == nullptr
             ? 0
             : static_cast<std::size_t>(static_cast<const char*>(newline) -
                                        text.data()) +
                   1;
}

// Where no block may end.
struct Uncut {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The regions between `markers` in `text`; the last one may be open.
void AddRegions(std::string_view text, const RegionMarkers& markers,
                std::vector<Uncut>* regions) {
  for (std::size_t from = 0;;) {
    const std::size_t begin = Find(text, markers.begin, from);
    if (begin == std::string_view::npos) return;
    from = begin + markers.begin.size();
    const bool open = text.size() - begin < kRegionReach;
    const std::size_t end =
        Find(text.substr(0, open ? text.size() : begin + kRegionReach),
             markers.end, from);
    if (end != std::string_view::npos) {
      regions->push_back({RecordBegin(text, begin), end});
      from = end + markers.end.size();
    } else if (open) {
      regions->push_back({RecordBegin(text, begin), std::string_view::npos});
      return;
    }
  }
}

std::string CommonBegin(const std::vector<RegionMarkers>& regions) {
  if (regions.empty()) return {};
  std::string common = regions[0].begin;
  for (const RegionMarkers& region : regions) {
    const auto differ = std::mismatch(common.begin(), common.end(),
                                      region.begin.begin(), region.begin.end());
    common.erase(differ.first, common.end());
  }
  return common;
}

}  // namespace

BlockReader::BlockReader(Read read, std::size_t block_bytes,
                         std::vector<RegionMarkers> regions, bool live)
    : read_(std::move(read)),
      block_bytes_(std::max<std::size_t>(block_bytes, 1)),
      regions_(std::move(regions)),
      live_(live),
      region_begin_(CommonBegin(regions_)) {}

BlockReader::~BlockReader() { Wipe(carry_.data(), carry_.size()); }

bool BlockReader::Next(std::vector<char>* buffer, Block* block) {
  filled_ = carry_.size();
  if (buffer->size() < filled_) buffer->resize(filled_);
  std::copy(carry_.begin(), carry_.end(), buffer->begin());
  *block = Block{};
  return in_long_record_ ? NextWindow(buffer, block)
                         : NextRecords(buffer, block);
}

// Reads until the buffer holds `bytes` bytes; false at the end of the member.
bool BlockReader::Fill(std::vector<char>* buffer, std::size_t bytes) {
  if (buffer->size() < bytes) buffer->resize(bytes);
  while (filled_ < bytes && !end_) {
    const std::size_t got =
        read_(std::span(buffer->data() + filled_, bytes - filled_));
    end_ = got == 0;
    filled_ += got;
    if (live_ && !in_long_record_) break;
  }
  return filled_ >= bytes;
}

bool BlockReader::NextRecords(std::vector<char>* buffer, Block* block) {
  std::size_t goal = std::max(block_bytes_, filled_ + 1);
  for (;;) {
    Fill(buffer, goal);
    const std::string_view bytes(buffer->data(), filled_);
    const std::size_t long_record = LongRecord(bytes);
    if (long_record == 0) {
      in_long_record_ = true;
      record_offset_ = core_ = offset_;
      return NextWindow(buffer, block);
    }
    if (long_record != std::string_view::npos)
      return Cut(buffer, long_record, block);
    if (end_) return Cut(buffer, filled_, block);
    const std::size_t newline = bytes.rfind('\n');
    if (newline != std::string_view::npos) {
      const std::size_t open = BeforeOpenRegion(bytes.substr(0, newline + 1));
      if (open != 0) return Cut(buffer, open, block);
      if (newline + 1 > kMostCarried) return Cut(buffer, newline + 1, block);
    }
    goal = filled_ + std::min(block_bytes_, kWholeRecord);
  }
}

// Where a record longer than kWholeRecord begins; npos where there is none.
std::size_t BlockReader::LongRecord(std::string_view bytes) const {
  std::size_t begin = 0;
  while (bytes.size() - begin > kWholeRecord) {
    const std::size_t newline =
        bytes.substr(begin, kWholeRecord + 1).rfind('\n');
    if (newline == std::string_view::npos) return begin;
    begin += newline + 1;
  }
  return std::string_view::npos;
}

// The most of `bytes` that can be given out without cutting a region.
std::size_t BlockReader::BeforeOpenRegion(std::string_view bytes) const {
  // What begins further in front has ended, or never does.
  const std::size_t tail = bytes.size() - std::min(bytes.size(), kRegionReach);
  if (regions_.empty() ||
      Find(bytes, region_begin_, tail) == std::string_view::npos) {
    return bytes.size();
  }
  std::vector<Uncut> regions;
  for (const RegionMarkers& markers : regions_) {
    AddRegions(bytes, markers, &regions);
  }
  // In front of one region may be the middle of another.
  std::size_t size = bytes.size();
  for (bool moved = true; moved;) {
    moved = false;
    for (const Uncut& region : regions) {
      if (region.begin >= size || region.end <= size) continue;
      size = region.begin;
      moved = true;
    }
  }
  return size;
}

// Gives the first `size` bytes of the buffer out and carries the rest.
bool BlockReader::Cut(std::vector<char>* buffer, std::size_t size,
                      Block* block) {
  carry_.assign(buffer->begin() + static_cast<std::ptrdiff_t>(size),
                buffer->begin() + static_cast<std::ptrdiff_t>(filled_));
  block->bytes = std::string_view(buffer->data(), size);
  block->offset = offset_;
  block->core_end = size;
  offset_ += size;
  return size != 0;
}

bool BlockReader::NextWindow(std::vector<char>* buffer, Block* block) {
  // The buffer begins at offset_, at most kOverlap before the core.
  const auto core_begin = static_cast<std::size_t>(core_ - offset_);
  Fill(buffer, core_begin + kWindow + kOverlap);
  std::string_view bytes(buffer->data(), filled_);
  const std::size_t newline = bytes.find('\n', core_begin);
  bytes = bytes.substr(0, newline);
  const bool last = bytes.size() <= core_begin + kWindow;
  const bool ended = newline != std::string_view::npos || end_;

  block->window = true;
  block->record_offset = record_offset_;
  block->offset = offset_;
  block->core_begin = core_begin;
  std::size_t used = 0;
  if (last && ended) {
    used = bytes.size() + (newline != std::string_view::npos ? 1 : 0);
    block->bytes = std::string_view(buffer->data(), used);
    block->core_end = used;
    in_long_record_ = false;
  } else {
    block->bytes = bytes.substr(0, core_begin + kWindow + kOverlap);
    block->core_end = core_begin + kWindow;
    core_ += kWindow;
    used = core_begin + kWindow - std::min(kOverlap, core_begin + kWindow);
  }
  carry_.assign(buffer->begin() + static_cast<std::ptrdiff_t>(used),
                buffer->begin() + static_cast<std::ptrdiff_t>(filled_));
  offset_ += used;
  return !block->bytes.empty();
}

}  // namespace logspill
