// Members and their bytes on the way from the thread that decodes to the one
// that scans: a ring of buffers that are filled ahead and used again.
//
// Threads:   one producer, one consumer; Close() and Cancel() from either.
// Memory:    kBuffers of kBufferBytes.

#pragma once

#include <array>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <span>

#include "adapters/input/byte_stream.h"
#include "scanner/input.h"

namespace logspill {

class BufferQueue {
 public:
  static constexpr std::size_t kBuffers = 6;
  // ISA-L takes the first 64 KiB of every call through a buffer of its own: at
  // 256 KiB a call that costs a seventh.
  static constexpr std::size_t kBufferBytes = 512 << 10;

  struct Buffer {
    std::unique_ptr<char[]> bytes;  // kBufferBytes of them, made on first use
    std::size_t size = 0;
    bool begins_member = false;  // then `member` is set, and there are no bytes
    Member member;
  };

  // Waits for an empty buffer; nullptr once cancelled.
  Buffer* Acquire();
  // Hands on the buffer that was acquired.
  void Publish();
  // Nothing more will be published.
  void Close();

  // Waits for the oldest buffer; nullptr at the end.
  Buffer* Front();
  // Gives it back.
  void Release();
  // The consumer wants no more.
  void Cancel();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::array<Buffer, kBuffers> ring_;
  std::size_t published_ = 0;  // under mutex_, like all below
  std::size_t released_ = 0;
  bool closed_ = false;
  bool cancelled_ = false;
};

}  // namespace logspill
