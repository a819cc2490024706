#include "adapters/input/text_stream.h"

#include <algorithm>
#include <cstring>

namespace logspill {
namespace {

constexpr std::size_t kRawBytes = 64 << 10;
constexpr std::uint32_t kReplacement = 0xFFFD;

bool IsHigh(std::uint32_t unit) { return (unit & 0xFC00) == 0xD800; }
bool IsLow(std::uint32_t unit) { return (unit & 0xFC00) == 0xDC00; }

}  // namespace

TextStream::TextStream(const TextJudgement& text, PeekStream* below,
                       bool exact)
    : below_(below), kind_(text.kind), exact_(exact) {
  below_->Skip(static_cast<std::size_t>(text.bom_bytes));
  if (kind_ != TextKind::kText) raw_.resize(kRawBytes);
}

std::size_t TextStream::Read(std::span<char> out) {
  return kind_ == TextKind::kText ? below_->Read(out) : ReadUtf16(out);
}

std::size_t TextStream::ReadUtf16(std::span<char> out) {
  while (used_ == text_.size() && !ended_) {
    text_.clear();
    used_ = 0;
    const std::size_t got = below_->Read(std::span(raw_).subspan(carried_));
    if (got == 0) {
      ended_ = true;
      Finish();
    } else {
      Convert(carried_ + got);
    }
  }
  const std::size_t size = std::min(out.size(), text_.size() - used_);
  std::memcpy(out.data(), text_.data() + used_, size);
  used_ += size;
  return size;
}

void TextStream::Convert(std::size_t size) {
  const std::size_t high = kind_ == TextKind::kUtf16Le ? 1 : 0;
  std::size_t at = 0;
  for (; at + 1 < size; at += 2) {
    Unit(static_cast<std::uint32_t>(
        static_cast<unsigned char>(raw_[at + high]) << 8 |
        static_cast<unsigned char>(raw_[at + 1 - high])));
  }
  carried_ = size - at;
  if (carried_ > 0) raw_[0] = raw_[at];
}

void TextStream::Unit(std::uint32_t unit) {
  if (high_ != 0) {
    const std::uint32_t high = high_;
    high_ = 0;
    if (IsLow(unit)) {
      return Append(0x10000 + ((high & 0x3FF) << 10) + (unit & 0x3FF));
    }
    Append(exact_ ? high : kReplacement);
  }
  if (IsHigh(unit)) {
    high_ = unit;
  } else {
    Append(IsLow(unit) && !exact_ ? kReplacement : unit);
  }
}

void TextStream::Finish() {
  if (high_ != 0) Append(exact_ ? high_ : kReplacement);
  if (carried_ > 0) Append(kReplacement);
  high_ = 0;
  carried_ = 0;
}

void TextStream::Append(std::uint32_t code) {
  const auto tail = [](std::uint32_t bits) {
    return static_cast<char>(0x80 | (bits & 0x3F));
  };
  if (code < 0x80) {
    text_.push_back(static_cast<char>(code));
  } else if (code < 0x800) {
    text_.append({static_cast<char>(0xC0 | code >> 6), tail(code)});
  } else if (code < 0x10000) {
    text_.append(
        {static_cast<char>(0xE0 | code >> 12), tail(code >> 6), tail(code)});
  } else {
    text_.append({static_cast<char>(0xF0 | code >> 18), tail(code >> 12),
                  tail(code >> 6), tail(code)});
  }
}

}  // namespace logspill
