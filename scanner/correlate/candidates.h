// The call sites that can have printed a record: the best of those that were
// offered, and what breaks their ties.
//
// Threads:   not thread-safe; each thread reuses one.
// Cost:      a few comparisons an offer.

#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "scanner/callsite/call_site.h"
#include "scanner/record/record_header.h"
#include "scanner/record/stack_frame.h"

namespace logspill {

// How well a call site fits; the order is that of trust.
enum class Trust : std::uint8_t { kNone, kSurprising, kFits, kPrinted };

// What is known of a record besides its text.
struct TieBreakers {
  std::string_view file;      // as printed; or empty
  std::string_view function;  // likewise
  std::string_view logger;
  std::span<const RecordField> fields;
  std::span<const StackFrame> frames;  // of the stack trace behind it
};

class Candidates {
 public:
  struct Candidate {
    const CallSite* site = nullptr;
    std::uint32_t shape = 0;
  };

  void Reset();
  void Offer(const CallSite* site, std::uint32_t shape, Trust trust,
             std::uint32_t weight);

  // Leaves the sites that the tie breakers speak for, in the order of their
  // places, each once.
  void Settle(const TieBreakers& ties);

  bool empty() const { return best_.empty(); }
  Trust trust() const { return trust_; }
  const std::vector<Candidate>& best() const { return best_; }
  // Something fitted that was not believed.
  bool refused() const { return refused_; }

 private:
  void Keep(const std::function<int(const CallSite&)>& score);

  Trust trust_ = Trust::kNone;
  std::uint32_t weight_ = 0;
  bool refused_ = false;
  std::vector<Candidate> best_;  // of equal trust and weight
};

// The field of a record that prints `key`, or nullptr.
const RecordField* FindField(std::span<const RecordField> fields,
                             std::string_view key);

}  // namespace logspill
