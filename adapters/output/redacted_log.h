// A log as it was read, written again: in the same encoding, with the same byte
// order mark, and compressed as it was where that is wanted.
//
// Lifetime:  refers to the OutputStream, which outlives it.
// Threads:   one thread at a time.
// Errors:    what cannot be written as it was read is an error(), and the log is
//            not to be used then.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/output/compressor.h"
#include "adapters/output/output_stream.h"
#include "scanner/redactor.h"

namespace logspill {

// UTF-8 as UTF-16; three bytes of a lone surrogate are its one unit.  What is no
// whole character at the end of `text` stays behind in `carry`.
void AppendUtf16(std::string_view text, bool big_endian, std::string* carry,
                 std::string* out);

class RedactedLog : public RedactOutput {
 public:
  enum class Form : std::uint8_t {
    kPlain,   // of all members, one behind the other, not compressed
    kAsRead,  // one file; an archive cannot be written
  };
  // `flush`: every record goes out at once.
  RedactedLog(OutputStream* out, Form form, bool flush)
      : out_(out), form_(form), flush_(flush) {}

  bool Begin(const Member& member) override;
  bool Write(std::string_view bytes) override;

  // Ends the compressed data.
  bool Finish();

  const std::string& error() const { return error_; }

 private:
  bool WriteEncoded(std::string_view bytes);

  OutputStream* out_;
  Form form_;
  bool flush_;
  Member member_;
  std::unique_ptr<Compressor> compressor_;
  std::string carry_;    // of UTF-16: the beginning of a character
  std::string encoded_;  // reused
  std::string packed_;   // likewise
  std::string error_;
};

}  // namespace logspill
