// Follows JSON records that are printed over many lines, so that each line is
// known by the keys around it.
//
// Lifetime:  what Line() gives views the line and the object's own storage.
// Threads:   not thread-safe; each reader has its own.
// Cost:      O(line); no allocation once the storage has grown.
// Errors:    what is no such line is refused, and ends the record.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/span.h"

namespace logspill {

class PrettyJson {
 public:
  struct Value {
    std::string_view key;  // joined by dots; empty where the line holds none
    Span value;            // in the line, without quotes
    bool first = false;    // the record begins here
  };

  void Reset();
  // False where the line is no part of such a record.
  bool Line(std::string_view line, Value* value);

 private:
  struct Level {
    std::size_t indent;
    std::size_t size;  // of path_ without it
  };
  bool Member(std::string_view line, std::size_t indent, Value* value);
  void Enter(std::size_t indent, std::size_t size_before);
  void LeaveTo(std::size_t indent);

  std::vector<Level> levels_;
  std::string path_;
  bool open_ = false;
};

}  // namespace logspill
