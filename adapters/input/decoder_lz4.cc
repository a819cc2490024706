#include <lz4frame.h>

#include <algorithm>
#include <new>
#include <string_view>

#include "adapters/input/decoder.h"

namespace logspill {
namespace {

constexpr std::size_t kBlockHeaderBytes = 4;

// Like zstd's, the library drops what a call produced when the same call meets
// an error.  Its hint covers a block and the header behind it; the header is
// held back for a call of its own.
class Lz4Decoder : public Decoder {
 public:
  Lz4Decoder() {
    if (LZ4F_isError(
            LZ4F_createDecompressionContext(&context_, LZ4F_VERSION))) {
      throw std::bad_alloc();
    }
  }
  ~Lz4Decoder() override { LZ4F_freeDecompressionContext(context_); }

  void Start() override {
    LZ4F_resetDecompressionContext(context_);
    hint_ = kBlockHeaderBytes;
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
    const std::size_t wanted =
        hint_ > kBlockHeaderBytes ? hint_ - kBlockHeaderBytes : hint_;
    return Call(in.first(std::min(wanted, in.size())), out);
  }

  Step Call(std::span<const char> in, std::span<char> out) {
    std::size_t consumed = in.size();
    std::size_t produced = out.size();
    const std::size_t result = LZ4F_decompress(context_, out.data(), &produced,
                                               in.data(), &consumed, nullptr);
    Step step{consumed, produced, Status::kRunning};
    if (LZ4F_isError(result)) {
      step = {0, 0, Failure(LZ4F_getErrorName(result))};
    } else if (result == 0) {
      step.status = Status::kFrameEnd;
    } else {
      hint_ = result;
      full_ = produced == out.size();
    }
    return step;
  }

  static Status Failure(std::string_view name) {
    if (name.find("hecksum") != std::string_view::npos) {
      return Status::kChecksum;
    }
    if (name == "ERROR_allocation_failed") return Status::kTooLarge;
    return Status::kCorrupt;
  }

  LZ4F_dctx* context_ = nullptr;
  std::size_t hint_ = kBlockHeaderBytes;
  bool full_ = false;  // the last call filled its output
};

}  // namespace

std::unique_ptr<Decoder> MakeLz4Decoder() {
  return std::make_unique<Lz4Decoder>();
}

}  // namespace logspill
