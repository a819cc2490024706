#include "adapters/input/file_input.h"

#include <algorithm>
#include <cstring>
#include <exception>
#include <utility>

#include "adapters/input/member_walk.h"
#include "adapters/input/sniff.h"

namespace logspill {

FileInput::FileInput(std::unique_ptr<InputContext> context,
                     std::unique_ptr<FileStream> file)
    : context_(std::move(context)),
      file_(std::move(file)),
      peek_(file_.get(), file_->live()) {}

FileInput::~FileInput() {
  context_->Stop();
  queue_.Cancel();
  if (producer_.joinable()) producer_.join();
}

bool FileInput::NextMember(Member* member) {
  switch (state_) {
    case State::kFresh:
      return Begin(member);
    case State::kQueue:
      return NextQueued(member);
    case State::kText:
      context_->CloseMember(scanned_);
      state_ = State::kEnd;
      return false;
    case State::kEnd:
      break;
  }
  return false;
}

bool FileInput::Begin(Member* member) {
  const std::string_view prefix = peek_.Peek();
  const Content content = Sniff(prefix, peek_.whole());
  if (content.kind == Content::Kind::kText) {
    state_ = State::kText;
    text_ = std::make_unique<TextStream>(content.text, &peek_,
                                         context_->options().exact_text);
    *member = MakeMember("", content);
    return true;
  }
  state_ = State::kQueue;
  const bool decodes = content.kind == Content::Kind::kCompressed ||
                       content.kind == Content::Kind::kTar ||
                       content.kind == Content::Kind::kZip;
  if (decodes) {
    producer_ = std::thread([this] { Produce(); });
  } else {
    Produce();  // only says what it is
  }
  return NextQueued(member);
}

std::size_t FileInput::Read(std::span<char> buffer) {
  if (buffer.empty()) return 0;
  if (state_ == State::kText) return ReadText(buffer);
  return state_ == State::kQueue ? ReadQueued(buffer) : 0;
}

std::size_t FileInput::ReadText(std::span<char> buffer) {
  const std::size_t got = text_->Read(buffer);
  scanned_ += got;
  if (got == 0) context_->CloseMember(scanned_);
  return got;
}

bool FileInput::NextQueued(Member* member) {
  while (BufferQueue::Buffer* front = queue_.Front()) {
    const bool begins = front->begins_member;
    if (begins) *member = std::move(front->member);
    queue_.Release();
    used_ = 0;
    if (begins) return true;
  }
  state_ = State::kEnd;
  return false;
}

std::size_t FileInput::ReadQueued(std::span<char> buffer) {
  BufferQueue::Buffer* front = queue_.Front();
  if (front == nullptr || front->begins_member) return 0;
  const std::size_t size = std::min(buffer.size(), front->size - used_);
  std::memcpy(buffer.data(), front->bytes.get() + used_, size);
  used_ += size;
  if (used_ == front->size) {
    used_ = 0;
    queue_.Release();
  }
  return size;
}

void FileInput::Produce() {
  try {
    MemberWalk walk(context_.get(),
                    [this](const Member& member, ByteStream& text) {
                      return Push(member, text);
                    });
    walk.Run(peek_);
  } catch (const std::exception&) {
    context_->Report(InputEvent::Kind::kIncomplete, "limit",
                     "not enough memory to decode", context_->bytes_left());
    context_->CloseMember(0);
  }
  queue_.Close();
}

std::uint64_t FileInput::Push(const Member& member, ByteStream& text) {
  BufferQueue::Buffer* buffer = queue_.Acquire();
  if (buffer == nullptr) return 0;
  buffer->begins_member = true;
  buffer->member = member;
  queue_.Publish();
  std::uint64_t pushed = 0;
  while ((buffer = queue_.Acquire()) != nullptr) {
    while (buffer->size < BufferQueue::kBufferBytes) {
      const std::size_t got =
          text.Read({buffer->bytes.get() + buffer->size,
                     BufferQueue::kBufferBytes - buffer->size});
      if (got == 0) break;
      buffer->size += got;
    }
    if (buffer->size == 0) break;
    pushed += buffer->size;
    const bool full = buffer->size == BufferQueue::kBufferBytes;
    queue_.Publish();
    if (!full) break;
  }
  return pushed;
}

}  // namespace logspill
