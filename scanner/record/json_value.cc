#include "scanner/record/json_value.h"

#include <simdjson.h>

#include <algorithm>

namespace logspill {
namespace {

namespace dom = simdjson::dom;

JsonValue TreeOf(const dom::element& element) {
  JsonValue value;
  switch (element.type()) {
    case dom::element_type::ARRAY:
      value.kind = JsonValue::Kind::kArray;
      for (const dom::element item : dom::array(element)) {
        value.items.push_back(TreeOf(item));
      }
      break;
    case dom::element_type::OBJECT:
      value.kind = JsonValue::Kind::kObject;
      for (const auto& [key, member] : dom::object(element)) {
        value.names.emplace_back(key);
        value.items.push_back(TreeOf(member));
      }
      break;
    case dom::element_type::STRING:
      value.kind = JsonValue::Kind::kText;
      value.text = std::string_view(element);
      break;
    case dom::element_type::BOOL:
      value.kind = JsonValue::Kind::kBool;
      value.truth = bool(element);
      break;
    case dom::element_type::NULL_VALUE:
      break;
    default:
      value.kind = JsonValue::Kind::kNumber;
      if (element.get_uint64().get(value.number) != simdjson::SUCCESS) {
        value.number = 0;
      }
  }
  return value;
}

}  // namespace

struct JsonReader::Parser {
  dom::parser parser;
};

JsonReader::JsonReader() : parser_(std::make_unique<Parser>()) {}
JsonReader::~JsonReader() = default;

const JsonValue* JsonValue::Find(std::string_view key) const {
  const auto found = std::find(names.begin(), names.end(), key);
  if (found == names.end()) return nullptr;
  return &items[static_cast<std::size_t>(found - names.begin())];
}

Result<JsonValue> JsonReader::Read(std::string_view text) {
  dom::element root;
  const auto error = parser_->parser.parse(text.data(), text.size()).get(root);
  if (error != simdjson::SUCCESS) {
    return Error{std::string("no JSON: ") + simdjson::error_message(error)};
  }
  return TreeOf(root);
}

}  // namespace logspill
