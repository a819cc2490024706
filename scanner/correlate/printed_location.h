// Reads the place in the source that a record itself prints at its end:
//
//     ... message update_consumers /srv/app/handlers/util.py:227
//     ... message [in /srv/app/handlers/util.py:227]
//
// Cost:      looks at the last two words, or once at the head given.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace logspill {

struct PrintedLocation {
  std::string_view path;
  std::uint32_t line = 0;
  std::size_t begin = 0;  // of the path, in the message
  // Of the word before, which may be the function's name; or that of the path.
  std::size_t word_begin = 0;
};

std::optional<PrintedLocation> ReadTrailingLocation(std::string_view message);

// Appends what looks like a place anywhere in `head`: "desk.py:12".
void ReadLocations(std::string_view head,
                   std::vector<PrintedLocation>* locations);

// Whether the printed `path` is that of `file`, which is relative to `root`.
bool IsSameFile(std::string_view path, std::string_view root,
                std::string_view file);

}  // namespace logspill
