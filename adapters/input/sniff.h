// What bytes are, by how they begin.
//
// Threads:   pure functions.
// Cost:      JudgeText() over the prefix, where no magic number decides.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "adapters/input/decoder.h"
#include "adapters/input/text_judge.h"

namespace logspill {

// Tells a compression, an archive, text, or what cannot be scanned.
struct Content {
  enum class Kind : std::uint8_t {
    kText,
    kCompressed,  // codec
    kTar,
    kZip,
    kEncrypted,    // may hold a log, and nobody without its key can read it
    kUnsupported,  // may hold a log, in a form that is not read here
    kNotText,      // no log
  };
  Kind kind = Kind::kText;
  Codec codec = Codec::kGzip;
  TextJudgement text;
  std::string_view what;  // "gzip", "7z archive", "SQLite database"
  std::string_view way;   // how to read it all the same
};

// `whole`: there is nothing behind `prefix`.
Content Sniff(std::string_view prefix, bool whole);

// Enough bytes for the two below.
inline constexpr std::size_t kMagicBytes = 16;

// The compression whose frame begins here, if any.
std::optional<Codec> SniffFrame(std::string_view bytes);
// The frame that zstd and lz4 share for other people's data.
bool IsSkippableFrame(std::string_view bytes);
// True where the bytes are the beginning of some frame's first bytes.
bool IsPartOfMagic(std::string_view bytes);

}  // namespace logspill
