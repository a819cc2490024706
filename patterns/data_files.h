// The files that a loader reads: built-in ones, then users'.
//
// Lifetime:  a LoadedFile owns its text.
// Threads:   pure functions.
// Errors:    a path that is absent or cannot be read is named.

#pragma once

#include <toml++/toml.h>

#include <string>
#include <string_view>
#include <vector>

#include "patterns/diagnostics.h"
#include "patterns/table_reader.h"
#include "scanner/base/result.h"

namespace logspill {

struct LoadedFile {
  std::string name;
  std::string text;
  bool built_in = false;
};

Result<std::string> ReadWholeFile(const std::string& path);

// Built-in files whose name begins with `prefix`, if wanted, then those of
// `paths`: files, or folders of files; all with this extension, sorted.
Result<std::vector<LoadedFile>> CollectFiles(
    bool built_in, std::string_view prefix, std::string_view extension,
    const std::vector<std::string>& paths);

// Calls `use` for each table of the array `key`, the only field of `root`.
template <typename Use>
void ForEachTable(const toml::table& root, std::string_view key,
                  Diagnostics* diagnostics, const Use& use) {
  TableReader reader(&root, "the file", diagnostics);
  const toml::array* array = reader.TableArray(key);
  reader.Finish();
  if (array == nullptr) return;
  for (const toml::node& node : *array) {
    if (node.as_table() != nullptr) use(*node.as_table());
  }
}

}  // namespace logspill
