// A pattern in which every byte has its place: literals and classes with fixed counts,
// as most providers' tokens have (`\bghp_[0-9A-Za-z]{36}\b`).  It is matched by a
// table, many times as fast as by a regex engine.
//
// Threads:   const after Parse(); safe from any thread.
// Cost:      about one lookup a byte.
// Units:     offsets are in bytes of the text.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "scanner/base/span.h"

namespace logspill {

class FixedPattern {
 public:
  // nullopt where the pattern is written in any other way; then a regex must do.
  static std::optional<FixedPattern> Parse(std::string_view pattern);

  // The match that begins at `begin` and ends at `limit` at the latest.  Bytes
  // outside `text` count as no word's.
  bool MatchAt(std::string_view text, std::uint32_t begin, std::uint32_t limit,
               Span* whole, Span* value) const;

  std::size_t size() const { return classes_.size(); }

 private:
  using ByteSet = std::array<bool, 256>;

  bool ParseByte(std::string_view* rest, ByteSet* set) const;
  bool ParseClass(std::string_view* rest, ByteSet* set) const;
  std::uint16_t Intern(const ByteSet& set);

  std::vector<ByteSet> sets_;
  std::vector<std::uint16_t> classes_;  // of each place: index in sets_
  bool word_before_ = false;            // \b at the begin
  bool word_behind_ = false;            // \b at the end
  Span value_;                          // the group `value`, else everything
};

}  // namespace logspill
