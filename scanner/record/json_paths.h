// Key paths of the values of one JSON record.
//
// Lifetime:  holds no bytes of the record: what it copied for the parser is
//            wiped before Parse() returns.  Path() is given the record again.
// Threads:   not thread-safe; each thread has its own.
// Cost:      Parse() is one pass, 12 bytes a value; Path() is a binary search.
// Errors:    what is no JSON, is damaged or cannot be parsed gives false, and
//            no path.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/span.h"
#include "scanner/record/shown_name.h"

namespace logspill {

class JsonPaths {
 public:
  JsonPaths();
  ~JsonPaths();

  // REQUIRES: `record` is shorter than 4 GiB.
  bool Parse(std::string_view record);

  // "consumer.uuid" for the value that holds `value`; arrays have no name of
  // their own.  A key that does not look like one, or that `taken` knows to be
  // a value, is printed as '*'.
  std::string Path(std::string_view record, Span value,
                   const IsTaken& taken) const;

 private:
  struct Parser;
  struct Node {
    std::uint32_t begin;   // of the value
    std::uint32_t key;     // behind the opening quote; kNoKey in an array
    std::uint32_t parent;  // index of the node that holds it
  };
  class Walker;
  std::unique_ptr<Parser> parser_;
  std::vector<Node> nodes_;  // in the order of the record
};

}  // namespace logspill
