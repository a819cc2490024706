#include "scanner/base/mark.h"

#include <algorithm>
#include <cstring>

#include "scanner/base/hex.h"

namespace logspill {
namespace {

constexpr std::size_t kMaxDomain = 253;  // RFC 1035
constexpr std::size_t kMaxNetwork = 48;  // "x:x:x:x:x:x:x:x/128" and more
constexpr std::string_view kOpening[] = {"[", "%5B", "%5b", "%255B", "%255b"};

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return IsLower(static_cast<char>(c | 0x20)); }

bool AllOf(std::string_view text, bool (*test)(char)) {
  return !text.empty() && std::all_of(text.begin(), text.end(), test);
}

bool IsKindByte(char c) {
  return IsLower(c) || IsDigit(c) || c == '.' || c == '-';
}

bool IsLowerHex(char c) { return HexBit(c) != 0 && !(c >= 'A' && c <= 'F'); }

bool IsToken(std::string_view detail) {
  return detail.size() == kKeyIdDigits + 1 + kTokenDigits &&
         detail[kKeyIdDigits] == '.' &&
         AllOf(detail.substr(0, kKeyIdDigits), IsLowerHex) &&
         AllOf(detail.substr(kKeyIdDigits + 1), IsLowerHex);
}

bool IsKept(std::string_view detail) {
  if (detail.starts_with('*')) {
    detail.remove_prefix(1);
  } else if (detail.ends_with('*')) {
    detail.remove_suffix(1);
  } else {
    return false;
  }
  return detail.size() <= kMaxKept && AllOf(detail, MayShow);
}

bool IsDomain(std::string_view detail) {
  if (!detail.starts_with('@')) return false;
  detail.remove_prefix(1);
  return detail.size() <= kMaxDomain && AllOf(detail, [](char c) {
           return IsLetter(c) || IsDigit(c) || c == '.' || c == '-';
         });
}

bool IsNetwork(std::string_view detail) {
  const std::size_t slash = detail.find('/');
  if (slash == std::string_view::npos || detail.size() > kMaxNetwork) {
    return false;
  }
  return AllOf(detail.substr(slash + 1), IsDigit) &&
         AllOf(detail.substr(0, slash),
               [](char c) { return IsLowerHex(c) || c == '.' || c == ':'; });
}

// Behind the opening bracket: the kind, then what the mark says of the value.
struct Inside {
  std::string_view kind;
  std::string_view detail;  // behind the colon
  std::size_t size = 0;     // of all; 0: no mark
};

Inside Read(std::string_view text, const MarkKinds& kinds) {
  std::size_t at = 0;
  while (at < text.size() && IsKindByte(text[at])) ++at;
  Inside inside{text.substr(0, at), {}, 0};
  if (at < 2 || !kinds.Has(inside.kind)) return inside;
  std::size_t end = at;
  if (at < text.size() && text[at] == '*') {
    while (end < text.size() && text[end] == '*') ++end;
  } else if (at < text.size() && text[at] == ':') {
    while (end < text.size() && text[end] != ']' && text[end] != '%') ++end;
    inside.detail = text.substr(at + 1, end - at - 1);
    const std::string_view detail = inside.detail;
    const bool known = IsToken(detail) || IsKept(detail) ||
                       (inside.kind == "email" && IsDomain(detail)) ||
                       (inside.kind.starts_with("ipv") && IsNetwork(detail));
    if (!known) return inside;
  }
  inside.size = end;
  return inside;
}

// Reads a mark whose first byte is text[0].
Inside ReadMark(std::string_view text, const MarkKinds& kinds) {
  for (const std::string_view opening : kOpening) {
    if (!text.starts_with(opening)) continue;
    Inside inside = Read(text.substr(opening.size()), kinds);
    if (inside.size == 0) return {};
    const std::size_t size = opening.size() + inside.size;
    const std::string_view rest = text.substr(size, opening.size());
    // "]" and "%5D" differ from the opening in their last byte.
    const std::string_view stem = opening.substr(0, opening.size() - 1);
    if (rest.size() != opening.size() || !rest.starts_with(stem)) return {};
    const char last = rest.back();
    const bool closes =
        stem.empty() ? last == ']' : (last == 'D' || last == 'd');
    if (!closes) return {};
    inside.size = size + opening.size();
    return inside;
  }
  return {};
}

}  // namespace

bool MayShow(char c) {
  return IsLetter(c) || IsDigit(c) ||
         (c != '\0' && std::strchr(".-_+@/", c) != nullptr);
}

MarkKinds::MarkKinds(std::vector<std::string> kinds)
    : kinds_(std::move(kinds)) {
  std::sort(kinds_.begin(), kinds_.end());
  kinds_.erase(std::unique(kinds_.begin(), kinds_.end()), kinds_.end());
}

bool MarkKinds::Has(std::string_view kind) const {
  return std::binary_search(kinds_.begin(), kinds_.end(), kind);
}

std::size_t MarkAt(std::string_view text, std::size_t at,
                   const MarkKinds& kinds) {
  return ReadMark(text.substr(at, kMaxMarkBytes), kinds).size;
}

bool LiesInMark(std::string_view text, Span value, const MarkKinds& kinds) {
  // No mark holds a bracket, so the nearest one opens it.
  const std::size_t from =
      value.begin > kMaxMarkBytes ? value.begin - kMaxMarkBytes : 0;
  const std::size_t size = std::min<std::size_t>(value.begin + 1, text.size());
  for (const char bracket : {'[', '%'}) {
    const void* found = memrchr(text.data() + from, bracket, size - from);
    if (found == nullptr) continue;
    const auto at =
        static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
    // Nor does one hold its closing bracket before its end.
    if (bracket == '[' && value.begin > at &&
        std::memchr(text.data() + at, ']', value.begin - at) != nullptr) {
      continue;
    }
    if (at + MarkAt(text, at, kinds) >= value.end) return true;
  }
  return false;
}

std::string_view KeyIdOfMark(std::string_view text, std::size_t at,
                             const MarkKinds& kinds) {
  const Inside inside = ReadMark(text.substr(at, kMaxMarkBytes), kinds);
  if (inside.size == 0 || !IsToken(inside.detail)) return {};
  return inside.detail.substr(0, kKeyIdDigits);
}

}  // namespace logspill
