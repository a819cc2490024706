// Joins a record to the call site that printed it, and a span to the hole.
//
// Lifetime:  a CallSiteIndex owns its call sites; an Attribution points into
// it. Threads:   the index is const after Build(); safe from any thread. Cost:
// candidates come from one pass of a literal matcher over the message;
//            only they are verified.  Never quadratic in templates.
// Ties:      call sites with the same template stay tied, all listed; never
// guessed.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/base/span.h"
#include "scanner/callsite/call_site.h"
#include "scanner/record/record_header.h"

namespace logspill {

enum class AttributionResult : std::uint8_t {
  kNone,
  kAmbiguous,
  kHigh,
  kExact
};

struct AttributedHole {
  std::uint32_t hole = 0;  // as CallSite::HoleAt() numbers them
  Span span;               // in the record
};

struct Attribution {
  AttributionResult result = AttributionResult::kNone;
  std::vector<const CallSite*> sites;  // best first; one unless kAmbiguous
  std::vector<AttributedHole> holes;   // as the template of sites[0] has them

  // The hole of sites[0] that holds `span`, or -1.
  int HoleOf(Span span) const;
};

class CallSiteIndex {
 public:
  static Result<CallSiteIndex> Build(std::vector<CallSite> sites);

  CallSiteIndex(CallSiteIndex&&) noexcept;
  CallSiteIndex& operator=(CallSiteIndex&&) noexcept;
  ~CallSiteIndex();

  const std::vector<CallSite>& sites() const;

  // One a thread: scratch space for Attribute().
  class Scratch;
  std::unique_ptr<Scratch> NewScratch() const;

  // Writes the attribution of `record` to `out` (reused between calls).
  void Attribute(std::string_view record, const RecordHeader& header,
                 Scratch* scratch, Attribution* out) const;

 private:
  struct Impl;
  explicit CallSiteIndex(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Defined here so that unique_ptr<Scratch> can be destroyed by callers.
class CallSiteIndex::Scratch {
 public:
  virtual ~Scratch() = default;
};

}  // namespace logspill
