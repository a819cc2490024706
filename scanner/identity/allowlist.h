// What the user has said is no leak.
//
// An entry names a rule, an identity class, a call site or its argument, a key
// path, an input path (glob), a pattern of the value, or a keyed fingerprint;
// all that it names must agree.  Each has a reason and may have an end date,
// behind which it no longer holds.
//
// The class is known only when the run has seen all occurrences of a value, and
// an allowed occurrence still tells whose the value is elsewhere.  So what an
// occurrence alone can tell (path, value) is settled at once as the set of the
// classes that may stand there, and the class later.
//
// Threads:   const after construction.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"

namespace logspill {

struct AllowEntry {
  std::string rule;  // id, or empty: any
  std::string class_name;
  std::string site;         // a call site's id
  std::string argument;     // what fills its hole: "consumer.uuid"
  std::string field;        // key path as FieldPath() prints it
  std::string path;         // glob over the input's name
  std::string pattern;      // RE2, must match the whole value
  std::string fingerprint;  // as printed; needs the same key file
  std::string reason;       // required
  std::string until;        // "2027-01-31", or empty
  std::string origin;       // "logspill.toml:14"
};

// One bit for each class that entries name; the lowest for entries that name
// none.
using AllowedClasses = std::uint64_t;

struct AllowQuery {
  std::string_view rule;
  std::string_view site;  // empty where the record led to none, or to several
  std::string_view argument;  // likewise, and where no hole holds the value
  std::string_view field;
  std::string_view path;
  std::string_view value;        // decoded; only looked at here
  std::string_view fingerprint;  // empty where not computed
};

class Allowlist {
 public:
  Allowlist();
  Allowlist(Allowlist&&) noexcept;
  Allowlist& operator=(Allowlist&&) noexcept;
  ~Allowlist();

  // Fails on an entry without a reason, with a bad pattern or date, or that
  // names nothing; or where entries name more than 63 classes.  `today`
  // ("2026-11-23") decides which entries still hold; expired ones are listed in
  // expired().
  static Result<Allowlist> Create(std::vector<AllowEntry> entries,
                                  std::string_view today);

  bool empty() const;
  bool needs_fingerprint() const;
  bool needs_field() const;
  const std::vector<std::string>& expired() const;  // origins

  // True where an entry names a path, a pattern or a fingerprint.
  bool needs_occurrence() const;

  // The classes that those entries allow for one occurrence.
  AllowedClasses AllowedAt(const AllowQuery& occurrence) const;

  // True where `at` holds the class, or an entry of the other kind agrees; of
  // `place` only rule, site, argument and field are looked at.
  bool Allows(AllowedClasses at, std::string_view class_name,
              const AllowQuery& place) const;

 private:
  static Result<Allowlist> NumberClasses(Allowlist list);

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace logspill
