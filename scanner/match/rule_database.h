// The rules of a scan, compiled once and shared by all threads.
//
// Stage 1 sees every byte and only says "look here": a SIMD pass finds the
// shapes, a literal matcher finds the anchors.  Stage 2 looks only around such
// a hit.
//
// Lifetime:  refers to the RuleSet it was compiled from, which outlives it.
// Threads:   const after Compile(); each thread makes its own Matcher.
// Cost:      compiling 250 rules takes a second; the cache makes it
// milliseconds.
//            A damaged or foreign cache file is rebuilt, never trusted.
// Errors:    a pattern that does not compile names its rule.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/rule/rule.h"

namespace logspill {

struct DatabaseOptions {
  std::string cache_folder;  // made with mode 0700; empty: no cache
};

class RuleDatabase {
 public:
  static Result<RuleDatabase> Compile(const RuleSet* rules,
                                      const DatabaseOptions& options);

  RuleDatabase(RuleDatabase&&) noexcept;
  RuleDatabase& operator=(RuleDatabase&&) noexcept;
  ~RuleDatabase();

  const RuleSet& rules() const;
  bool from_cache() const;

  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  explicit RuleDatabase(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace logspill
