// Joins a record to the call site that printed it, and a span to the hole.
//
// Lifetime:  a CallSiteIndex owns its call sites; an Attribution points into
//            it.
// Threads:   the index is const after Build(); safe from any thread.  A Scratch
//            belongs to one.
// Cost:      candidates come from one pass of a literal matcher, over a whole
//            block where FindAnchors() is called; only they are verified.
//            Never quadratic in templates.
// Ties:      call sites with the same template stay tied, all listed, unless
//            what the record prints beside its message tells them apart; never
//            guessed.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/base/span.h"
#include "scanner/callsite/call_site.h"
#include "scanner/record/record_header.h"
#include "scanner/record/stack_frame.h"

namespace logspill {

enum class AttributionResult : std::uint8_t {
  kNone,
  kAmbiguous,
  kHigh,
  kExact
};
inline constexpr std::size_t kAttributionResults = 4;

// Why a record has no call site.
enum class NoneCause : std::uint8_t {
  kNotNone,     // it has one
  kNoMessage,   // there is no message part
  kNoTemplate,  // no template fits
  kWeak,        // one fits, but has too little text to be believed
  kManyTies,    // more fit than are listed
};
inline constexpr std::size_t kNoneCauses = 5;

// Whether logs are known to come from this source: then less text is believed
// where nothing speaks against it.
enum class Origin : std::uint8_t {
  kUnknown,
  kMostlyOwn,  // half of a sample fits
  kOwn,        // all but a tenth fits
};

struct AttributedHole {
  std::uint32_t hole = 0;  // as CallSite::HoleAt() numbers them
  Span span;               // in the record
};

struct Attribution {
  AttributionResult result = AttributionResult::kNone;
  NoneCause cause = NoneCause::kNoTemplate;
  std::vector<const CallSite*> sites;  // best first; one unless kAmbiguous
  std::vector<AttributedHole> holes;   // as the template of sites[0] has them

  // The hole of sites[0] that holds `span`, or -1.
  int HoleOf(Span span) const;
};

struct CorrelateOptions {
  // What a record prints of its place in the source is not looked up.
  bool ignore_printed_location = false;
  // What may stand in front of a message, as adapters of loggers put it there:
  // "[instance: *] ".  `*` is any text.  Tried only where nothing fits without.
  std::vector<std::string> message_prefixes;
  std::size_t most_ties = 32;  // call sites that are listed for one record
};

class CallSiteIndex {
 public:
  static Result<CallSiteIndex> Build(std::vector<CallSite> sites,
                                     CorrelateOptions options = {});

  CallSiteIndex(CallSiteIndex&&) noexcept;
  CallSiteIndex& operator=(CallSiteIndex&&) noexcept;
  ~CallSiteIndex();

  const std::vector<CallSite>& sites() const;

  // Lets `change` replace what is shown of templates and arguments; records are
  // compared with what was built.  Before the first use.
  void ChangeShown(const std::function<void(std::vector<CallSite>*)>& change);

  // One a thread: scratch space for Attribute().
  class Scratch;
  std::unique_ptr<Scratch> NewScratch() const;

  // Searches a block of records at once; until the next call, records that view
  // this block are not searched again.  An empty block forgets it.
  void FindAnchors(std::string_view block, Scratch* scratch) const;

  // Writes the attribution of `record` to `out` (reused between calls).
  // `frames`: of the stack trace that follows the record, to break ties.
  void Attribute(std::string_view record, const RecordHeader& header,
                 Scratch* scratch, Attribution* out,
                 std::span<const StackFrame> frames = {}) const;

  // The same where the record was found by FindAnchors() and both its header
  // and its template are those of a record before; false where they are not,
  // and nothing was written.  Such a record prints a time.
  bool AttributeKnown(std::string_view record, Scratch* scratch,
                      Attribution* out) const;

  // The call site nearest to a place as a stack frame prints it, in the same
  // function of the same file; or nullptr.
  const CallSite* SiteNear(const StackFrame& frame) const;

 private:
  struct Impl;
  explicit CallSiteIndex(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Defined here so that unique_ptr<Scratch> can be destroyed by callers.
class CallSiteIndex::Scratch {
 public:
  virtual ~Scratch() = default;

  Origin origin = Origin::kUnknown;  // of the logs at hand
  bool wants_holes = true;           // false: only call sites are asked for
};

}  // namespace logspill
