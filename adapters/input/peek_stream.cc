#include "adapters/input/peek_stream.h"

#include <algorithm>
#include <cstring>

#include "adapters/input/text_judge.h"

namespace logspill {

std::string_view PeekStream::Peek() {
  if (!peeked_) {
    peeked_ = true;
    prefix_.resize(kPeekBytes);
    std::size_t size = 0;
    while (size < kPeekBytes) {
      const std::size_t got = below_->Read(std::span(prefix_).subspan(size));
      if (got == 0) {
        ended_ = true;
        break;
      }
      size += got;
      if (live_ && IsPlainLine({prefix_.data(), size})) break;
    }
    prefix_.resize(size);
  }
  return {prefix_.data(), prefix_.size()};
}

std::size_t PeekStream::Read(std::span<char> out) {
  if (used_ < prefix_.size()) {
    const std::size_t size = std::min(out.size(), prefix_.size() - used_);
    std::memcpy(out.data(), prefix_.data() + used_, size);
    used_ += size;
    if (used_ == prefix_.size()) {
      std::vector<char>().swap(prefix_);
      used_ = 0;
    }
    return size;
  }
  return ended_ ? 0 : below_->Read(out);
}

}  // namespace logspill
