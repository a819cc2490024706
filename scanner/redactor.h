// The door of the redactor: a log in, the same log without its values out.
//
//     Input -> Block -> Match -> Policy -> replacement -> verified record
//
// Lifetime:  what RedactParts and the constructor point to outlives it.
// Threads:   Run() is called by one thread; it starts others for large inputs
//            and ends with them.
// Order:     records go out in the order in which they came, whatever the
//            threads; what one input proves holds for the inputs behind it.
// Errors:    damage of an input is an InputEvent; an output that takes no more
//            ends the run.
// Memory:    for each thread a block, what is written for it, and the buffers
//            of a scan.

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/input.h"
#include "scanner/redact/block_redactor.h"

namespace logspill {

struct RedactOptions {
  unsigned threads = 0;                 // 0: one a core
  std::size_t block_bytes = 256 << 10;  // fits the second-level cache
  // A record goes out as soon as it is whole, also where more is to come.
  bool live = false;
};

// Takes what is written for one member, in order.
class RedactOutput {
 public:
  virtual ~RedactOutput() = default;

  // Begins a member; false where it is not wanted.
  virtual bool Begin(const Member& member) = 0;
  // Whole records (the last one's newline may be missing).  False once nothing
  // more can be written.
  virtual bool Write(std::string_view bytes) = 0;
};

struct WithheldRecord {
  std::string member;
  std::uint64_t line = 0;  // in the member, from 1
  std::string_view reason;
};

// What was done to one input.
struct RedactTotals {
  std::uint64_t bytes_in = 0;   // decompressed
  std::uint64_t bytes_out = 0;  // likewise
  std::uint64_t records = 0;
  std::uint64_t changed = 0;
  std::uint64_t verified = 0;
  std::map<std::pair<std::uint32_t, Action>, std::uint64_t> counts;
  // Pseudonyms that stood there before, by the id of their key.
  std::map<std::string, std::uint64_t> tokens;
  std::uint64_t withheld = 0;
  std::vector<WithheldRecord> first_withheld;  // at most kMostNamed
  static constexpr std::size_t kMostNamed = 100;
  bool stopped = false;  // the output took no more

  void Add(const RedactTotals& other);
};

class Redactor {
 public:
  Redactor(const RedactParts& parts, RedactOptions options);

  RedactTotals Run(Input& input, RedactOutput& output);

 private:
  RedactParts parts_;
  RedactOptions options_;
  IdentityMemory memory_;
  std::vector<RegionMarkers> regions_;
};

}  // namespace logspill
