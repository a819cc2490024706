// Bytes compressed as they come, in the formats that inputs are read in.
//
// Threads:   one thread at a time.
// Cost:      that of the library at its default level.
// Errors:    what a library throws is an Error; nothing of it can be used then.

#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "scanner/base/result.h"

namespace logspill {

class Compressor {
 public:
  virtual ~Compressor() = default;

  // Appends to `out` what is ready of the compressed bytes.
  virtual Result<void> Add(std::string_view bytes, std::string* out) = 0;
  // The same, of all that is left.  Called once, last.
  virtual Result<void> Finish(std::string* out) = 0;
};

// "gzip", "zstd", "lz4", "xz", "bzip2"; nullptr for any other name.
std::unique_ptr<Compressor> MakeCompressor(std::string_view name);

}  // namespace logspill
