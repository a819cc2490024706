#include "tests/naive/naive_decoder.h"

#include <cstdint>
#include <optional>

namespace logspill::naive {
namespace {

using Bytes = std::vector<DecodedByte>;

constexpr int kJsonDepth = 3;
constexpr int kPercentDepth = 2;

std::optional<std::uint32_t> HexNumber(const Bytes& in, std::size_t at,
                                       std::size_t digits) {
  if (at + digits > in.size()) return std::nullopt;
  std::uint32_t number = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    const char c = in[i].byte;
    if (c >= '0' && c <= '9') {
      number = number * 16 + static_cast<std::uint32_t>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      number = number * 16 + static_cast<std::uint32_t>(c - 'a' + 10);
    } else if (c >= 'A' && c <= 'F') {
      number = number * 16 + static_cast<std::uint32_t>(c - 'A' + 10);
    } else {
      return std::nullopt;
    }
  }
  return number;
}

std::string Utf8(std::uint32_t code) {
  const auto tail = [code](int shift) {
    return static_cast<char>(0x80 | ((code >> shift) & 0x3F));
  };
  if (code < 0x80) return {static_cast<char>(code)};
  if (code < 0x800) return {static_cast<char>(0xC0 | (code >> 6)), tail(0)};
  if (code < 0x10000) {
    return {static_cast<char>(0xE0 | (code >> 12)), tail(6), tail(0)};
  }
  return {static_cast<char>(0xF0 | (code >> 18)), tail(12), tail(6), tail(0)};
}

// What an escape stands for, and how many bytes it takes.
struct Escape {
  std::string text;
  std::size_t size = 0;
};

// A number of four hexadecimal digits behind `\u`, or a pair of them.
std::optional<Escape> UnicodeEscape(const Bytes& in, std::size_t at) {
  const auto first = HexNumber(in, at + 2, 4);
  if (!first) return std::nullopt;
  if (*first < 0xD800 || *first > 0xDFFF) return Escape{Utf8(*first), 6};
  if (*first > 0xDBFF || at + 8 > in.size()) return std::nullopt;
  if (in[at + 6].byte != '\\' || in[at + 7].byte != 'u') return std::nullopt;
  const auto second = HexNumber(in, at + 8, 4);
  if (!second || *second < 0xDC00 || *second > 0xDFFF) return std::nullopt;
  return Escape{Utf8(0x10000 + ((*first - 0xD800) << 10) + (*second - 0xDC00)),
                12};
}

std::optional<Escape> JsonEscape(const Bytes& in, std::size_t at) {
  if (in[at].byte != '\\' || at + 1 >= in.size()) return std::nullopt;
  switch (in[at + 1].byte) {
    case '"':
    case '\\':
    case '/':
      return Escape{{in[at + 1].byte}, 2};
    case 'b':
      return Escape{"\b", 2};
    case 'f':
      return Escape{"\f", 2};
    case 'n':
      return Escape{"\n", 2};
    case 'r':
      return Escape{"\r", 2};
    case 't':
      return Escape{"\t", 2};
    case 'u':
      return UnicodeEscape(in, at);
    default:
      return std::nullopt;
  }
}

std::optional<Escape> PercentEscape(const Bytes& in, std::size_t at) {
  if (in[at].byte != '%') return std::nullopt;
  const auto code = HexNumber(in, at + 1, 2);
  if (!code) return std::nullopt;
  return Escape{{static_cast<char>(static_cast<unsigned char>(*code))}, 3};
}

// ESC '[' parameters '@'..'~'
std::optional<Escape> ColourEscape(const Bytes& in, std::size_t at) {
  if (in[at].byte != '\x1b' || at + 1 >= in.size()) return std::nullopt;
  if (in[at + 1].byte != '[') return std::nullopt;
  std::size_t end = at + 2;
  while (end < in.size() && in[end].byte >= 0x20 && in[end].byte <= 0x3F) {
    ++end;
  }
  if (end >= in.size() || in[end].byte < 0x40 || in[end].byte > 0x7E) {
    return std::nullopt;
  }
  return Escape{"", end + 1 - at};
}

// One pass over `bytes` with one kind of escape; false where there was none.
template <typename Reader>
bool Replace(Bytes* bytes, Reader reader) {
  Bytes out;
  bool changed = false;
  for (std::size_t at = 0; at < bytes->size();) {
    const std::optional<Escape> escape = reader(*bytes, at);
    if (!escape) {
      out.push_back((*bytes)[at++]);
      continue;
    }
    const Span raw{(*bytes)[at].raw.begin,
                   (*bytes)[at + escape->size - 1].raw.end};
    for (const char c : escape->text) out.push_back({c, raw});
    at += escape->size;
    changed = true;
  }
  if (changed) bytes->swap(out);
  return changed;
}

}  // namespace

Decoded Decode(std::string_view record) {
  Decoded decoded;
  Bytes bytes;
  for (std::uint32_t i = 0; i < record.size(); ++i) {
    bytes.push_back({record[i], {i, i + 1}});
  }
  decoded.changed = Replace(&bytes, ColourEscape);
  for (int i = 0; i < kJsonDepth && Replace(&bytes, JsonEscape); ++i) {
    decoded.changed = true;
  }
  for (int i = 0; i < kPercentDepth && Replace(&bytes, PercentEscape); ++i) {
    decoded.changed = true;
  }
  if (!decoded.changed) return decoded;
  for (const DecodedByte& byte : bytes) {
    decoded.text += byte.byte;
    decoded.raw.push_back(byte.raw);
  }
  return decoded;
}

}  // namespace logspill::naive
