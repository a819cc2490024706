#include "adapters/input/text_judge.h"

#include <algorithm>
#include <optional>

namespace logspill {
namespace {

constexpr std::size_t kUtf16Bytes = 8 << 10;  // enough to tell
constexpr std::size_t kNulRun = 8;            // so many are a hole, not data
constexpr int kMaxMessageDepth = 1;

unsigned char Byte(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

// The control bytes that logs hold: \b \t \n \v \f \r and ESC.
bool IsLogControl(unsigned char c) { return (c >= 8 && c <= 13) || c == 27; }
bool IsControl(unsigned char c) {
  return (c < 32 && !IsLogControl(c)) || c == 127;
}
bool IsAsciiText(unsigned char c) {
  return (c >= 32 && c < 127) || IsLogControl(c);
}

struct Utf16Count {
  std::size_t units = 0;  // but for zeros
  std::size_t ascii = 0;  // text characters
  std::size_t control = 0;
};

Utf16Count CountUtf16(std::string_view text, std::size_t high) {
  Utf16Count count;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    const unsigned char top = Byte(text, i + high);
    const unsigned char low = Byte(text, i + 1 - high);
    if (top == 0 && low == 0) continue;
    ++count.units;
    if (top != 0) continue;
    if (IsAsciiText(low)) ++count.ascii;
    if (IsControl(low)) ++count.control;
  }
  return count;
}

// Log lines of any language hold ASCII digits, blanks and line ends: two in
// five units are enough.
bool LooksLikeUtf16(std::string_view text, std::size_t high) {
  const Utf16Count count = CountUtf16(text.substr(0, kUtf16Bytes), high);
  return count.units >= 4 && count.ascii * 5 >= count.units * 2 &&
         count.control * 50 <= count.units;
}

// A byte order mark in front of plain lines marks nothing: it is damage, or a
// way to hide them.  Of UTF-16 at most every other byte is an ASCII character.
bool IsPlainBehindMark(std::string_view text) {
  const auto ascii = static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(),
      [](char c) { return IsAsciiText(static_cast<unsigned char>(c)); }));
  return !text.empty() && ascii * 10 >= text.size() * 9;
}

struct ByteCount {
  std::size_t data = 0;  // bytes that are not NUL
  std::size_t control = 0;
  std::size_t lone_nuls = 0;  // outside of holes
};

ByteCount CountBytes(std::string_view text) {
  ByteCount count;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '\0') {
      ++count.data;
      if (IsControl(Byte(text, i))) ++count.control;
      ++i;
      continue;
    }
    const std::size_t end =
        std::min(text.find_first_not_of('\0', i), text.size());
    if (end - i < kNulRun) count.lone_nuls += end - i;
    i = end;
  }
  return count;
}

// Random bytes hold 10 % of control bytes, programs more; logs under 1 %.
bool LooksBinary(std::string_view text) {
  const ByteCount count = CountBytes(text);
  return count.control * 33 > count.data || count.lone_nuls * 5 > count.data;
}

std::optional<std::uint64_t> TakeVarint(std::string_view* text) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && !text->empty(); shift += 7) {
    const unsigned char byte = Byte(*text, 0);
    text->remove_prefix(1);
    value |= std::uint64_t{byte & 0x7fu} << shift;
    if ((byte & 0x80) == 0) return value;
  }
  return std::nullopt;
}

struct MessageCount {
  std::size_t fields = 0;
  std::size_t texts = 0;  // fields that hold readable text
};

bool IsReadable(std::string_view text) {
  return text.size() >= 4 && std::all_of(text.begin(), text.end(), [](char c) {
           return IsAsciiText(static_cast<unsigned char>(c));
         });
}

// Reads one field; false where the bytes cannot be one.  A field that runs out
// of a prefix is good.
bool TakeField(std::string_view* text, bool whole, int depth,
               MessageCount* count);

bool TakeFields(std::string_view text, bool whole, int depth,
                MessageCount* count) {
  while (!text.empty()) {
    if (!TakeField(&text, whole, depth, count)) return false;
  }
  return true;
}

bool TakeBytes(std::string_view* text, std::size_t size, bool whole) {
  if (size > text->size() && whole) return false;
  text->remove_prefix(std::min(size, text->size()));
  return true;
}

bool TakeField(std::string_view* text, bool whole, int depth,
               MessageCount* count) {
  const auto tag = TakeVarint(text);
  if (!tag) return !whole && text->empty();
  const std::uint64_t field = *tag >> 3;
  if (field == 0 || field > 1000) return false;
  ++count->fields;
  switch (*tag & 7) {
    case 0:
      return TakeVarint(text).has_value() || (!whole && text->empty());
    case 1:
      return TakeBytes(text, 8, whole);
    case 5:
      return TakeBytes(text, 4, whole);
    case 2:
      break;
    default:
      return false;
  }
  const auto size = TakeVarint(text);
  if (!size) return !whole && text->empty();
  if (*size > (std::uint64_t{1} << 28)) return false;
  const std::string_view value = text->substr(0, *size);
  if (IsReadable(value)) {
    ++count->texts;
  } else if (depth > 0) {
    MessageCount inner;
    if (TakeFields(value, whole || value.size() == *size, depth - 1, &inner)) {
      count->fields += inner.fields;
      count->texts += inner.texts;
    }
  }
  return TakeBytes(text, *size, whole);
}

bool TakeDelimited(std::string_view text, bool whole, MessageCount* count) {
  std::size_t messages = 0;
  while (!text.empty()) {
    const auto size = TakeVarint(&text);
    if (!size) return !whole && messages > 1;
    if (*size == 0 || (whole && *size > text.size())) return false;
    const std::string_view message = text.substr(0, *size);
    if (!TakeFields(message, whole || message.size() == *size, 0, count)) {
      return false;
    }
    text.remove_prefix(message.size());
    ++messages;
  }
  return messages > 1;
}

}  // namespace

TextJudgement JudgeText(std::string_view prefix) {
  if (prefix.starts_with("\xEF\xBB\xBF")) return {TextKind::kText, 3};
  const bool little = prefix.starts_with("\xFF\xFE");
  if ((little || prefix.starts_with("\xFE\xFF")) &&
      !IsPlainBehindMark(prefix.substr(2, kUtf16Bytes))) {
    return {little ? TextKind::kUtf16Le : TextKind::kUtf16Be, 2};
  }
  // What a preallocated log has in front; an even number, to keep the units.
  const std::size_t data = prefix.find_first_not_of('\0');
  if (data == std::string_view::npos) return {};
  const std::string_view text = prefix.substr(data & ~std::size_t{1});
  if (text.find('\0') != std::string_view::npos) {
    if (LooksLikeUtf16(text, 1)) return {TextKind::kUtf16Le, 0};
    if (LooksLikeUtf16(text, 0)) return {TextKind::kUtf16Be, 0};
  }
  if (LooksBinary(text)) return {TextKind::kBinary, 0};
  return {};
}

bool LooksLikeProtobuf(std::string_view bytes, bool whole) {
  MessageCount count;
  if (TakeFields(bytes, whole, kMaxMessageDepth, &count) && count.fields >= 3 &&
      count.texts > 0) {
    return true;
  }
  count = {};
  return TakeDelimited(bytes, whole, &count) && count.fields >= 3 &&
         count.texts > 0;
}

bool IsPlainLine(std::string_view bytes) {
  const std::size_t end = bytes.find('\n');
  if (end == std::string_view::npos) return false;
  return std::all_of(bytes.begin(), bytes.end(), [](char c) {
    return IsAsciiText(static_cast<unsigned char>(c));
  });
}

}  // namespace logspill
