// Counts what a scan finds: by value, so that identity can be joined over all
// occurrences of one value, and by group, so that people see a few rows.
//
// A group is what one row of a report can tell apart: rule, call site and hole, field,
// local evidence.  A pair is one value in one group.  Pairs are exact up to a budget;
// behind it a value is counted by its group, the distinct ones are estimated, and the
// summary says so.
//
// Lifetime:  refers to the classifier and the rules, which outlive it.  Holds hashes,
//            never a value.
// Threads:   Groups and Values are safe from any thread; a ValueCache belongs to one.
//            Joining and summing up happen when all are done.
// Cost:      about 30 ns an occurrence; 32 bytes a pair.

#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "scanner/finding/summary.h"
#include "scanner/identity/allowlist.h"
#include "scanner/identity/classifier.h"
#include "scanner/verify/validators.h"

namespace logspill {

using GroupId = std::uint32_t;

inline constexpr std::int32_t kNoSite = -1;

// What the holes of the record's call sites say of a value.
struct CodeEvidence {
  // Index in the CallSiteIndex; kNoSite; below: several, see Groups::Tied().
  std::int32_t site = kNoSite;
  std::int32_t hole = -1;            // -1: the value stands in no hole
  NoSite cause = NoSite::kNotAsked;  // of kNoSite
  bool in_part = false;              // the hole holds more than the value
  Identity identity;
  // The source roots that it came from, one bit each.  Whether they are the
  // source of these logs is known at the end of the run; until then it is kept
  // apart, so that no order of blocks or threads changes the outcome.
  std::uint64_t roots = 0;

  bool is_tie() const { return site < kNoSite; }
  friend bool operator==(const CodeEvidence&, const CodeEvidence&) = default;
};

struct GroupKey {
  std::uint32_t rule = 0;
  Identity identity;  // by what the record says around this occurrence
  CodeEvidence code;
  Verdict verdict = Verdict::kAccept;
  // Hash of the field's name, else of the record's shape.
  std::uint64_t field = 0;
  AllowedClasses allowed = 0;  // by what the allow list says of the occurrence

  friend bool operator==(const GroupKey&, const GroupKey&) = default;
};

struct GroupKeyHash {
  std::size_t operator()(const GroupKey& key) const;
};

// Where a group was seen first, in input order.
struct GroupExample {
  std::uint64_t input = ~std::uint64_t{0};  // its number in the queue
  std::uint32_t member = 0;
  std::uint64_t offset = 0;
  std::uint64_t line = 0;
  std::string input_name;
  std::string member_name;
  std::string excerpt;  // masked
};

// Estimates how many distinct hashes were added, within 2 %.
class DistinctSketch {
 public:
  void Add(std::uint64_t hash);
  std::uint64_t Estimate() const;

 private:
  static constexpr int kBits = 12;
  std::vector<std::uint8_t> registers_;  // empty until the first Add()
};

struct Group {
  GroupKey key;
  std::string field;
  std::string shape;      // RecordShape(), where a baseline needs it
  std::string_view note;  // the validator's reason; static
  GroupExample example;
  // What was counted behind the exact budget.
  std::uint64_t spilled = 0;
  std::uint64_t spilled_lines = 0;
  DistinctSketch spilled_values;
};

class Groups {
 public:
  // Behind so many groups a field is no longer told apart.
  static constexpr std::size_t kMaxGroups = 1 << 16;

  GroupId Find(GroupKey key, std::string_view field, std::string_view shape,
               std::string_view note);
  // Takes the example where it comes before the one that is held.
  void Offer(GroupId id, const GroupExample& example);
  void Spill(GroupId id, std::uint64_t hash, std::uint64_t findings,
             std::uint64_t lines);

  std::size_t size() const;
  // Stays where it is; its key, field and note never change.
  const Group& at(GroupId id) const;

