// Patterns for which no literal is required: each is searched in every byte,
// which costs far more than an anchor; `logspill rules cost` shows how much.
//
// Lifetime, threads: as LiteralSet.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/match/literal_set.h"

namespace logspill {

class PatternSet {
 public:
  // `patterns` are written for RE2; one that Hyperscan cannot search without an
  // anchor is an error that names it by `names`.
  static Result<PatternSet> Build(const std::vector<std::string>& patterns,
                                  const std::vector<std::string>& names);

  PatternSet(PatternSet&&) noexcept;
  PatternSet& operator=(PatternSet&&) noexcept;
  ~PatternSet();

  bool empty() const { return database_ == nullptr; }
  LiteralSet::Scratch NewScratch() const;

  // Appends an end of every match; `literal` is the pattern's index.
  void Find(std::string_view text, LiteralSet::Scratch* scratch,
            std::vector<LiteralHit>* hits) const;

 private:
  PatternSet() = default;
  void* database_ = nullptr;
};

}  // namespace logspill
