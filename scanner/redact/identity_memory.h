// What was proved of values so far: redaction looks forward only, so that what
// one record says of a value holds in the records behind it.
//
// Lifetime:  holds keyed hashes, never a value.
// Threads:   not thread-safe; its owner serialises calls in the order of records.
// Memory:    at most kMostValues; the oldest are forgotten first, whatever the
//            key, so that the same log gives the same output.

#pragma once

#include <cstdint>
#include <deque>
#include <unordered_map>

#include "scanner/identity/classifier.h"

namespace logspill {

class IdentityMemory {
 public:
  static constexpr std::size_t kMostValues = 1'000'000;

  explicit IdentityMemory(const SubjectTable* subjects) : subjects_(subjects) {}

  Identity Of(std::uint64_t hash) const {
    const auto found = known_.find(hash);
    return found == known_.end() ? Identity() : found->second;
  }

  void Learn(std::uint64_t hash, const Identity& identity) {
    if (identity.subject == kNoSubject) return;
    const auto [at, is_new] = known_.try_emplace(hash, identity);
    if (!is_new) {
      at->second = Identity::Join(at->second, identity, *subjects_);
      return;
    }
    order_.push_back(hash);
    if (order_.size() <= kMostValues) return;
    known_.erase(order_.front());
    order_.pop_front();
  }

 private:
  const SubjectTable* subjects_;
  std::unordered_map<std::uint64_t, Identity> known_;
  std::deque<std::uint64_t> order_;
};

}  // namespace logspill
