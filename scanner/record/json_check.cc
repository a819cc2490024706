#include "scanner/record/json_check.h"

#include <simdjson.h>

#include <cstring>
#include <string>

#include "scanner/base/key.h"

namespace logspill {

bool LooksLikeJson(std::string_view record) {
  const std::size_t first = record.find_first_not_of(" \t\r");
  return first != std::string_view::npos &&
         (record[first] == '{' || record[first] == '[');
}

struct JsonCheck::Parser {
  simdjson::dom::parser parser;
  std::string padded;
};

JsonCheck::JsonCheck() : parser_(std::make_unique<Parser>()) {}
JsonCheck::JsonCheck(JsonCheck&&) noexcept = default;
JsonCheck::~JsonCheck() = default;

bool JsonCheck::IsValid(std::string_view record) {
  if (!LooksLikeJson(record)) return false;
  std::string& padded = parser_->padded;
  padded.resize(record.size() + simdjson::SIMDJSON_PADDING);
  std::memcpy(padded.data(), record.data(), record.size());
  std::memset(padded.data() + record.size(), 0, simdjson::SIMDJSON_PADDING);
  simdjson::dom::element parsed;
  const bool valid =
      !parser_->parser.parse(padded.data(), record.size(), false).get(parsed);
  Wipe(padded.data(), padded.size());
  return valid;
}

}  // namespace logspill
