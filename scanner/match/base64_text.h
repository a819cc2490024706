// Text that stands in base 64: runs of either alphabet (RFC 4648, sections 4
// and 5), padded or not, that decode to text.
//
// A run may begin with bytes that do not belong to it (a path's segment), so
// every phase of its quanta is tried; what decodes to text in one of them is a
// stretch.
//
// Threads:   pure functions.
// Cost:      each byte of the text is looked at once, each of a run five times;
//            a run's stretches are decoded once.
// Units:     offsets are in bytes.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/span.h"

namespace logspill {

// Shorter ones are names, ids and words far more often.
inline constexpr std::uint32_t kMinBase64 = 24;

// How a value's span holds it.
struct Base64Place {
  bool is_base64 = false;
  std::uint8_t back = 0;   // chars from the span's begin back to its quantum
  std::uint8_t front = 0;  // decoded bytes of that quantum before the value
  std::uint8_t tail = 0;   // decoded bytes of the span behind the value
};

struct Base64Stretch {
  std::uint32_t begin = 0;  // of its first quantum
  std::uint32_t end = 0;    // behind its last one, or its padding
  std::uint32_t bytes = 0;  // decoded

  // The quanta that hold [decoded.begin, decoded.end), and the way back.
  Span ToRaw(Span decoded) const;
  Base64Place PlaceOf(Span decoded) const;
};

// Appends the stretches of `text`, in no order, to `stretches`.
void FindBase64Text(std::string_view text,
                    std::vector<Base64Stretch>* stretches);

// `value` with the base 64 around it, at most `reach` bytes on either side.
Span WithBase64Around(std::string_view text, Span value, std::uint32_t reach);

// Appends what `chars`, whole quanta but perhaps the last, stand for.
void DecodeBase64Chars(std::string_view chars, std::string* out);

// The decoded value: a view of `scratch`.
std::string_view Base64Value(std::string_view text, Span value,
                             const Base64Place& place, std::string* scratch);

}  // namespace logspill
