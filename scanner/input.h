// Where bytes come from, as the engine sees it.  Implemented in adapters/input.
//
// An Input is one thing the user named or a walk found: a file, a pipe.  It has
// one or more members: itself, or the entries of an archive (also of archives
// inside).  Its bytes are decompressed, and UTF-16 is already UTF-8.
//
// Lifetime:  the engine owns an Input from InputQueue::Next() on.
// Threads:   calls to one Input are serialised by the engine, from any thread;
//            different Inputs are used at the same time.
// Errors:    damage is an InputEvent; what was read before it is scanned.
// Units:     bytes.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "scanner/finding/summary.h"

namespace logspill {

enum class TextEncoding : std::uint8_t {
  kBytes,  // UTF-8 or anything else: spans are bytes of the decompressed input
  kUtf16,  // transcoded: spans are counted back to the two-byte units
};

struct Member {
  std::string
      name;  // entry of an archive, "outer.zip/inner.log"; empty: the input
  TextEncoding encoding = TextEncoding::kBytes;
  bool big_endian = false;      // of UTF-16
  std::uint64_t bom_bytes = 0;  // in front of the text, already taken away
  // What the input is compressed with: "gzip"; "gzip+xz" for one inside the
  // other; or empty.
  std::string compression;
};

class Input {
 public:
  virtual ~Input() = default;

  // As the user gave it, or as the walk found it below what the user gave.
  virtual const std::string& name() const = 0;

  // Steps to the next member that is text; false at the end.
  virtual bool NextMember(Member* member) = 0;

  // Fills `buffer` from the current member, blocking; returns how many bytes, 0
  // at the member's end.  May return fewer than asked for.
  virtual std::size_t Read(std::span<char> buffer) = 0;

  // Bytes taken from disk or pipe so far (compressed).
  virtual std::uint64_t bytes_read() const = 0;

  // Milliseconds since 1970 of the last change, 0 where unknown; completes
  // times that are printed without a year.
  virtual std::int64_t modified_ms() const = 0;

  // What went wrong since the last call.
  virtual std::vector<InputEvent> TakeEvents() = 0;
};

class InputQueue {
 public:
  virtual ~InputQueue() = default;

  // Opens the next input; nullptr when there is none left.  Serialised by the
  // engine.
  virtual std::unique_ptr<Input> Next() = 0;

  // What could not be opened or is not text, since the last call.
  virtual std::vector<InputEvent> TakeEvents() = 0;

  // Bytes on disk of everything named, for the progress bar; 0 where unknown.
  virtual std::uint64_t total_bytes() const = 0;
};

}  // namespace logspill
