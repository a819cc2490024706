// A file, a pipe or standard input, read with read(): never mapped, because a
// mapped file that shrinks kills the program.
//
// Lifetime:  owns its descriptor.
// Errors:    what cannot be opened is an Error; an I/O error or a file that
//            shrinks while it is read ends the stream, reported.

#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>

#include "adapters/input/byte_stream.h"
#include "adapters/input/input_context.h"
#include "scanner/base/result.h"

namespace logspill {

class FileStream : public ByteStream {
 public:
  enum class Kind { kRegular, kPipe, kEmptyDevice };

  // Opens `path` ("-" is standard input) without ever waiting for a writer.
  // Fails, with the reason of an InputEvent in front of a colon, on what cannot
  // be read: "unreadable: permission denied".
  static Result<std::unique_ptr<FileStream>> Open(const std::string& path,
                                                  InputContext* context);
  FileStream(const FileStream&) = delete;
  FileStream& operator=(const FileStream&) = delete;
  ~FileStream() override;

  bool live() const { return kind_ == Kind::kPipe; }
  std::int64_t modified_ms() const { return modified_ms_; }

  std::size_t Read(std::span<char> out) override;
  bool damaged() const override { return damaged_; }

 private:
  FileStream(int fd, bool own, InputContext* context)
      : fd_(fd), own_(own), context_(context) {}

  Result<void> Examine();
  bool WaitReadable();
  std::size_t End();
  void ReportError(int error);

  int fd_;
  bool own_;  // opened here by path
  InputContext* context_;
  Kind kind_ = Kind::kRegular;
  bool fifo_ = false;     // opened here: may never get a writer
  bool probing_ = false;  // the next read() tells whether it has one
  bool ended_ = false;
  bool damaged_ = false;
  std::uint64_t size_ = 0;  // when it was opened
  std::uint64_t offset_ = 0;
  std::int64_t modified_ms_ = 0;
};

}  // namespace logspill
