// What was proved of values so far: redaction looks forward only, so that what
// one record says of a value holds in the records behind it.
//
// Lifetime:  holds keyed hashes, never a value.
// Threads:   not thread-safe; its owner serialises calls in the order of records.
// Cost:      one cache line a call; Prefetch() hides that it is far.
// Memory:    at most kMostValues, about 72 MiB; the oldest are forgotten first,
//            whatever the key, so that the same log gives the same output.

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "scanner/identity/classifier.h"

namespace logspill {

class IdentityMemory {
 public:
  static constexpr std::size_t kMostValues = 1'000'000;

  // `most`: another bound, for tests.
  explicit IdentityMemory(const SubjectTable* subjects,
                          std::size_t most = kMostValues);

  // Begins to load what Of() and Learn() will look at.
  void Prefetch(std::uint64_t hash) const {
    __builtin_prefetch(&slots_[HomeOf(hash)]);
  }

  // What is known of the value; kNoSubject where nothing is.
  // REQUIRES: `hash` is not 0.
  Identity Of(std::uint64_t hash) const;

  // Joins `identity` to what is known.
  void Learn(std::uint64_t hash, const Identity& identity);

  std::size_t size() const { return size_; }

 private:
  struct Slot {
    std::uint64_t hash = 0;  // 0: free
    Identity identity;
  };

  // The hashes are keyed: their bits are as good as random.
  std::size_t HomeOf(std::uint64_t hash) const {
    return static_cast<std::size_t>(hash >> 1) & (slots_.size() - 1);
  }
  // Where `hash` is, or the free slot where it would be.
  std::size_t Find(std::uint64_t hash) const;
  void Grow();
  void Forget(std::uint64_t hash);

  const SubjectTable* subjects_;
  std::size_t most_;
  std::size_t size_ = 0;
  std::vector<Slot> slots_;           // a power of two, at most half full
  std::vector<std::uint64_t> order_;  // a ring once it has `most_` hashes
  std::size_t oldest_ = 0;            // of order_
};

}  // namespace logspill
