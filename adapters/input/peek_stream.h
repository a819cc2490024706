// A stream whose first bytes can be looked at before they are read.
//
// Cost:      the first kPeekBytes are copied once more; later reads go straight
//            to the stream below.

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "adapters/input/byte_stream.h"

namespace logspill {

class PeekStream : public ByteStream {
 public:
  static constexpr std::size_t kPeekBytes = 64 << 10;

  // `live`: the bytes come as someone writes them, so that Peek() does not wait
  // for more where the first line already shows plain text.
  explicit PeekStream(ByteStream* below, bool live = false)
      : below_(below), live_(live) {}

  // The first bytes: kPeekBytes of them, or all there are.
  std::string_view Peek();
  // True where Peek() returned all there is.
  bool whole() const { return ended_; }

  // Takes bytes that Peek() showed.
  // REQUIRES: nothing was read yet.
  void Skip(std::size_t bytes) { used_ += bytes; }

  std::size_t Read(std::span<char> out) override;
  bool damaged() const override { return below_->damaged(); }

 private:
  ByteStream* below_;
  bool live_;
  bool peeked_ = false;
  bool ended_ = false;
  std::vector<char> prefix_;
  std::size_t used_ = 0;  // of prefix_
};

}  // namespace logspill
