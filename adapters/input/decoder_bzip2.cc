#include <bzlib.h>

#include "adapters/input/decoder.h"

namespace logspill {
namespace {

class Bzip2Decoder : public Decoder {
 public:
  ~Bzip2Decoder() override { End(); }

  void Start() override {
    End();
    stream_ = {};
    open_ = BZ2_bzDecompressInit(&stream_, 0, 0) == BZ_OK;
  }

  Step Decode(std::span<const char> in, std::span<char> out) override {
    if (!open_) return {0, 0, Status::kTooLarge};
    stream_.next_in = const_cast<char*>(in.data());
    stream_.avail_in = static_cast<unsigned>(in.size());
    stream_.next_out = out.data();
    stream_.avail_out = static_cast<unsigned>(out.size());
    const int result = BZ2_bzDecompress(&stream_);
    return {in.size() - stream_.avail_in, out.size() - stream_.avail_out,
            Meaning(result)};
  }

 private:
  static Status Meaning(int result) {
    switch (result) {
      case BZ_OK:
        return Status::kRunning;
      case BZ_STREAM_END:
        return Status::kFrameEnd;
      case BZ_MEM_ERROR:
        return Status::kTooLarge;
      case BZ_DATA_ERROR:  // coded data and its check are one to the library
        return Status::kChecksum;
      default:
        return Status::kCorrupt;
    }
  }

  void End() {
    if (open_) BZ2_bzDecompressEnd(&stream_);
    open_ = false;
  }

  bz_stream stream_{};
  bool open_ = false;
};

}  // namespace

std::unique_ptr<Decoder> MakeBzip2Decoder() {
  return std::make_unique<Bzip2Decoder>();
}

}  // namespace logspill
