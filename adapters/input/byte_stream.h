// Bytes that are pulled: a file, what a decoder makes of it, an archive entry.
//
// Lifetime:  a stream refers to the stream below it, which outlives it.
// Threads:   one thread at a time.
// Errors:    a stream reports damage to its InputContext, once, and ends early;
//            whoever reads it asks damaged() before it reports the same again.

#pragma once

#include <cstddef>
#include <span>

namespace logspill {

// What a link between two streams holds.  Below 64 KiB the calls cost more than
// the copies.
inline constexpr std::size_t kLinkBytes = 256 << 10;

class ByteStream {
 public:
  virtual ~ByteStream() = default;

  // Blocks for at least one byte; 0 at the end, and from then on.
  virtual std::size_t Read(std::span<char> out) = 0;

  // True where the bytes ended before they should have.
  virtual bool damaged() const = 0;
};

}  // namespace logspill
