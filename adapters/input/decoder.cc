#include "adapters/input/decoder.h"

namespace logspill {

std::string_view Name(Codec codec) {
  constexpr std::string_view kNames[] = {"gzip", "zstd", "lz4",
                                         "xz",   "lzma", "bzip2"};
  return kNames[static_cast<std::size_t>(codec)];
}

std::unique_ptr<Decoder> MakeDecoder(Codec codec, std::uint64_t max_bytes) {
  switch (codec) {
    case Codec::kGzip:
      if (auto isal = MakeIsalGzipDecoder()) return isal;
      return MakeZlibGzipDecoder();
    case Codec::kZstd:
      return MakeZstdDecoder(max_bytes);
    case Codec::kLz4:
      return MakeLz4Decoder();
    case Codec::kXz:
      return MakeXzDecoder(max_bytes);
    case Codec::kLzma:
      return MakeLzmaDecoder(max_bytes);
    case Codec::kBzip2:
      return MakeBzip2Decoder();
  }
  return nullptr;
}

}  // namespace logspill
