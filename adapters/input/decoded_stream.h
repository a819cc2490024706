// What a decoder makes of a compressed stream: a chain of Boost.Iostreams with
// a FrameReader as its filter.
//
// Lifetime:  the stream below outlives it.
// Errors:    reported by the FrameReader; what a library throws is "limit" (no
//            memory) and ends the stream.

#pragma once

#include <boost/iostreams/filtering_streambuf.hpp>

#include "adapters/input/byte_stream.h"
#include "adapters/input/frame_reader.h"

namespace logspill {

class DecodedStream : public ByteStream {
 public:
  DecodedStream(Codec codec, ByteStream* below, InputContext* context);

  std::size_t Read(std::span<char> out) override;
  bool damaged() const override { return reader_.damaged() || failed_; }

 private:
  InputContext* context_;
  FrameReader reader_;
  boost::iostreams::filtering_streambuf<boost::iostreams::input> below_;
  bool failed_ = false;
};

}  // namespace logspill
