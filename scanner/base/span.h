// A half-open range of bytes, [begin, end), relative to whatever its owner
// says: a block, a record, a decoded text.

#pragma once

#include <cstdint>
#include <string_view>

namespace logspill {

struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool Overlaps(const Span& other) const {
    return begin < other.end && other.begin < end;
  }
  bool Contains(const Span& other) const {
    return begin <= other.begin && other.end <= end;
  }
  std::string_view Of(std::string_view text) const {
    return text.substr(begin, end - begin);
  }
  friend bool operator==(const Span&, const Span&) = default;
};

}  // namespace logspill
