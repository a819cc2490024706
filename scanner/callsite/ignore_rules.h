// What .gitignore files leave out, by the rules of gitignore(5).
//
// Lifetime:  owns its patterns.
// Threads:   const after the last Push().
// Cost:      Ignores() tries each pattern once.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace logspill {

// Whether the shell pattern is all of `path`: '*' and '?' stop at a slash,
// "**" does not, and [a-z] and [!a-z] are sets.
bool WildMatch(std::string_view pattern, std::string_view path);

class IgnoreRules {
 public:
  // Adds the patterns of a .gitignore in `folder` ("" or "a/b/"), which stand
  // over those of the folders around it.
  void Push(std::string folder, std::string_view text);
  // Takes the last of them away.
  void Pop() { files_.pop_back(); }

  // `path` is relative to what `folder` above is relative to.
  bool Ignores(std::string_view path, bool is_folder) const;

 private:
  struct Pattern {
    std::string glob;
    bool negated = false;
    bool folders_only = false;
    bool anchored = false;  // it has a slash: matched from the folder on
  };
  struct File {
    std::string folder;
    std::vector<Pattern> patterns;
  };

  std::vector<File> files_;
};

}  // namespace logspill
