// One compression, frame by frame.  A frame is a gzip member, a zstd or lz4
// frame, an xz or bzip2 stream; what stands between frames is FrameReader's
// business.
//
// Threads:   one thread at a time.
// Errors:    a status; the bytes produced before it, also by the same call, are
//            good and counted.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace logspill {

enum class Codec : std::uint8_t { kGzip, kZstd, kLz4, kXz, kLzma, kBzip2 };

std::string_view Name(Codec codec);

class Decoder {
 public:
  enum class Status : std::uint8_t {
    kRunning,
    kFrameEnd,
    kCorrupt,   // not what the format allows
    kChecksum,  // decoded, but not to what was encoded
    kTooLarge,  // asks for more memory than allowed
  };
  struct Step {
    std::size_t consumed = 0;
    std::size_t produced = 0;
    Status status = Status::kRunning;
  };

  virtual ~Decoder() = default;

  // Begins a frame.
  virtual void Start() = 0;

  // Decodes some of `in` into `out`.  A step that neither consumes nor produces
  // wants more input.
  virtual Step Decode(std::span<const char> in, std::span<char> out) = 0;
};

// gzip runs on ISA-L where the CPU has what that needs, else on zlib.
// Throws std::bad_alloc.
std::unique_ptr<Decoder> MakeDecoder(Codec codec, std::uint64_t max_bytes);

std::unique_ptr<Decoder> MakeIsalGzipDecoder();  // nullptr where there is none
std::unique_ptr<Decoder> MakeZlibGzipDecoder();
std::unique_ptr<Decoder> MakeZstdDecoder(std::uint64_t max_bytes);
std::unique_ptr<Decoder> MakeLz4Decoder();
std::unique_ptr<Decoder> MakeXzDecoder(std::uint64_t max_bytes);
std::unique_ptr<Decoder> MakeLzmaDecoder(std::uint64_t max_bytes);
std::unique_ptr<Decoder> MakeBzip2Decoder();

}  // namespace logspill
