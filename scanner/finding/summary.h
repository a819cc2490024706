// What a scan found and covered, in numbers.  Every byte that was not scanned
// is counted here by reason.
//
// Lifetime:  owns everything; may be kept.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scanner/base/severity.h"

namespace logspill {

// Distinct values: exact up to the budget, an estimate beyond.
struct ValueCount {
  std::uint64_t values = 0;
  bool exact = true;
};

struct ClassSummary {
  std::string class_name;
  Severity severity = Severity::kInfo;
  std::uint64_t findings = 0;
  ValueCount distinct;
  std::optional<std::int64_t> first_ms;
  std::optional<std::int64_t> last_ms;
};

// Why a value has no call site.
enum class NoSite : std::uint8_t {
  kNotAsked,    // no call sites are known
  kLongRecord,  // only the head of a record that long is looked at
  kNoMessage,   // the record has no message
  kNoTemplate,  // no template fits
  kHeader,      // outside the message: the logging format printed it
  kWeak,        // one fits, but has too little text to be believed
  kManyTies,    // more fit than are listed
};

// A call in the source, as a report names it.
struct SiteName {
  std::string id;          // of the call site: "py:7d31..."
  std::string root, file;  // as CallSite has them
  std::uint32_t line = 0;
  std::uint32_t end_line = 0;  // of the call; 0: not known
  std::string function, level;
  std::string message;    // the template: "consumer {} was ..."
  std::string argument;   // what fills the hole; or empty
  int hole = -1;          // as CallSite::HoleAt() numbers them
  bool built_in = false;  // a format of access logs that is no source's
};

// A class at one place: a call site and argument, else a key, else a rule.
struct RowSummary {
  std::string class_name;
  std::string rule;
  std::string kind;
  std::vector<std::string> tags;  // of the rule: "gdpr", "pci"
  Severity severity = Severity::kInfo;
  std::string field;       // key path, or empty
  std::string site_id;     // empty: no call site
  std::string root, file;  // of the site
  std::uint32_t site_line = 0;
  std::uint32_t site_end_line = 0;  // of the call; 0: not known
  std::string argument;
  int hole = -1;
  bool built_in = false;                 // as SiteName has it
  std::string function, level, message;  // likewise of the site
  // All call sites that can have printed it, where nothing tells which did;
  // `site_id` is empty then.  In the order of their places.
  std::vector<SiteName> tied;
  bool in_part = false;              // the argument holds more than the value
  NoSite cause = NoSite::kNotAsked;  // of neither
  std::string reason;                // the strongest
  std::uint64_t findings = 0;
  std::uint64_t lines = 0;
  ValueCount distinct;
  std::optional<std::int64_t> first_ms;
  std::optional<std::int64_t> last_ms;
  // The first occurrence in input order.
  std::string example;  // masked
  std::string input;
  std::string member;
  std::uint64_t line = 0;
};

// A call that may print an identifier by what the source says, but which no
// record showed to do so.
struct Prediction {
  SiteName site;
  std::string language;
  std::string class_name;
  Severity severity = Severity::kInfo;
};

// Something that kept bytes from being scanned, or that the reader should know.
struct InputEvent {
  enum class Kind : std::uint8_t {
    kIncomplete,  // bytes were not scanned: exit status 3
    kNotText,     // content that is no log; counted and named
    kWarning,     // everything was scanned, but something is odd
  };
  Kind kind = Kind::kWarning;
  std::string input;
  std::string member;  // empty: the input itself
  std::string
      reason;  // a word: truncated, checksum, encrypted, limit, unreadable,
               // unsupported, shrank, trailing-data, not-text, ...
  std::string detail;  // a sentence part for people; no scanned bytes
  std::uint64_t scanned_bytes =
      0;  // of this input or member, before the damage
  std::uint64_t skipped_bytes = 0;  // not scanned, as far as known (compressed)
};

struct Coverage {
  std::uint64_t inputs = 0;         // files and streams opened
  std::uint64_t members = 0;        // archive entries scanned
  std::uint64_t bytes_read = 0;     // from disk or pipe
  std::uint64_t bytes_scanned = 0;  // decompressed
  std::uint64_t records = 0;
  std::vector<InputEvent> events;
  struct Root {
    std::string root;
    // Of the records that were looked up, those that no other root printed.
    std::uint64_t records_sampled = 0;
    double matched = 0;  // the share of them that this root printed, 0..1

    // So few of enough records match that this is not their source: what its
    // arguments are called says nothing about the values.
    static constexpr double kFloor = 0.20;
    static constexpr std::uint64_t kFewRecords = 50;
    bool below_floor() const {
      return records_sampled >= kFewRecords && matched < kFloor;
    }
  };
  std::vector<Root> roots;
  // Findings outside the times asked for, and the records that hold them.
  struct OutsideTimes {
    std::uint64_t findings = 0;
    std::uint64_t records = 0;
  };
  std::optional<OutsideTimes> outside_times;  // where times were asked for
  bool interrupted = false;

  bool complete() const {
    if (interrupted) return false;
    for (const InputEvent& event : events) {
      if (event.kind == InputEvent::Kind::kIncomplete) return false;
    }
    return true;
  }
};

struct Summary {
  std::uint64_t findings = 0;  // all
  std::uint64_t printed = 0;   // at or above the minimum severity
  std::uint64_t allowed = 0;   // left out by the allow list or the baseline
  std::optional<Severity> worst;
  std::vector<ClassSummary>
      classes;                   // severity descending, then findings, name
  std::vector<RowSummary> rows;  // severity, then lines descending
  // Severity descending, then in the order of their places.
  std::vector<Prediction> predictions;
  Coverage coverage;
  std::string rules_digest;
  std::string key_id;
  bool key_from_file = false;
  std::uint64_t spilled_values = 0;  // values past the exact budget
  double seconds = 0;
};

}  // namespace logspill
