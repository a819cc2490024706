// Many literals searched at once.
//
// Lifetime:  owns the compiled set.
// Threads:   const after Build(); each thread has its own Scratch.
// Cost:      1-2 GB/s for hundreds of literals, far more for a few dozen.
// Units:     offsets are in bytes of the text given to Find().

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"

namespace logspill {

struct Literal {
  std::string text;       // at least one byte
  bool caseless = false;  // ASCII letters only
};

struct LiteralHit {
  std::uint32_t literal = 0;  // index in the list given to Build()
  std::uint32_t end = 0;      // behind its last byte
};

class LiteralSet {
 public:
  class Scratch {
   public:
    Scratch(Scratch&&) noexcept;
    Scratch& operator=(Scratch&&) noexcept;
    ~Scratch();

   private:
    friend class LiteralSet;
    friend class PatternSet;
    explicit Scratch(void* scratch) : scratch_(scratch) {}
    void* scratch_;
  };

  // `serialized`, if given and not empty, is the compiled form of the same
  // literals (as Serialize() wrote it); it is used where it fits this machine
  // and library.
  static Result<LiteralSet> Build(const std::vector<Literal>& literals,
                                  std::string_view serialized = {});

  LiteralSet(LiteralSet&&) noexcept;
  LiteralSet& operator=(LiteralSet&&) noexcept;
  ~LiteralSet();

  Scratch NewScratch() const;
  Result<std::string> Serialize() const;

  // Appends every occurrence, ordered by end, to `hits`.
  void Find(std::string_view text, Scratch* scratch,
            std::vector<LiteralHit>* hits) const;

 private:
  friend class PatternSet;  // the same search, other contents

  LiteralSet() = default;
  static Scratch ScratchFor(void* database);
  static void Search(void* database, std::string_view text, Scratch* scratch,
                     std::vector<LiteralHit>* hits);

  void* database_ = nullptr;  // nullptr: no literals
};

}  // namespace logspill