  // The number of several call sites, for CodeEvidence::site; and back.
  std::int32_t Tie(std::span<const std::int32_t> sites);
  const std::vector<std::int32_t>& Tied(std::int32_t tie) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::vector<std::int32_t>, std::int32_t> ties_;
  std::vector<const std::vector<std::int32_t>*> tied_;  // keys of ties_
  std::deque<Group> groups_;
  std::unordered_map<GroupKey, GroupId, GroupKeyHash> ids_;
};

// One value in one group.
struct Pair {
  static constexpr std::int64_t kNoTime = (std::int64_t{1} << 47) - 1;

  std::uint64_t hash = 0;
  GroupId group = 0;
  std::uint32_t findings = 0;
  std::uint32_t lines = 0;
  // Milliseconds, 48 bits each; first > last: no time was printed.
  std::uint32_t first_low = 0, last_low = 0;
  std::uint16_t first_high = 0, last_high = 0;

  std::int64_t first() const { return Time(first_low, first_high); }
  std::int64_t last() const { return Time(last_low, last_high); }
  void SetTimes(std::int64_t first, std::int64_t last);

 private:
  static std::int64_t Time(std::uint32_t low, std::uint16_t high);
};
static_assert(sizeof(Pair) == 32);

// What one occurrence, or many of one pair, add.
struct PairCount {
  std::uint32_t findings = 0;
  std::uint32_t lines = 0;
  std::int64_t first = Pair::kNoTime;
  std::int64_t last = -Pair::kNoTime;
};

class Values {
 public:
  // `groups` and `subjects` outlive it.
  Values(std::uint64_t budget, Groups* groups, const SubjectTable* subjects);

  void Add(std::uint64_t hash, GroupId group, const PairCount& count);

  // From here on these source roots prove nothing.  REQUIRES: nothing is added
  // any more.
  void Distrust(std::uint64_t roots) { distrusted_ = roots; }

  bool Trusts(const CodeEvidence& code) const {
    return (code.roots & distrusted_) == 0;
  }

  // By the occurrences of this group alone.
  Identity IdentityOf(const GroupKey& key) const;

  // The joined identity of a value; `local` where it is not held.
  Identity Joined(std::uint64_t hash, const Identity& local) const;

  template <typename Visit>
  void ForEach(Visit visit) const {
    for (const Shard& shard : shards_) {
      for (const Pair& pair : shard.pairs) {
        if (pair.findings != 0) visit(pair);
      }
    }
  }

 private:
  static constexpr std::size_t kShards = 64;
  // What one set of source roots proves, joined; none: what the records say.
  struct Proof {
    std::uint64_t roots = 0;
    Identity identity;
  };
  struct Shard {
    std::mutex mutex;
    // Open addressing; findings == 0: free.  The first kNear pairs of a value stand
    // behind its own home slot, so that they are found together; each further one
    // behind the home of the pair, and `far` joins their identities.
    std::vector<Pair> pairs;
    std::unordered_map<std::uint64_t, std::vector<Proof>> far;
    std::size_t used = 0;
  };
  static constexpr int kNear = 16;
  struct Place {
    Pair* pair;
    bool far;
  };
  void Grow(Shard* shard) const;
  static Place Slot(std::vector<Pair>* pairs, std::uint64_t hash,
                    GroupId group);
  void JoinFar(Shard* shard, std::uint64_t hash, GroupId group) const;
  void AddProof(std::uint64_t roots, const Identity& identity,
                std::vector<Proof>* proofs) const;

  std::array<Shard, kShards> shards_;
  std::uint64_t shard_budget_;
  std::uint64_t distrusted_ = 0;
  Groups* groups_;
  const SubjectTable* subjects_;
};

// Gathers one thread's occurrences before they go to the shared table.
class ValueCache {
 public:
  explicit ValueCache(Values* values) : values_(values), slots_(kSlots) {}
  ~ValueCache() { Flush(); }

  void Add(std::uint64_t hash, GroupId group, bool new_line,
           std::optional<std::int64_t> time_ms);
  void Flush();

 private:
  static constexpr std::size_t kSlots = 4096;
  struct Entry {
    std::uint64_t hash = 0;
    GroupId group = 0;
    PairCount count;
  };
  Values* values_;
  std::vector<Entry> slots_;
};

}  // namespace logspill
