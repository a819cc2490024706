// Known debt: findings that a project has accepted for now, so that only new
// ones count.
//
// An entry is (rule, class, call site or record shape, key path) and holds no
// value: identifiers are new every day, the places that print them are not.
//
// Lifetime:  owns its entries.
// Threads:   const after loading; Add() is for whoever writes a new one.
// Cost:      Holds() is one hash lookup.
// Errors:    "baseline.toml:12: what is wrong"; a file is never read in part.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>

#include "scanner/base/result.h"
#include "scanner/base/span.h"
#include "scanner/finding/finding.h"

namespace logspill {

struct BaselineEntry {
  std::string rule;        // id; required
  std::string class_name;  // required
  std::string site;        // call-site id; empty where none printed it for sure
  std::string shape;  // RecordShape(); empty where `site` or `field` is given
  std::string field;  // key path

  friend bool operator==(const BaselineEntry&, const BaselineEntry&) = default;
};

class Baseline {
 public:
  // Reads what Text() wrote, or a person after it: [[known]] tables of strings.
  // `name` is that of the file, for errors.
  static Result<Baseline> Parse(const std::string& name, std::string_view text);
  static Result<Baseline> Load(const std::string& path);

  // Writes to a temporary name beside `path`, mode 0600, then renames.
  Result<void> Save(const std::string& path) const;

  void Add(const BaselineEntry& entry) { entries_.insert(entry); }
  bool Holds(const BaselineEntry& entry) const {
    return entries_.contains(entry);
  }
  std::size_t size() const { return entries_.size(); }

  // Sorted, so that the same entries give the same bytes.
  std::string Text() const;

 private:
  struct Hash {
    std::size_t operator()(const BaselineEntry& entry) const;
  };
  std::unordered_set<BaselineEntry, Hash> entries_;
};

// The entry of a finding: its call site where there is exactly one, with a hole
// that holds the value; else its key path, else its shape.
BaselineEntry EntryOf(const Finding& finding);

// Stands for the words before a value, whatever the values in the record are:
// 16 hexadecimal digits.  Words with digits, times, and what is further than 64
// bytes away do not count.
std::string RecordShape(std::string_view record, Span value);

}  // namespace logspill
