// One file or pipe as an Input.
//
// A plain text is read straight into the caller's buffer; what is compressed or
// an archive is decoded on a thread of its own, ahead of the caller.
//
// Threads:   calls are serialised by the engine; bytes_read() and TakeEvents()
//            from any thread.

#pragma once

#include <memory>
#include <string>
#include <thread>

#include "adapters/input/buffer_queue.h"
#include "adapters/input/file_stream.h"
#include "adapters/input/input_context.h"
#include "adapters/input/peek_stream.h"
#include "adapters/input/text_stream.h"
#include "scanner/input.h"

namespace logspill {

class FileInput : public Input {
 public:
  // REQUIRES: `file` reports to `context`.
  FileInput(std::unique_ptr<InputContext> context,
            std::unique_ptr<FileStream> file);
  ~FileInput() override;

  const std::string& name() const override { return context_->name(); }
  bool NextMember(Member* member) override;
  std::size_t Read(std::span<char> buffer) override;
  std::uint64_t bytes_read() const override { return context_->bytes_read(); }
  std::int64_t modified_ms() const override { return file_->modified_ms(); }
  std::vector<InputEvent> TakeEvents() override {
    return context_->TakeEvents();
  }

 private:
  enum class State { kFresh, kText, kQueue, kEnd };

  bool Begin(Member* member);
  bool NextQueued(Member* member);
  std::size_t ReadText(std::span<char> buffer);
  std::size_t ReadQueued(std::span<char> buffer);
  void Produce();
  std::uint64_t Push(const Member& member, ByteStream& text);

  std::unique_ptr<InputContext> context_;
  std::unique_ptr<FileStream> file_;
  PeekStream peek_;
  State state_ = State::kFresh;
  std::unique_ptr<TextStream> text_;  // kText
  std::uint64_t scanned_ = 0;         // kText: bytes given out
  BufferQueue queue_;                 // kQueue
  std::size_t used_ = 0;              // of its front
  std::thread producer_;
};

}  // namespace logspill
