// Text as a reader of the log means it, with a way back to the bytes as they
// stand: JSON escapes (also JSON inside a JSON string), percent encoding and
// ANSI colour are undone, and each decoded byte knows the input bytes that it
// came from.
//
// Lifetime:  owns its decoded text and map; wiped when it dies or is reused.
// Threads:   not thread-safe; each thread reuses one view.
// Cost:      O(bytes decoded); callers look only around a hit.
// Units:     offsets are in bytes of the raw text given to Decode().

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/span.h"

namespace logspill {

class DecodedView {
 public:
  // JSON inside JSON inside JSON; deeper escapes stay as they are.
  static constexpr int kMaxDepth = 3;

  DecodedView() = default;
  DecodedView(const DecodedView&) = delete;
  DecodedView& operator=(const DecodedView&) = delete;
  ~DecodedView();

  // True where the text holds a byte that could begin an escape.
  static bool MayHoldEscapes(std::string_view raw);

  // Decodes `raw`; false where nothing changed (text() is then empty).
  bool Decode(std::string_view raw);

  std::string_view text() const { return text_; }

  // The raw bytes that a decoded span came from.
  Span ToRaw(Span decoded) const;
  // The decoded offset of the first byte that came from `raw` or from behind
  // it.
  std::uint32_t FromRaw(std::uint32_t raw) const;
  // True where any byte of the decoded span, or an escape inside it, was
  // changed.
  bool Changed(Span decoded) const;

 private:
  bool StripColour();
  bool UnescapeJson();
  bool UnescapePercent();

  std::string text_;
  std::vector<std::uint32_t> begin_;  // raw begin of each decoded byte
  std::vector<std::uint32_t> end_;    // raw end of each decoded byte
};

}  // namespace logspill
