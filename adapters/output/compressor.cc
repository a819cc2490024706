#include "adapters/output/compressor.h"

#include <lz4frame.h>

#include <boost/iostreams/device/back_inserter.hpp>
#include <boost/iostreams/filter/bzip2.hpp>
#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filter/lzma.hpp>
#include <boost/iostreams/filter/zstd.hpp>
#include <boost/iostreams/filtering_streambuf.hpp>
#include <exception>
#include <utility>

namespace logspill {
namespace {

namespace io = boost::iostreams;

constexpr int kLinkBytes = 256 << 10;  // smaller ones cost more than the codec

// A Boost filter that writes into a string.
class FilterCompressor : public Compressor {
 public:
  template <typename Filter>
  explicit FilterCompressor(const Filter& filter) {
    chain_.push(filter, kLinkBytes);
    chain_.push(io::back_inserter(ready_), kLinkBytes);
  }

  Result<void> Add(std::string_view bytes, std::string* out) override {
    return Guard(out, [&] {
      const auto size = static_cast<std::streamsize>(bytes.size());
      return chain_.sputn(bytes.data(), size) == size;
    });
  }

  Result<void> Finish(std::string* out) override {
    return Guard(out, [&] {
      chain_.reset();
      return true;
    });
  }

 private:
  template <typename Step>
  Result<void> Guard(std::string* out, Step step) {
    try {
      if (!step()) return Error{"cannot be compressed"};
    } catch (const std::exception& error) {
      return Error{std::string("cannot be compressed: ") + error.what()};
    }
    out->append(ready_);
    ready_.clear();
    return {};
  }

  std::string ready_;
  io::filtering_streambuf<io::output> chain_;
};

class Lz4Compressor : public Compressor {
 public:
  Lz4Compressor() {
    preferences_.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled;
    if (LZ4F_isError(LZ4F_createCompressionContext(&context_, LZ4F_VERSION)) !=
        0) {
      context_ = nullptr;
    }
  }
  Lz4Compressor(const Lz4Compressor&) = delete;
  Lz4Compressor& operator=(const Lz4Compressor&) = delete;
  ~Lz4Compressor() override { LZ4F_freeCompressionContext(context_); }

  Result<void> Add(std::string_view bytes, std::string* out) override {
    auto begun = Begin(out);
    if (!begun) return begun;
    return Append(LZ4F_compressBound(bytes.size(), &preferences_), out,
                  [&](char* to, std::size_t room) {
                    return LZ4F_compressUpdate(context_, to, room, bytes.data(),
                                               bytes.size(), nullptr);
                  });
  }

  Result<void> Finish(std::string* out) override {
    auto begun = Begin(out);
    if (!begun) return begun;
    return Append(LZ4F_compressBound(0, &preferences_), out,
                  [&](char* to, std::size_t room) {
                    return LZ4F_compressEnd(context_, to, room, nullptr);
                  });
  }

 private:
  Result<void> Begin(std::string* out) {
    if (context_ == nullptr) return Error{"cannot be compressed: no memory"};
    if (std::exchange(begun_, true)) return {};
    return Append(LZ4F_HEADER_SIZE_MAX, out, [&](char* to, std::size_t room) {
      return LZ4F_compressBegin(context_, to, room, &preferences_);
    });
  }

  template <typename Step>
  Result<void> Append(std::size_t room, std::string* out, Step step) {
    const std::size_t before = out->size();
    out->resize(before + room);
    const std::size_t made = step(out->data() + before, room);
    const bool failed = LZ4F_isError(made) != 0;
    out->resize(before + (failed ? 0 : made));
    if (!failed) return {};
    return Error{std::string("cannot be compressed: ") +
                 LZ4F_getErrorName(made)};
  }

  LZ4F_cctx* context_ = nullptr;
  LZ4F_preferences_t preferences_{};
  bool begun_ = false;
};

}  // namespace

std::unique_ptr<Compressor> MakeCompressor(std::string_view name) {
  if (name == "gzip") {
    return std::make_unique<FilterCompressor>(io::gzip_compressor());
  }
  if (name == "zstd") {
    return std::make_unique<FilterCompressor>(io::zstd_compressor());
  }
  if (name == "xz") {
    return std::make_unique<FilterCompressor>(io::lzma_compressor());
  }
  if (name == "bzip2") {
    return std::make_unique<FilterCompressor>(io::bzip2_compressor());
  }
  if (name == "lz4") return std::make_unique<Lz4Compressor>();
  return nullptr;
}

}  // namespace logspill
