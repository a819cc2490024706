#include "scanner/base/decoded_view.h"

#include <algorithm>

#include "scanner/base/key.h"

namespace logspill {
namespace {

constexpr int kMaxPercentDepth = 2;

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The four digits of \uXXXX at `at`, or -1.
int HexQuad(std::string_view text, std::size_t at) {
  if (at + 4 > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + 4; ++i) {
    const int digit = HexDigit(text[i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

struct Escape {
  std::size_t size = 0;  // raw bytes it takes; 0: no escape stands here
  char bytes[4] = {};
  std::size_t count = 0;
};

void PutUtf8(std::uint32_t code, Escape* escape) {
  const auto put = [escape](std::uint32_t byte) {
    escape->bytes[escape->count++] = static_cast<char>(byte);
  };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

// \uXXXX at the backslash `at`; a surrogate counts only with its other half.
Escape UnicodeEscape(std::string_view text, std::size_t at) {
  Escape escape;
  const int first = HexQuad(text, at + 2);
  if (first < 0 || (first >= 0xDC00 && first < 0xE000)) return escape;
  if (first < 0xD800 || first >= 0xE000) {
    escape.size = 6;
    PutUtf8(static_cast<std::uint32_t>(first), &escape);
    return escape;
  }
  if (text.substr(at + 6, 2) != "\\u") return escape;
  const int second = HexQuad(text, at + 8);
  if (second < 0xDC00 || second >= 0xE000) return escape;
  escape.size = 12;
  PutUtf8(static_cast<std::uint32_t>(0x10000 + ((first - 0xD800) << 10) +
                                     (second - 0xDC00)),
          &escape);
  return escape;
}

Escape JsonEscape(std::string_view text, std::size_t at) {
  if (text[at] != '\\' || at + 1 >= text.size()) return {};
  static constexpr std::string_view kNames = "\"\\/bfnrt";
  static constexpr std::string_view kBytes = "\"\\/\b\f\n\r\t";
  if (text[at + 1] == 'u') return UnicodeEscape(text, at);
  const std::size_t name = kNames.find(text[at + 1]);
  if (name == std::string_view::npos) return {};
  Escape escape;
  escape.size = 2;
  escape.bytes[escape.count++] = kBytes[name];
  return escape;
}

Escape PercentEscape(std::string_view text, std::size_t at) {
  if (text[at] != '%' || at + 2 >= text.size()) return {};
  const int high = HexDigit(text[at + 1]);
  const int low = HexDigit(text[at + 2]);
  if (high < 0 || low < 0) return {};
  Escape escape;
  escape.size = 3;
  escape.bytes[escape.count++] = static_cast<char>(high * 16 + low);
  return escape;
}

// ESC [ parameters final: taken away as a whole.
Escape ColourEscape(std::string_view text, std::size_t at) {
  if (text[at] != '\x1b' || at + 1 >= text.size() || text[at + 1] != '[') {
    return {};
  }
  std::size_t end = at + 2;
  while (end < text.size() && text[end] >= 0x20 && text[end] < 0x40) ++end;
  if (end >= text.size() || text[end] < 0x40 || text[end] > 0x7e) return {};
  Escape escape;
  escape.size = end + 1 - at;
  return escape;
}

// Rewrites the text in place: an escape is never shorter than what it stands
// for.
template <typename Find>
bool Rewrite(std::string* text, std::vector<std::uint32_t>* begin,
             std::vector<std::uint32_t>* end, char lead, Find find) {
  std::size_t in = text->find(lead);
  if (in == std::string::npos) return false;
  std::size_t out = in;
  bool changed = false;
  while (in < text->size()) {
    const Escape escape =
        (*text)[in] == lead ? find(std::string_view(*text), in) : Escape{};
    if (escape.size == 0) {
      (*text)[out] = (*text)[in];
      (*begin)[out] = (*begin)[in];
      (*end)[out++] = (*end)[in++];
      continue;
    }
    changed = true;
    const std::uint32_t first = (*begin)[in];
    const std::uint32_t last = (*end)[in + escape.size - 1];
    for (std::size_t i = 0; i < escape.count; ++i) {
      (*text)[out] = escape.bytes[i];
      (*begin)[out] = first;
      (*end)[out++] = last;
    }
    in += escape.size;
  }
  Wipe(text->data() + out, text->size() - out);
  text->resize(out);
  begin->resize(out);
  end->resize(out);
  return changed;
}

}  // namespace

DecodedView::~DecodedView() { Wipe(&text_); }

bool DecodedView::MayHoldEscapes(std::string_view raw) {
  return raw.find_first_of("\\%\x1b") != std::string_view::npos;
}

bool DecodedView::Decode(std::string_view raw) {
  Wipe(&text_);
  begin_.clear();
  end_.clear();
  if (!MayHoldEscapes(raw)) return false;
  text_.assign(raw);
  begin_.resize(raw.size());
  end_.resize(raw.size());
  for (std::uint32_t i = 0; i < raw.size(); ++i) {
    begin_[i] = i;
    end_[i] = i + 1;
  }
  bool changed = StripColour();
  for (int depth = 0; depth < kMaxDepth && UnescapeJson(); ++depth)
    changed = true;
  for (int depth = 0; depth < kMaxPercentDepth && UnescapePercent(); ++depth) {
    changed = true;
  }
  if (!changed) {
    Wipe(&text_);
    begin_.clear();
    end_.clear();
  }
  return changed;
}

bool DecodedView::StripColour() {
  return Rewrite(&text_, &begin_, &end_, '\x1b', ColourEscape);
}

bool DecodedView::UnescapeJson() {
  return Rewrite(&text_, &begin_, &end_, '\\', JsonEscape);
}

bool DecodedView::UnescapePercent() {
  return Rewrite(&text_, &begin_, &end_, '%', PercentEscape);
}

Span DecodedView::ToRaw(Span decoded) const {
  if (decoded.empty()) {
    const std::uint32_t at = decoded.begin < begin_.size()
                                 ? begin_[decoded.begin]
                             : end_.empty() ? 0
                                            : end_.back();
    return {at, at};
  }
  return {begin_[decoded.begin], end_[decoded.end - 1]};
}

std::uint32_t DecodedView::FromRaw(std::uint32_t raw) const {
  return static_cast<std::uint32_t>(
      std::upper_bound(end_.begin(), end_.end(), raw) - end_.begin());
}

bool DecodedView::Changed(Span decoded) const {
  return ToRaw(decoded).size() != decoded.size();
}

}  // namespace logspill
