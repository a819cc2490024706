// The call sites that can have printed a record: the best of those that were
// offered, and what breaks their ties.
//
// A template with a little more literal text than another proves nothing: the
// other's arguments may hold that text.  So those that are nearly as strong as
// the best stay tied with it.
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
enum class Trust : std::uint8_t {
  kNone,   // something speaks against it
  kDoubt,  // is not believed alone, but may have printed what another fits
  kSurprising,
  kFits,
  kPrinted
};

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
  // So much stronger a template is where it leaves no doubt: four letters.
  static constexpr std::uint32_t kMargin = 8;

  struct Candidate {
    const CallSite* site = nullptr;
    std::uint32_t shape = 0;
    std::uint32_t strength = 0;  // as Shape::strength() counts it
    Trust trust = Trust::kNone;
  };

  void Reset();
  // The same, but that something was refused is kept in mind.
  void Restart();
  void Offer(const Candidate& candidate);

  // Leaves the sites that the tie breakers speak for, in the order of their
  // places, each once.
  void Settle(const TieBreakers& ties);

  // Nothing is believed.
  bool empty() const { return top_.trust <= Trust::kDoubt; }
  // The strongest of those that are trusted most.
  const Candidate& top() const { return top_; }
  // After Settle(); before, in the order of the offers.
  const std::vector<Candidate>& best() const { return best_; }
  // Something fitted that was not believed.
  bool refused() const { return refused_; }
  void set_refused() { refused_ = true; }

 private:
  bool IsNear(const Candidate& candidate) const;
  void Keep(const std::function<int(const Candidate&)>& score);

  Candidate top_;
  bool refused_ = false;
  std::vector<Candidate> best_;
};

// The field of a record that prints `key`, or nullptr.
const RecordField* FindField(std::span<const RecordField> fields,
                             std::string_view key);

}  // namespace logspill
