// Random logs for the tests: many dialects, values of every rule whole and
// damaged, escapes, colour, NULs, bytes that are no UTF-8, lines of any length,
// and text that is almost a value.  The same seed makes the same bytes.
//
// Lifetime:  refers to a RuleSet that outlives it.
// Threads:   not thread-safe.
// Source:    the values are the rules' own examples, which are published ones.

#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/rule/rule.h"

namespace logspill::naive {

class LogGenerator {
 public:
  LogGenerator(const RuleSet* rules, std::uint64_t seed);

  // Records ended by '\n' (the last one perhaps not), some lines of regions, at
  // least `bytes` in all.
  std::string Text(std::size_t bytes);

  // One record without its newline.
  std::string Record();
  // The same, of at least `bytes`.
  std::string LongRecord(std::size_t bytes);

  // A value, an almost-value, an example or noise; perhaps two side by side.
  std::string Piece();
  // Text with the form of a shape, often off by one.
  std::string NearShape(Shape shape);
  // `text` with some of its bytes changed, lost, doubled or exchanged.
  std::string Mutate(std::string text);
  // `text` as it stands in JSON, a URL or a coloured terminal, up to three
  // deep.
  std::string Escape(std::string text);

  std::size_t Below(std::size_t limit);  // 0 .. limit-1
  bool Chance(unsigned percent) { return Below(100) < percent; }
  std::string Of(std::string_view alphabet, std::size_t size);

 private:
  std::string Value();
  std::string Noise();
  std::string Groups(std::string_view digits, std::vector<std::size_t> sizes,
                     std::string_view separators);
  std::string Words();
  std::string Dialect(const std::string& piece);
  std::string RegionLines();

  const RuleSet* rules_;
  std::vector<std::string> values_;  // found in the examples, without context
  std::vector<const Rule*> regions_;
  std::mt19937_64 random_;
};

}  // namespace logspill::naive
