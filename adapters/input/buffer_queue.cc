#include "adapters/input/buffer_queue.h"

namespace logspill {

BufferQueue::Buffer* BufferQueue::Acquire() {
  std::unique_lock lock(mutex_);
  changed_.wait(
      lock, [this] { return cancelled_ || published_ - released_ < kBuffers; });
  if (cancelled_) return nullptr;
  Buffer* buffer = &ring_[published_ % kBuffers];
  if (buffer->bytes == nullptr) {
    buffer->bytes = std::make_unique_for_overwrite<char[]>(kBufferBytes);
  }
  buffer->size = 0;
  buffer->begins_member = false;
  return buffer;
}

void BufferQueue::Publish() {
  {
    const std::scoped_lock lock(mutex_);
    ++published_;
  }
  changed_.notify_one();
}

void BufferQueue::Close() {
  {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
}

BufferQueue::Buffer* BufferQueue::Front() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return closed_ || published_ != released_; });
  if (published_ == released_) return nullptr;
  return &ring_[released_ % kBuffers];
}

void BufferQueue::Release() {
  {
    const std::scoped_lock lock(mutex_);
    ++released_;
  }
  changed_.notify_one();
}

void BufferQueue::Cancel() {
  {
    const std::scoped_lock lock(mutex_);
    cancelled_ = true;
  }
  changed_.notify_all();
}

}  // namespace logspill
