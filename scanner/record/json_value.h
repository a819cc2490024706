// A JSON text as a tree, for the lines that this program itself writes.
//
// For a few thousand small objects; what is in the logs goes through JsonPaths.
//
// Lifetime:  a JsonValue owns everything.
// Threads:   a JsonReader is not thread-safe; values are const.
// Errors:    text that is no JSON gives an error that says why, and where as far
//            as the parser knows; never the text.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"

namespace logspill {

struct JsonValue {
  enum class Kind : std::uint8_t {
    kNull,
    kBool,
    kNumber,
    kText,
    kArray,
    kObject
  };

  Kind kind = Kind::kNull;
  bool truth = false;              // of kBool
  std::uint64_t number = 0;        // of kNumber: 0 where it is no whole number
  std::string text;                // of kText
  std::vector<JsonValue> items;    // of kArray and kObject
  std::vector<std::string> names;  // of kObject: those of its items

  bool is(Kind wanted) const { return kind == wanted; }
  // nullptr where there is no such member.
  const JsonValue* Find(std::string_view key) const;
};

class JsonReader {
 public:
  JsonReader();
  ~JsonReader();

  // REQUIRES: `text` is shorter than 4 GiB.
  Result<JsonValue> Read(std::string_view text);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace logspill
