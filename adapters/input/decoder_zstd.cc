#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <bit>
#include <new>

#include "adapters/input/decoder.h"

namespace logspill {
namespace {

constexpr std::size_t kHeaderStart = 5;  // tells how long the header is

// The library drops what a call produced when the same call meets an error.  So
// each call gets no more than one block, as the library's hint says, and what
// waits inside is taken out before the next input goes in.
class ZstdDecoder : public Decoder {
 public:
  explicit ZstdDecoder(std::uint64_t max_bytes) : context_(ZSTD_createDCtx()) {
    if (context_ == nullptr) throw std::bad_alloc();
    const int log =
        std::clamp(static_cast<int>(std::bit_width(max_bytes)) - 1, 10, 31);
    ZSTD_DCtx_setParameter(context_, ZSTD_d_windowLogMax, log);
  }
  ~ZstdDecoder() override { ZSTD_freeDCtx(context_); }

  void Start() override {
    ZSTD_DCtx_reset(context_, ZSTD_reset_session_only);
    hint_ = kHeaderStart;
    full_ = false;
  }

  Step Decode(std::span<const char> in, std::span<char> out) override {
    Step total;
    do {
      const Step step =
          DecodeBlock(in.subspan(total.consumed), out.subspan(total.produced));
      total.consumed += step.consumed;
      total.produced += step.produced;
      total.status = step.status;
      if (step.consumed == 0 && step.produced == 0) break;
    } while (total.status == Status::kRunning && total.produced < out.size() &&
             total.consumed < in.size());
    return total;
  }

 private:
  Step DecodeBlock(std::span<const char> in, std::span<char> out) {
    if (full_) {
      full_ = false;
      const Step step = Call({}, out);
      if (step.produced > 0 || step.status != Status::kRunning) return step;
    }
    return Call(in.first(std::min(hint_, in.size())), out);
  }

  Step Call(std::span<const char> in, std::span<char> out) {
    ZSTD_inBuffer input{in.data(), in.size(), 0};
    ZSTD_outBuffer output{out.data(), out.size(), 0};
    const std::size_t result = ZSTD_decompressStream(context_, &output, &input);
    Step step{input.pos, output.pos, Status::kRunning};
    if (ZSTD_isError(result)) {
      step.status = Failure(ZSTD_getErrorCode(result));
    } else if (result == 0) {
      step.status = Status::kFrameEnd;
    } else {
      hint_ = result;
      full_ = output.pos == output.size;
    }
    return step;
  }

  static Status Failure(ZSTD_ErrorCode code) {
    switch (code) {
      case ZSTD_error_checksum_wrong:
        return Status::kChecksum;
      case ZSTD_error_frameParameter_windowTooLarge:
      case ZSTD_error_memory_allocation:
        return Status::kTooLarge;
      default:
        return Status::kCorrupt;
    }
  }

  ZSTD_DCtx* context_;
  std::size_t hint_ = 0;  // bytes that the next call wants
  bool full_ = false;     // the last call filled its output
};

}  // namespace

std::unique_ptr<Decoder> MakeZstdDecoder(std::uint64_t max_bytes) {
  return std::make_unique<ZstdDecoder>(max_bytes);
}

}  // namespace logspill
