#include "scanner/correlate/message_text.h"

#include <algorithm>

namespace logspill {
namespace {

bool NeedsDecoding(std::string_view raw, bool escaped) {
  if (escaped && raw.find('\\') != std::string_view::npos) return true;
  return raw.find('\x1b') != std::string_view::npos;
}

}  // namespace

void MessageText::Read(std::string_view record, const RecordHeader& header) {
  const std::size_t end =
      std::min<std::size_t>(header.message_end, record.size());
  begin_ = static_cast<std::uint32_t>(
      std::min<std::size_t>(header.message_begin, end));
  std::string_view raw = record.substr(begin_, end - begin_).substr(0, kMost);
  while (!raw.empty() && (raw.back() == '\r' || raw.back() == '\n')) {
    raw.remove_suffix(1);
  }
  decoded_ = NeedsDecoding(raw, header.escaped) && view_.Decode(raw);
  text_ = decoded_ ? view_.text() : raw;
}

Span MessageText::ToRecord(Span span) const {
  if (decoded_) span = view_.ToRaw(span);
  return {span.begin + begin_, span.end + begin_};
}

}  // namespace logspill
