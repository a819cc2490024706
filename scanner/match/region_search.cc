#include "scanner/match/region_search.h"

#include <algorithm>
#include <string_view>

namespace logspill {
namespace {

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";

bool IsBase64Line(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return !line.empty() &&
         line.find_first_not_of(kBase64) == std::string_view::npos;
}

}  // namespace

std::optional<FoundRegion> FindRegion(const CompiledRule& rule,
                                      const SearchText& text,
                                      std::uint32_t begin) {
  const std::optional<Found> head = MatchAt(rule, text, begin);
  if (!head) return std::nullopt;
  const Region& region = rule.rule->region;
  const SearchText lines{text.text, false};
  const auto size = static_cast<std::uint32_t>(text.text.size());
  const std::uint32_t cap = begin + std::min(kRegionBytes, size - begin);
  FoundRegion found{{begin, begin}, head->whole, head->validation, false};
  bool bare = true;  // only base 64 so far: it may go on without an end marker
  std::uint32_t line = begin;
  for (std::uint32_t count = 1; count <= region.max_lines; ++count) {
    const std::uint32_t line_end = lines.RecordEnd(line, cap - line);
    const std::size_t from = std::max(line, head->whole.end);
    const std::size_t end =
        text.text.substr(0, line_end).find(region.end, from);
    if (end != std::string_view::npos) {
      found.value.end = static_cast<std::uint32_t>(end + region.end.size());
      found.finished = true;
      return found;
    }
    bare = bare && (count == 1 ||
                    IsBase64Line(text.text.substr(line, line_end - line)));
    if (bare) found.value.end = line_end;
    if (line_end == cap) break;
    line = line_end + 1;
  }
  while (text.text[found.value.end - 1] == '\r') --found.value.end;
  return found;
}

}  // namespace logspill
