#include <zlib.h>

#include <new>

#include "adapters/input/decoder.h"
#ifdef LOGSPILL_HAVE_ISAL
#include <isa-l/igzip_lib.h>
#endif

namespace logspill {
namespace {

#ifdef LOGSPILL_HAVE_ISAL

class IsalGzipDecoder : public Decoder {
 public:
  void Start() override {
    isal_inflate_init(&state_);
    state_.crc_flag = ISAL_GZIP;
  }

  Step Decode(std::span<const char> in, std::span<char> out) override {
    state_.next_in =
        reinterpret_cast<std::uint8_t*>(const_cast<char*>(in.data()));
    state_.avail_in = static_cast<std::uint32_t>(in.size());
    state_.next_out = reinterpret_cast<std::uint8_t*>(out.data());
    state_.avail_out = static_cast<std::uint32_t>(out.size());
    const int result = isal_inflate(&state_);
    Step step;
    step.consumed = in.size() - state_.avail_in;
    step.produced = out.size() - state_.avail_out;
    if (result == ISAL_INCORRECT_CHECKSUM) {
      step.status = Status::kChecksum;
    } else if (result < 0 || result == ISAL_NEED_DICT) {
      step.status = Status::kCorrupt;
    } else if (state_.block_state == ISAL_BLOCK_FINISH) {
      step.status = Status::kFrameEnd;
    }
    return step;
  }

 private:
  inflate_state state_;
};

bool CpuRunsIsal() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("pclmul");
#else
  return true;
#endif
}

#endif  // LOGSPILL_HAVE_ISAL

class ZlibGzipDecoder : public Decoder {
 public:
  static constexpr int kGzipWindow = 15 + 16;  // 32 KiB, with a gzip header

  ZlibGzipDecoder() {
    if (inflateInit2(&stream_, kGzipWindow) != Z_OK) throw std::bad_alloc();
  }
  ~ZlibGzipDecoder() override { inflateEnd(&stream_); }

  void Start() override { inflateReset(&stream_); }

  Step Decode(std::span<const char> in, std::span<char> out) override {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
    stream_.avail_in = static_cast<uInt>(in.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    const int result = inflate(&stream_, Z_NO_FLUSH);
    Step step;
    step.consumed = in.size() - stream_.avail_in;
    step.produced = out.size() - stream_.avail_out;
    if (result == Z_STREAM_END) {
      step.status = Status::kFrameEnd;
    } else if (result == Z_DATA_ERROR || result == Z_NEED_DICT) {
      step.status = FailedCheck() ? Status::kChecksum : Status::kCorrupt;
    } else if (result == Z_MEM_ERROR) {
      step.status = Status::kTooLarge;
    }
    return step;
  }

 private:
  bool FailedCheck() const {
    const std::string_view why = stream_.msg == nullptr ? "" : stream_.msg;
    return why == "incorrect data check" || why == "incorrect length check";
  }

  z_stream stream_{};
};

}  // namespace

std::unique_ptr<Decoder> MakeIsalGzipDecoder() {
#ifdef LOGSPILL_HAVE_ISAL
  if (CpuRunsIsal()) return std::make_unique<IsalGzipDecoder>();
#endif
  return nullptr;
}

std::unique_ptr<Decoder> MakeZlibGzipDecoder() {
  return std::make_unique<ZlibGzipDecoder>();
}

}  // namespace logspill
