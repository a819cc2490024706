// One block of a log, redacted and verified.
//
// Three steps, so that threads can share a log and its output stay the same:
// Find() and Rewrite() of different blocks run at the same time, Decide() runs in
// the order of the blocks, because what a record proves holds behind it.
//
// What is verified before a record goes out, of each that was changed (of all
// with `verify_all`): it is scanned again and nothing is found in it that would
// be replaced; it holds as many line ends as before; its bytes outside the spans
// are those that they were; and where it was one JSON object or array of up to
// 1 MiB it still is.  What a replacement brings to light (a number that now
// stands behind a word) is replaced in turn, at most kMostRounds times.  A
// record that fails is withheld.
//
// Lifetime:  refers to what the constructor is given.
// Threads:   not thread-safe; each thread has its own.
// Cost:      a scan of the block, and one of its changed records.
// Units:     offsets and lines as the fields say.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scanner/base/mark.h"
#include "scanner/block/block_reader.h"
#include "scanner/record/json_check.h"
#include "scanner/redact/identity_memory.h"
#include "scanner/redact/rewriter.h"
#include "scanner/redact/value_search.h"

namespace logspill {

// What redaction needs to know, shared by all threads.
struct RedactParts {
  const RuleDatabase* rules = nullptr;
  const Classifier* classifier = nullptr;
  const PolicyTable* policies = nullptr;
  const Key* key = nullptr;  // of the tokens
  bool decode_base64 = false;
  bool verify_all = false;    // also records without a change
  bool count_tokens = false;  // pseudonyms that stand in the log already
};

struct Withheld {
  std::uint64_t line = 0;   // in the block, from 0
  std::string_view reason;  // static text
};

struct RedactedBlock {
  std::string bytes;  // what goes out
  std::uint64_t newlines = 0;
  std::uint64_t changed = 0;   // records
  std::uint64_t verified = 0;  // likewise
  std::vector<Withheld> withheld;
  // Pseudonyms that stood there before, by the id of their key.
  std::map<std::string, std::uint64_t> tokens;
  // Values replaced, by rule and action.
  std::map<std::pair<std::uint32_t, Action>, std::uint64_t> counts;

  void Clear();  // keeps the memory of `bytes`
};

class BlockRedactor {
 public:
  static constexpr int kMostRounds = 4;

  explicit BlockRedactor(const RedactParts& parts);
  ~BlockRedactor();

  // REQUIRES: `block` lives until Rewrite() has returned.
  void Find(const Block& block);

  // `taken`: where what was replaced so far ends, in bytes of the member; a
  // value of a long record may reach into its next window.
  void Decide(IdentityMemory* memory, std::uint64_t* taken);

  void Rewrite(RedactedBlock* out);

 private:
  // Lines that are rewritten together, without the last newline; nearly always
  // one record.
  struct Unit {
    Span lines = {};
    std::size_t first = 0;  // of values_
    std::size_t last = 0;
    bool changed = false;
    // Of a changed one, in changed_.
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string_view failed = {};  // why it is withheld
    bool dropped = false;
  };
  void CountTokens(RedactedBlock* out) const;
  void MakeUnits();
  void RewriteUnits(RedactedBlock* out);
  bool GapsAgree(std::string_view text, Span part, std::string_view is) const;
  void RescanUnits();
  void RescanWindow(Unit* unit);
  // Rewrites until nothing is found; the text of a unit that needs it is
  // replaced in `final_`.
  void Settle(Unit* unit, std::string text, Span part);
  void Prepare(const Unit& unit, std::span<FoundValue> values) const;
  void CheckJson(Unit* unit, std::string_view is);
  void Assemble(RedactedBlock* out);
  void VerifyRest(RedactedBlock* out);
  void Withhold(const Unit& unit, RedactedBlock* out);
  std::string_view TextOf(const Unit& unit) const;

  RedactParts parts_;
  ValueSearch search_;
  Rewriter rewriter_;
  JsonCheck json_check_;
  MarkKinds mark_kinds_;
  const Block* block_ = nullptr;
  std::uint64_t newlines_ = 0;
  std::size_t from_ = 0;  // of the block: what is before it is written
  std::vector<FoundValue> values_;
  std::vector<FoundValue> again_;    // of a second look
  std::vector<FoundValue> shifted_;  // of one unit, in its bytes
  std::vector<Unit> units_;
  std::string changed_;                // the units that were changed, as lines
  std::vector<std::string> final_;     // of units that took more than one round
  std::vector<std::size_t> final_of_;  // of units_: index in final_, plus 1
};

}  // namespace logspill
