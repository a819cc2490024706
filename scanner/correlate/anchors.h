// Picks for each shape the literal that finds it: the rarest window of its
// text.
//
// Threads:   const after Build(); one Scratch a thread.
// Cost:      Find() is one pass of a literal matcher over the text; for many
//            short texts that lie together Search() and Take() are cheaper.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/correlate/shape.h"
#include "scanner/match/literal_set.h"

namespace logspill {

class Anchors {
 public:
  static constexpr std::size_t kWindow = 8;  // bytes; longer ones are slower
  static constexpr std::size_t kShortest = 3;

  struct Scratch {
    LiteralSet::Scratch matcher;
    std::vector<LiteralHit> hits;
    std::vector<std::uint32_t> seen;  // by anchor: the call that saw it last
    std::uint32_t call = 0;
    // Of a text that was searched as a whole: its hits, and the first of them
    // that was not yet passed.
    std::vector<LiteralHit> block_hits;
    std::size_t next = 0;
  };

  // Only of shapes that are strong.
  static Result<Anchors> Build(const std::vector<Shape>& shapes);

  std::unique_ptr<Scratch> NewScratch() const;

  // Appends the shapes whose anchor is in `text`, each once, and those without
  // an anchor.
  void Find(std::string_view text, Scratch* scratch,
            std::vector<std::uint32_t>* shapes) const;

  // Searches a long text once; Take() then does what Find() does for parts of
  // it, which are asked for in order.
  void Search(std::string_view text, Scratch* scratch) const;
  void Take(std::size_t begin, std::size_t end, Scratch* scratch,
            std::vector<std::uint32_t>* shapes) const;

 private:
  explicit Anchors(LiteralSet literals) : literals_(std::move(literals)) {}

  void BeginCall(Scratch* scratch) const;
  void Add(const LiteralHit& hit, Scratch* scratch,
           std::vector<std::uint32_t>* shapes) const;

  LiteralSet literals_;
  std::vector<std::uint32_t> sizes_;                // of the literals
  std::vector<std::vector<std::uint32_t>> shapes_;  // by anchor
  std::vector<std::uint32_t> unanchored_;
};

}  // namespace logspill
