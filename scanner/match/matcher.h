// Finds the values of all rules in whole records.
//
// What is found, for each record (the definition that tests/naive checks
// against):
//   1. A rule's matches in a text are leftmost-first, left to right.  A match
//   that
//      is longer than the rule's max_bytes, lacks a required near word in the
//      kNearBytes before its value, or is rejected by the validator is none,
//      and the search goes on one byte behind its start; behind an accepted
//      match it goes on at the end of its value.
//   2. The texts are the record as it stands and, where it holds escapes, the
//   record
//      decoded (DecodedView).  A match in the decoded text counts with the raw
//      span that it came from; it replaces matches of the same rule in the raw
//      text that it overlaps.
//   3. A region rule begins where its pattern matches at its begin marker, and
//   ends
//      with the first end marker behind that, in at most max_lines lines and 64
//      KiB; it spans records.  Where no end marker comes it ends with the line
//      it began in, or the last of the lines behind it that hold nothing but
//      base 64.  In decoded text it stays within its record; without its end marker
//      it yields to one in the raw text.
//   4. Of overlapping matches one wins: the higher rank (a lowered verdict has
//   the
//      lowest), then the longer, the earlier, the smaller rule id, taken
//      greedily. The others give their bytes to the winner's `redact` span.
//
//   A value that lies in a mark of redaction (scanner/base/mark.h) is rejected.
//
//   5. With MatchOptions::base64 the text that runs of base 64 stand for is a
//   text of its own, searched by 1. to 4., but for base 64 inside it.  A match
//   in it counts with the quanta that hold it (less what they share with the
//   match before it), and takes part in 4. with them; only a JSON Web Token
//   leaves it be: what it says of a person is no part of the credential.
//
// Lifetime:  refers to a RuleDatabase that outlives it; matches point to its
// rules
//            and hold no text.
// Threads:   not thread-safe; each thread has its own.
// Cost:      one pass over the text for all rules together, then O(match)
// around
//            each hit, never O(record); see bench/README.md.
// Units:     spans are in bytes of the text given to Scan().

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/span.h"
#include "scanner/match/base64_text.h"
#include "scanner/match/rule_database.h"
#include "scanner/verify/validators.h"

namespace logspill {

struct MatchOptions {
  // Looks inside base 64 as well (see 5. above).
  bool base64 = false;
};

struct Match {
  const Rule* rule = nullptr;
  Span value;                          // what leaks
  Span redact;                         // with all overlapping matches that lost
  Verdict verdict = Verdict::kAccept;  // never kReject
  bool decoded = false;                // the value stood behind escapes
  Base64Place base64;                  // or in base 64
  std::string_view reason;             // static text, for kLower, kPlaceholder
};

class Matcher {
 public:
  explicit Matcher(const RuleDatabase* database, MatchOptions options = {});
  Matcher(Matcher&&) noexcept;
  ~Matcher();

  // Appends the matches of `text`, whole records each ended by '\n' (the last
  // one's may be missing), ordered by value.begin, to `matches`; returns how
  // many newlines the text holds.
  // `lost`: takes those that overlap a match that won, in no order; or nullptr.
  std::uint64_t Scan(std::string_view text, std::vector<Match>* matches,
                     std::vector<Match>* lost = nullptr);

  // The decoded text of a match of the last Scan(); a view of `text` where
  // nothing was escaped, else of `scratch`, which the caller wipes.
  static std::string_view Value(std::string_view text, const Match& match,
                                std::string* scratch);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace logspill
