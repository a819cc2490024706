#include "adapters/cli/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "adapters/output/text.h"

namespace logspill {
namespace {

// Edits (insert, delete, replace) that make `a` into `b`.
std::size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string Diagnose(const TextPlace& place, std::string_view what,
                     std::string_view hint) {
  const std::string file = Printable(place.file);
  if (place.line == 0) {
    std::string text = fmt::format("{}: {}", file, what);
    if (!hint.empty()) text += fmt::format("; {}", hint);
    return text;
  }
  const std::string number = std::to_string(place.line);
  const std::size_t column = place.column == 0 ? 1 : place.column;
  const std::string_view line = place.line_text;
  const std::string before = Printable(line.substr(0, column - 1));
  const std::string rest =
      line.size() < column ? "" : Printable(line.substr(column - 1));
  return fmt::format(
      "{}:{}:{}: {}\n  {} | {}{}\n  {} | {}^{}{}", file, place.line, column,
      what, number, before, rest, std::string(number.size(), ' '),
      std::string(DisplayWidth(before), ' '), hint.empty() ? "" : " ", hint);
}

std::string_view Nearest(std::string_view word,
                         const std::vector<std::string_view>& candidates) {
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = Distance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string Suggest(std::string_view word,
                    const std::vector<std::string_view>& candidates) {
  const std::string_view near = Nearest(word, candidates);
  if (!near.empty()) return fmt::format("did you mean '{}'?", near);
  return fmt::format("one of: {}", fmt::join(candidates, ", "));
}

}  // namespace logspill
