#include "adapters/input/decoded_stream.h"

#include <boost/iostreams/categories.hpp>
#include <boost/iostreams/compose.hpp>
#include <boost/iostreams/read.hpp>
#include <boost/ref.hpp>
#include <exception>

namespace logspill {
namespace {

namespace io = boost::iostreams;

// ByteStream and FrameReader as Boost sees them: a source and a filter that
// refer to ours, because a chain copies what is pushed.
class StreamSource {
 public:
  using char_type = char;
  using category = io::source_tag;

  explicit StreamSource(ByteStream* stream) : stream_(stream) {}

  std::streamsize read(char* out, std::streamsize size) {
    const std::size_t got =
        stream_->Read({out, static_cast<std::size_t>(size)});
    return got == 0 ? -1 : static_cast<std::streamsize>(got);
  }

 private:
  ByteStream* stream_;
};

class FrameFilter {
 public:
  using char_type = char;
  using category = io::multichar_input_filter_tag;

  explicit FrameFilter(FrameReader* reader) : reader_(reader) {}

  template <typename Source>
  std::streamsize read(Source& source, char* out, std::streamsize size) {
    const auto pull = [&source](std::span<char> buffer) -> std::size_t {
      const std::streamsize got = io::read(
          source, buffer.data(), static_cast<std::streamsize>(buffer.size()));
      return got < 0 ? 0 : static_cast<std::size_t>(got);
    };
    const std::size_t got =
        reader_->Read(pull, {out, static_cast<std::size_t>(size)});
    return got == 0 ? -1 : static_cast<std::streamsize>(got);
  }

 private:
  FrameReader* reader_;
};

}  // namespace

DecodedStream::DecodedStream(Codec codec, ByteStream* below,
                             InputContext* context)
    : context_(context), reader_(codec, context) {
  reader_.set_below(below);
  below_.push(StreamSource(below), static_cast<std::streamsize>(kLinkBytes), 0);
}

std::size_t DecodedStream::Read(std::span<char> out) {
  if (failed_) return 0;
  try {
    auto composed = io::compose(FrameFilter(&reader_), boost::ref(below_));
    const std::streamsize got = io::read(
        composed, out.data(), static_cast<std::streamsize>(out.size()));
    return got < 0 ? 0 : static_cast<std::size_t>(got);
  } catch (const std::exception&) {
    failed_ = true;
    context_->Report(InputEvent::Kind::kIncomplete, "limit",
                     "not enough memory to decode", context_->bytes_left());
    return 0;
  }
}

}  // namespace logspill
