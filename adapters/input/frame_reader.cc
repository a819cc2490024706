#include "adapters/input/frame_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "adapters/input/sniff.h"

namespace logspill {
namespace {

constexpr std::size_t kSkippableHeader = 8;
constexpr std::uint64_t kXzPadding = 4;  // zeros behind xz come in fours

std::uint32_t LittleEndian32(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) {
    value = value << 8 | static_cast<unsigned char>(bytes[i]);
  }
  return value;
}

}  // namespace

FrameReader::FrameReader(Codec first, InputContext* context)
    : context_(context),
      codec_(first),
      decoder_codec_(first),
      buffer_(kLinkBytes) {}

std::size_t FrameReader::Read(const Pull& pull, std::span<char> out) {
  while (state_ != State::kEnd) {
    std::size_t got = 0;
    switch (state_) {
      case State::kBetween:
        StartFrame(pull);
        break;
      case State::kSkip:
        SkipSome(pull);
        break;
      case State::kFrame:
        got = DecodeSome(pull, out);
        break;
      case State::kTrailing:
        got = TakeTrailing(pull, out);
        break;
      case State::kEnd:
        break;
    }
    if (got > 0) return got;
  }
  return 0;
}

bool FrameReader::Refill(const Pull& pull) {
  if (below_ended_) return false;
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  const std::size_t got = pull(std::span(buffer_).subspan(end_));
  below_ended_ = got == 0;
  end_ += got;
  taken_ += got;
  return got > 0;
}

bool FrameReader::Want(const Pull& pull, std::size_t bytes) {
  while (rest().size() < bytes) {
    if (!Refill(pull)) return false;
  }
  return true;
}

void FrameReader::StartFrame(const Pull& pull) {
  if (!first_ && !PassZeros(pull)) return EndBetween();
  Want(pull, kMagicBytes);
  if (StartSkippable()) return;
  const std::optional<Codec> codec =
      first_ ? std::optional(codec_) : SniffFrame(rest());
  if (codec) {
    codec_ = *codec;
    if (decoder_ == nullptr || decoder_codec_ != codec_) {
      decoder_ = MakeDecoder(codec_, context_->options().max_decoder_bytes);
      decoder_codec_ = codec_;
    }
    decoder_->Start();
    first_ = false;
    zeros_ = 0;
    state_ = State::kFrame;
  } else if (below_ended_ && IsPartOfMagic(rest())) {
    ReportTruncated();
  } else {
    context_->Report(InputEvent::Kind::kWarning, "trailing-data",
                     fmt::format("bytes that are not {} follow at byte {}; "
                                 "scanned as they are",
                                 Name(codec_), position()));
    state_ = State::kTrailing;
  }
}

// False where nothing but zeros is left.
bool FrameReader::PassZeros(const Pull& pull) {
  while (Want(pull, 1)) {
    const std::string_view bytes = rest();
    const std::size_t zeros =
        std::min(bytes.find_first_not_of('\0'), bytes.size());
    begin_ += zeros;
    zeros_ += zeros;
    if (zeros < bytes.size()) return true;
  }
  return false;
}

void FrameReader::EndBetween() {
  state_ = State::kEnd;
  const bool padding = codec_ == Codec::kXz && zeros_ % kXzPadding == 0;
  if (zeros_ > 0 && !padding) {
    context_->Report(
        InputEvent::Kind::kWarning, "trailing-data",
        fmt::format("{} zero bytes follow the {} data", zeros_, Name(codec_)));
  }
}

bool FrameReader::StartSkippable() {
  if (!IsSkippableFrame(rest())) return false;
  if (rest().size() < kSkippableHeader) {
    ReportTruncated();
    return true;
  }
  skip_ = LittleEndian32(rest().substr(4));
  begin_ += kSkippableHeader;
  state_ = State::kSkip;
  return true;
}

void FrameReader::SkipSome(const Pull& pull) {
  while (skip_ > 0) {
    if (!Want(pull, 1)) return ReportTruncated();
    const auto some = std::min<std::uint64_t>(skip_, rest().size());
    begin_ += static_cast<std::size_t>(some);
    skip_ -= some;
  }
  first_ = false;
  state_ = State::kBetween;
}

std::size_t FrameReader::DecodeSome(const Pull& pull, std::span<char> out) {
  std::size_t done = 0;
  while (state_ == State::kFrame && done < out.size()) {
    if (rest().empty()) Refill(pull);
    const Decoder::Step step =
        decoder_->Decode({rest().data(), rest().size()}, out.subspan(done));
    begin_ += step.consumed;
    done += step.produced;
    if (step.produced > 0 && !context_->Expand(step.produced)) {
      state_ = State::kEnd;
      damaged_ = true;
    } else if (!Handle(step) && !Refill(pull)) {
      ReportTruncated();
    }
  }
  return done;
}

// False where the step got nowhere for want of input.
bool FrameReader::Handle(const Decoder::Step& step) {
  using Status = Decoder::Status;
  switch (step.status) {
    case Status::kRunning:
      return step.consumed > 0 || step.produced > 0;
    case Status::kFrameEnd:
      state_ = State::kBetween;
      break;
    case Status::kCorrupt:
      Fail(InputEvent::Kind::kIncomplete, "corrupt",
           fmt::format("{} data is damaged before byte {}", Name(codec_),
                       position()));
      break;
    case Status::kChecksum:
      Fail(InputEvent::Kind::kIncomplete, "checksum",
           fmt::format("{} data fails its integrity check before byte {}",
                       Name(codec_), position()));
      break;
    case Status::kTooLarge:
      Fail(InputEvent::Kind::kIncomplete, "limit",
           fmt::format("{} data asks for more memory than {} bytes to decode",
                       Name(codec_), context_->options().max_decoder_bytes));
      break;
  }
  return true;
}

std::size_t FrameReader::TakeTrailing(const Pull& pull, std::span<char> out) {
  if (!Want(pull, 1)) {
    state_ = State::kEnd;
    return 0;
  }
  const std::size_t size = std::min(out.size(), rest().size());
  std::memcpy(out.data(), rest().data(), size);
  begin_ += size;
  return size;
}

void FrameReader::Fail(InputEvent::Kind kind, std::string_view reason,
                       std::string detail) {
  state_ = State::kEnd;
  damaged_ = true;
  context_->Report(kind, reason, std::move(detail),
                   context_->bytes_left() + rest().size());
}

void FrameReader::ReportTruncated() {
  state_ = State::kEnd;
  const bool known = below_ != nullptr && below_->damaged();
  if (!known && !context_->stopped()) {
    context_->Report(
        InputEvent::Kind::kIncomplete, "truncated",
        fmt::format("{} data ends early at byte {}", Name(codec_), taken_));
  }
  damaged_ = true;
}

}  // namespace logspill
