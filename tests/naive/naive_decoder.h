// Undoes escapes the slow way: one kind at a time, over the whole record, each
// byte carried together with the raw bytes that it came from.  Shares nothing
// with scanner/base/decoded_view.cc, and the two are compared.
//
// Cost:      several copies of the record, 12 bytes a byte.
// Units:     spans are in bytes of the record as it stands.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/span.h"

namespace logspill::naive {

struct DecodedByte {
  char byte = 0;
  Span raw;
};

struct Decoded {
  bool changed = false;  // false: the record holds no escape
  std::string text;
  std::vector<Span> raw;  // of each byte of `text`
};

Decoded Decode(std::string_view record);

}  // namespace logspill::naive
