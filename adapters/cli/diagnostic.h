// Errors in what the user wrote: where, what, the line, a caret, the way out.
//
//     logspill.toml:4:1: unknown key 'min-severty' in [scan]
//       4 | min-severty = "high"
//         | ^ did you mean 'min-severity'?
//
// Threads:   pure functions.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logspill {

// A place in a text file that the user wrote.
struct TextPlace {
  std::string file;
  std::uint32_t line = 0;    // 1-based; 0: the file as a whole
  std::uint32_t column = 0;  // 1-based, bytes
  std::string line_text;
};

std::string Diagnose(const TextPlace& place, std::string_view what,
                     std::string_view hint = {});

// The candidate that `word` was probably meant to be, or empty.
std::string_view Nearest(std::string_view word,
                         const std::vector<std::string_view>& candidates);

// "did you mean 'x'?" or, where nothing is near, "one of: a, b, c".
std::string Suggest(std::string_view word,
                    const std::vector<std::string_view>& candidates);

}  // namespace logspill
