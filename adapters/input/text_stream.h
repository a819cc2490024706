// A text as the scanner wants it: without its byte order mark, and UTF-16 as
// UTF-8.
//
// A surrogate without its other half, and an odd byte at the end, become
// U+FFFD; with `exact` a surrogate keeps its number.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "adapters/input/byte_stream.h"
#include "adapters/input/peek_stream.h"
#include "adapters/input/text_judge.h"

namespace logspill {

class TextStream : public ByteStream {
 public:
  // REQUIRES: nothing was read from `below` yet.
  TextStream(const TextJudgement& text, PeekStream* below, bool exact = false);

  std::size_t Read(std::span<char> out) override;
  bool damaged() const override { return below_->damaged(); }

 private:
  std::size_t ReadUtf16(std::span<char> out);
  void Convert(std::size_t size);
  void Unit(std::uint32_t unit);
  void Finish();
  void Append(std::uint32_t code_point);

  PeekStream* below_;
  TextKind kind_;
  bool exact_;
  std::vector<char> raw_;
  std::size_t carried_ = 0;  // bytes of half a unit at the front of raw_
  std::uint32_t high_ = 0;   // a high surrogate that waits for its low one
  std::string text_;
  std::size_t used_ = 0;  // of text_
  bool ended_ = false;
};

}  // namespace logspill
