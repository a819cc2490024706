#include "adapters/output/redacted_log.h"

#include <fmt/format.h>

namespace logspill {
namespace {

// Bytes of the UTF-8 character that `first` begins; 1 for what begins none.
std::size_t CharacterSize(unsigned char first) {
  if (first >= 0xF0) return 4;
  if (first >= 0xE0) return 3;
  return first >= 0xC0 ? 2 : 1;
}

std::uint32_t CodePoint(std::string_view bytes) {
  auto code = static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[0]));
  if (bytes.size() == 1) return code;
  code &= 0xFFU >> (bytes.size() + 1);
  for (const char c : bytes.substr(1)) {
    code = code << 6 | (static_cast<std::uint32_t>(c) & 0x3F);
  }
  return code;
}

void AppendUnit(std::uint32_t unit, bool big_endian, std::string* out) {
  const char high = static_cast<char>(unit >> 8 & 0xFF);
  const char low = static_cast<char>(unit & 0xFF);
  out->push_back(big_endian ? high : low);
  out->push_back(big_endian ? low : high);
}

}  // namespace

void AppendUtf16(std::string_view text, bool big_endian, std::string* carry,
                 std::string* out) {
  carry->append(text);
  std::string_view rest = *carry;
  out->reserve(out->size() + rest.size() * 2);
  while (!rest.empty()) {
    const std::size_t size =
        CharacterSize(static_cast<unsigned char>(rest.front()));
    if (size > rest.size()) break;
    const std::uint32_t code = CodePoint(rest.substr(0, size));
    rest.remove_prefix(size);
    if (code < 0x10000) {
      AppendUnit(code, big_endian, out);
    } else {
      AppendUnit(0xD800 + ((code - 0x10000) >> 10), big_endian, out);
      AppendUnit(0xDC00 + ((code - 0x10000) & 0x3FF), big_endian, out);
    }
  }
  carry->erase(0, carry->size() - rest.size());
}

bool RedactedLog::Begin(const Member& member) {
  member_ = member;
  carry_.clear();
  if (form_ == Form::kAsRead) {
    if (!member.name.empty()) {
      error_ = "is an archive, which is not written again; extract it first";
      return false;
    }
    if (!member.compression.empty()) {
      compressor_ = MakeCompressor(member.compression);
      if (compressor_ == nullptr) {
        error_ = fmt::format("is compressed with {}, which is not written",
                             member.compression);
        return false;
      }
    }
  }
  if (member.bom_bytes == 0) return true;
  return WriteEncoded(member.encoding == TextEncoding::kUtf16
                          ? (member.big_endian ? "\xFE\xFF" : "\xFF\xFE")
                          : "\xEF\xBB\xBF");
}

bool RedactedLog::Write(std::string_view bytes) {
  if (member_.encoding != TextEncoding::kUtf16) return WriteEncoded(bytes);
  encoded_.clear();
  AppendUtf16(bytes, member_.big_endian, &carry_, &encoded_);
  return WriteEncoded(encoded_);
}

bool RedactedLog::WriteEncoded(std::string_view bytes) {
  if (!error_.empty()) return false;
  if (compressor_ != nullptr) {
    packed_.clear();
    auto added = compressor_->Add(bytes, &packed_);
    if (!added) error_ = added.error().message;
    bytes = packed_;
  }
  const bool written = error_.empty() && (bytes.empty() || out_->Write(bytes));
  return written && (!flush_ || out_->Flush());
}

bool RedactedLog::Finish() {
  if (compressor_ == nullptr || !error_.empty()) return error_.empty();
  packed_.clear();
  auto finished = compressor_->Finish(&packed_);
  compressor_.reset();
  if (!finished) error_ = finished.error().message;
  return finished.ok() && (packed_.empty() || out_->Write(packed_));
}

}  // namespace logspill
