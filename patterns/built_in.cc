#include "patterns/loader.h"

namespace logspill {
namespace {

struct Entry {
  const char* name;
  const char* begin;
  const char* end;
};

}  // namespace

// Generated beside built_in_data.S, which holds the bytes.
#include "built_in_table.inc"

std::vector<DataFile> BuiltInData(std::string_view prefix) {
  std::vector<DataFile> files;
  for (const Entry& entry : kEntries) {
    if (!std::string_view(entry.name).starts_with(prefix)) continue;
    files.push_back(
        {entry.name,
         {entry.begin, static_cast<std::size_t>(entry.end - entry.begin)}});
  }
  return files;
}

}  // namespace logspill
