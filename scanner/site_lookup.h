// The call sites of the records of one thread: which printed the record at hand,
// what their holes say of a value, and how many of the logs' records any source
// root accounts for.
//
// Lifetime:  refers to the index, the classifier and the groups, which outlive it.
// Threads:   not thread-safe; each thread has its own.
// Cost:      one Attribute() a record that is looked up; records are sampled at
//            fixed offsets of their input, ever fewer, so that neither blocks nor
//            threads change which.

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/block/block_reader.h"
#include "scanner/correlate/attributor.h"
#include "scanner/finding/aggregator.h"
#include "scanner/identity/classifier.h"
#include "scanner/record/record_header.h"

namespace logspill {

// The source roots of the call sites, as one bit each.
class SiteRoots {
 public:
  explicit SiteRoots(const CallSiteIndex* index);  // nullptr: there are none

  const std::vector<std::string>& names() const { return names_; }
  // Formats of access logs that are built in come with the program: they have
  // no root, and nobody distrusts them.
  static constexpr std::size_t kBuiltIn = 63;
  // Roots behind the 62nd share the next bit.
  static std::size_t BitOf(std::size_t root) { return root < 62 ? root : 62; }
  std::size_t BitOfSite(std::size_t site) const { return bit_of_[site]; }

 private:
  std::vector<std::string> names_;
  std::vector<std::uint8_t> bit_of_;  // by site
};

// Of the records that were looked up for coverage.
struct RootCounts {
  struct Count {
    std::uint64_t records = 0;
    // Of an offset the record around it is taken, so that long ones come more
    // often: each counts for as many as it stands for.
    std::uint64_t weight = 0;

    void Add(const Count& other) {
      records += other.records;
      weight += other.weight;
    }
  };
  Count unmatched;             // printed by no call site
  std::vector<Count> matched;  // by root's bit

  void Add(const RootCounts& other);
};

class SiteLookup {
 public:
  static constexpr std::size_t kMostRead = 64 << 10;  // bytes of a record

  SiteLookup(const CallSiteIndex* index, const SiteRoots* roots,
             const Classifier* classifier, Groups* groups);

  // The record that Evidence() is about.
  void Start(std::string_view record, const RecordHeader& header);
  // It is the rest of one whose head alone is looked at.
  void StartInside();

  // REQUIRES: `value` lies in the record; `whose`: whether holes name whose it is.
  CodeEvidence Evidence(Span value, bool whose);

  // Of the record; kNone inside a long one.
  const Attribution& attribution() const { return attribution_; }
  std::int32_t IndexOf(const CallSite* site) const {
    return static_cast<std::int32_t>(site - index_->sites().data());
  }

  // Looks up some records of the block; what was started is forgotten.
  void Sample(const Block& block, HeaderReader* header_reader,
              RootCounts* counts);

 private:
  std::int32_t SiteOfRecord();
  Identity WhoseBy(int hole, std::uint64_t* roots) const;
  void CountRecord(std::uint64_t weight, RootCounts* counts) const;

  const CallSiteIndex* index_;
  const SiteRoots* roots_;
  const Classifier* classifier_;
  Groups* groups_;
  std::unique_ptr<CallSiteIndex::Scratch> scratch_;
  Attribution attribution_;
  NoSite cause_ = NoSite::kNoTemplate;
  Span message_;             // of the record at hand
  bool site_known_ = false;  // of the record at hand
  std::int32_t site_ = kNoSite;
  bool same_template_ = true;  // of all its call sites
  std::map<std::vector<std::int32_t>, std::int32_t> ties_;  // that came before
  std::vector<std::int32_t> tie_;                           // reused
};

}  // namespace logspill
