// Puts what the threads found back in order, and gives it to the sink: at once what
// cannot change any more, at the end what waited for its class.
//
// Lifetime:  refers to what ScanContext names.
// Threads:   Commit() is called under the lock of its input, in the order of blocks;
//            the collector's own lock serialises the sink.

#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "scanner/finding/aggregator.h"
#include "scanner/finding/draft.h"
#include "scanner/finding/spool.h"
#include "scanner/finding/totals.h"
#include "scanner/scanner.h"
#include "scanner/site_lookup.h"

namespace logspill {

// What all parts of one scan share.
struct ScanContext {
  ScanContext(const RuleDatabase& database, const Classifier& judge,
              const Key& run_key, const ScanOptions& scan_options)
      : rules(database),
        classifier(judge),
        key(run_key),
        options(scan_options),
        roots(scan_options.call_sites),
        values(scan_options.exact_values, &groups, &judge.subjects()) {}

  const RuleDatabase& rules;
  const Classifier& classifier;
  const Key& key;
  const ScanOptions& options;
  const SiteRoots roots;
  Groups groups;
  Values values;

  TotalsInput totals() const;
};

// The names that drafts refer to by number.
struct InputNames {
  std::uint64_t number = 0;  // in the queue
  std::string input;
  // By number, of those that a draft refers to: an archive may have millions.
  // "" for the input itself.
  std::map<std::uint32_t, std::string> members;
};

struct ExampleOffer {
  GroupId group = 0;
  GroupExample example;  // line: in the block until it is committed
};

// Everything that came of one block.
struct BlockFindings {
  std::string drafts;
  std::vector<ExampleOffer> examples;
};

class Collector {
 public:
  Collector(ScanContext* context, Sink* sink);

  // Takes a block's findings, whose lines begin behind `lines_before`; false where
  // the sink takes no more.
  bool Commit(const InputNames& names, std::uint64_t lines_before,
              BlockFindings* findings);

  // Sends what has waited.
  // REQUIRES: every ValueCache is flushed.
  Result<void> Finish(const std::vector<InputNames>& inputs);

  std::uint64_t printed() const { return printed_; }

 private:
  struct Ruling {
    bool allowed = false;
    std::string class_name;
    Severity severity = Severity::kInfo;
    double confidence = 0;
    std::vector<std::string> reasons;
  };
  struct Printed {
    std::string fingerprint;
    std::string class_name;
    GroupId group = 0;
    bool mixed = false;  // other occurrences were printed under another class
  };

  struct RulingKey {
    GroupId group = 0;
    Identity identity;
    friend bool operator==(const RulingKey&, const RulingKey&) = default;
  };
  struct RulingHash {
    std::size_t operator()(const RulingKey& key) const;
  };

  bool Waits(const GroupKey& key) const;
  Identity IdentityOf(GroupId id, std::uint64_t hash) const;
  // Class, severity and reasons of a group's findings whose values have `identity`.
  const Ruling& RulingOf(GroupId id, const Identity& identity);
  bool Send(const Draft& draft, const Identity& identity,
            const InputNames& names);
  bool SendAmendments();

  ScanContext* context_;
  Sink* sink_;
  std::mutex mutex_;
  Spool spool_;
  Finding finding_;  // reused
  Draft draft_;
  std::unordered_map<RulingKey, Ruling, RulingHash> rulings_;
  std::unordered_map<std::uint64_t, Printed> printed_values_;  // --stream
  std::uint64_t printed_ = 0;
  bool open_ = true;
};

}  // namespace logspill
