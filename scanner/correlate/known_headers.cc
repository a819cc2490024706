#include "scanner/correlate/known_headers.h"

#include <algorithm>

namespace logspill {
namespace {

// Digits and hexadecimal letters are one class, any other byte its own.
constexpr std::array<char, 256> kClasses = [] {
  std::array<char, 256> classes{};
  for (std::size_t i = 0; i < 256; ++i) {
    const bool hex = (i >= '0' && i <= '9') || (i >= 'a' && i <= 'f');
    classes[i] = hex ? '0' : static_cast<char>(i);
  }
  return classes;
}();

char ClassOf(char c) { return kClasses[static_cast<unsigned char>(c)]; }

// Behind the first `words` words from `at` on, and the blank behind them.
std::size_t SkipWords(std::string_view text, std::size_t at, int words) {
  for (int i = 0; i < words && at < text.size(); ++i) {
    const std::size_t blank = text.find(' ', at);
    if (blank == std::string_view::npos) return text.size();
    at = blank + 1;
  }
  return at;
}

Span SpanIn(std::string_view record, std::string_view part) {
  if (part.empty()) return {};
  const auto begin = static_cast<std::uint32_t>(part.data() - record.data());
  return {begin, begin + static_cast<std::uint32_t>(part.size())};
}

bool HasPattern(std::string_view record, const std::string& pattern) {
  if (record.size() < pattern.size()) return false;
  // No branch a byte: most comparisons hold.
  unsigned char differs = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    differs |= static_cast<unsigned char>(ClassOf(record[i]) ^ pattern[i]);
  }
  return differs == 0;
}

}  // namespace

const KnownHeaders::Entry* KnownHeaders::Find(std::uint32_t shape,
                                              std::string_view record) const {
  for (const Entry& entry : entries_[shape].entries) {
    if (!HasPattern(record, entry.pattern)) continue;
    if (entry.level.Of(record) == entry.level_text &&
        entry.logger.Of(record) == entry.logger_text) {
      return &entry;
    }
  }
  return nullptr;
}

void KnownHeaders::Learn(std::uint32_t shape, bool anchored,
                         std::string_view record, const RecordHeader& header,
                         bool ambiguous,
                         const std::vector<const CallSite*>& sites) {
  const std::size_t end =
      SkipWords(record, header.message_begin, anchored ? 2 : 1);
  if (end > kHeadBytes || end == record.size()) return;
  Entry entry;
  entry.pattern = record.substr(0, end);
  std::transform(entry.pattern.begin(), entry.pattern.end(),
                 entry.pattern.begin(), ClassOf);
  entry.message_begin = header.message_begin;
  entry.level = SpanIn(record, header.level);
  entry.logger = SpanIn(record, header.logger);
  entry.level_text = header.level;
  entry.logger_text = header.logger;
  entry.ambiguous = ambiguous;
  entry.sites = sites;
  Known& known = entries_[shape];
  if (known.entries.size() < kMost) {
    known.entries.push_back(std::move(entry));
    return;
  }
  known.entries[known.next] = std::move(entry);
  known.next = (known.next + 1) % kMost;
}

void KnownHeaders::Clear() {
  for (Known& known : entries_) {
    known.entries.clear();
    known.next = 0;
  }
}

}  // namespace logspill
