#include <lzma.h>

#include "adapters/input/decoder.h"

namespace logspill {
namespace {

class XzDecoder : public Decoder {
 public:
  enum class Container : std::uint8_t { kXz, kLzmaAlone };

  XzDecoder(Container container, std::uint64_t max_bytes)
      : container_(container), max_bytes_(max_bytes) {}
  ~XzDecoder() override { lzma_end(&stream_); }

  void Start() override {
    started_ = container_ == Container::kXz
                   ? lzma_stream_decoder(&stream_, max_bytes_, 0)
                   : lzma_alone_decoder(&stream_, max_bytes_);
  }

  Step Decode(std::span<const char> in, std::span<char> out) override {
    if (started_ != LZMA_OK) return {0, 0, Status::kTooLarge};
    stream_.next_in = reinterpret_cast<const std::uint8_t*>(in.data());
    stream_.avail_in = in.size();
    stream_.next_out = reinterpret_cast<std::uint8_t*>(out.data());
    stream_.avail_out = out.size();
    const lzma_ret result = lzma_code(&stream_, LZMA_RUN);
    return {in.size() - stream_.avail_in, out.size() - stream_.avail_out,
            Meaning(result)};
  }

 private:
  static Status Meaning(lzma_ret result) {
    switch (result) {
      case LZMA_OK:
      case LZMA_BUF_ERROR:  // no progress: wants more input
      case LZMA_UNSUPPORTED_CHECK:
        return Status::kRunning;
      case LZMA_STREAM_END:
        return Status::kFrameEnd;
      case LZMA_MEM_ERROR:
      case LZMA_MEMLIMIT_ERROR:
        return Status::kTooLarge;
      case LZMA_DATA_ERROR:  // coded data and its check are one to the library
        return Status::kChecksum;
      default:
        return Status::kCorrupt;
    }
  }

  const Container container_;
  const std::uint64_t max_bytes_;
  lzma_stream stream_ = LZMA_STREAM_INIT;
  lzma_ret started_ = LZMA_OK;
};

}  // namespace

std::unique_ptr<Decoder> MakeXzDecoder(std::uint64_t max_bytes) {
  return std::make_unique<XzDecoder>(XzDecoder::Container::kXz, max_bytes);
}

std::unique_ptr<Decoder> MakeLzmaDecoder(std::uint64_t max_bytes) {
  return std::make_unique<XzDecoder>(XzDecoder::Container::kLzmaAlone,
                                     max_bytes);
}

}  // namespace logspill
