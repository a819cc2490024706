#include "scanner/redact/identity_memory.h"

#include <algorithm>
#include <utility>

namespace logspill {
namespace {

constexpr std::size_t kFirstSlots = 4096;

}  // namespace

IdentityMemory::IdentityMemory(const SubjectTable* subjects, std::size_t most)
    : subjects_(subjects),
      most_(std::max<std::size_t>(most, 1)),
      slots_(kFirstSlots) {}

std::size_t IdentityMemory::Find(std::uint64_t hash) const {
  std::size_t at = HomeOf(hash);
  while (slots_[at].hash != 0 && slots_[at].hash != hash) {
    at = (at + 1) & (slots_.size() - 1);
  }
  return at;
}

Identity IdentityMemory::Of(std::uint64_t hash) const {
  return slots_[Find(hash)].identity;
}

void IdentityMemory::Learn(std::uint64_t hash, const Identity& identity) {
  if (identity.subject == kNoSubject) return;
  std::size_t at = Find(hash);
  if (slots_[at].hash == hash) {
    slots_[at].identity =
        Identity::Join(slots_[at].identity, identity, *subjects_);
    return;
  }
  if (size_ == most_) {
    Forget(std::exchange(order_[oldest_], hash));
    oldest_ = (oldest_ + 1) % most_;
    at = Find(hash);
  } else {
    order_.push_back(hash);
    if (2 * (size_ + 1) > slots_.size()) {
      Grow();
      at = Find(hash);
    }
  }
  slots_[at] = {hash, identity};
  ++size_;
}

void IdentityMemory::Grow() {
  std::vector<Slot> old(2 * slots_.size());
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.hash != 0) slots_[Find(slot.hash)] = slot;
  }
}

// Closes the gap, so that no search ends too early.
void IdentityMemory::Forget(std::uint64_t hash) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t gap = Find(hash);
  if (slots_[gap].hash != hash) return;
  --size_;
  for (std::size_t at = (gap + 1) & mask; slots_[at].hash != 0;
       at = (at + 1) & mask) {
    const std::size_t home = HomeOf(slots_[at].hash);
    if (((at - home) & mask) < ((at - gap) & mask)) continue;
    slots_[gap] = slots_[at];
    gap = at;
  }
  slots_[gap] = Slot();
}

}  // namespace logspill
