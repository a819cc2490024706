// Is a record JSON?
//
// Lifetime:  holds no bytes of a record: what it copied for the parser is wiped
//            before IsValid() returns.
// Threads:   not thread-safe; each thread has its own.
// Cost:      a parse of the whole record, about 1 GB/s.

#pragma once

#include <memory>
#include <string_view>

namespace logspill {

// True where the first byte that is no blank opens an object or an array.
bool LooksLikeJson(std::string_view record);

class JsonCheck {
 public:
  JsonCheck();
  JsonCheck(JsonCheck&&) noexcept;
  ~JsonCheck();

  // True for one whole object or array, to a depth of 1024.
  bool IsValid(std::string_view record);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace logspill
