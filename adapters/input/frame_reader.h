// Reads compressed frames one after another, whatever compression each is in,
// and says what is wrong with them.  DecodedStream makes a Boost.Iostreams
// filter of it.
//
// Between frames: zeros are passed over, skippable frames are skipped, and what
// is no frame at all is handed on as it stands, with a warning.
//
// Threads:   one thread at a time.
// Errors:    the end of the data is early then, reported to the context.

#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "adapters/input/byte_stream.h"
#include "adapters/input/decoder.h"
#include "adapters/input/input_context.h"

namespace logspill {

class FrameReader {
 public:
  // Fills as much as it can; 0 at the end.
  using Pull = std::function<std::size_t(std::span<char>)>;

  // `first` is the compression of the first frame.
  FrameReader(Codec first, InputContext* context);

  // At least one byte, or 0 at the end.  `below_damaged` tells whether the
  // bytes below ended early, so that it is not reported twice.
  std::size_t Read(const Pull& pull, std::span<char> out);

  // The stream below, asked before a truncation is reported.
  void set_below(const ByteStream* below) { below_ = below; }
  bool damaged() const { return damaged_; }

 private:
  enum class State { kBetween, kFrame, kSkip, kTrailing, kEnd };

  std::string_view rest() const {
    return {buffer_.data() + begin_, end_ - begin_};
  }
  bool Refill(const Pull& pull);
  bool Want(const Pull& pull, std::size_t bytes);
  std::uint64_t position() const { return taken_ - (end_ - begin_); }

  void StartFrame(const Pull& pull);
  bool PassZeros(const Pull& pull);
  void EndBetween();
  bool StartSkippable();
  void SkipSome(const Pull& pull);
  std::size_t DecodeSome(const Pull& pull, std::span<char> out);
  std::size_t TakeTrailing(const Pull& pull, std::span<char> out);
  bool Handle(const Decoder::Step& step);
  void Fail(InputEvent::Kind kind, std::string_view reason, std::string detail);
  void ReportTruncated();

  InputContext* context_;
  const ByteStream* below_ = nullptr;
  Codec codec_;
  bool first_ = true;
  std::unique_ptr<Decoder> decoder_;
  Codec decoder_codec_;
  State state_ = State::kBetween;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t taken_ = 0;  // bytes pulled so far
  std::uint64_t skip_ = 0;   // of a skippable frame
  std::uint64_t zeros_ = 0;  // since the last frame
  bool below_ended_ = false;
  bool damaged_ = false;
};

}  // namespace logspill
