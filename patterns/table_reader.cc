#include "patterns/table_reader.h"

#include <algorithm>

#include "patterns/suggest.h"

namespace logspill {
namespace {

Position ToPosition(const toml::source_position& at) {
  return {at.line == 0 ? 1 : at.line, at.column == 0 ? 1 : at.column};
}

std::string Quoted(std::string_view text) {
  return "'" + std::string(text) + "'";
}

}  // namespace

Position PositionOf(const toml::node& node) {
  return ToPosition(node.source().begin);
}

std::optional<toml::table> ParseToml(std::string_view name,
                                     std::string_view text,
                                     Diagnostics* diagnostics) {
  // The library of the distribution reports a syntax error by throwing it.
  try {
    return toml::parse(text, name);
  } catch (const toml::parse_error& error) {
    diagnostics->Add(ToPosition(error.source().begin),
                     "no valid TOML: " + std::string(error.description()));
    return std::nullopt;
  }
}

const toml::node* TableReader::Find(std::string_view key, Need need) {
  known_.emplace_back(key);
  const toml::node* node = table_->get(key);
  if (node == nullptr && need == Need::kRequired) {
    diagnostics_->Add(PositionOf(*table_),
                      "field " + Quoted(key) + " is missing in " + what_);
  }
  return node;
}

void TableReader::WrongType(const toml::node& node, std::string_view key,
                            std::string_view wanted) {
  diagnostics_->Add(PositionOf(node), "field " + Quoted(key) + " of " + what_ +
                                          " must be " + std::string(wanted));
}

std::string TableReader::String(std::string_view key, Need need) {
  const toml::node* node = Find(key, need);
  if (node == nullptr) return {};
  const auto value = node->value_exact<std::string>();
  if (!value) {
    WrongType(*node, key, "a string");
    return {};
  }
  if (value->empty()) WrongType(*node, key, "a string that is not empty");
  return *value;
}

bool TableReader::Bool(std::string_view key, bool otherwise) {
  const toml::node* node = Find(key, Need::kOptional);
  if (node == nullptr) return otherwise;
  const auto value = node->value_exact<bool>();
  if (!value) WrongType(*node, key, "true or false");
  return value.value_or(otherwise);
}

std::uint32_t TableReader::Number(std::string_view key, std::uint32_t otherwise,
                                  std::uint32_t most) {
  const toml::node* node = Find(key, Need::kOptional);
  if (node == nullptr) return otherwise;
  const auto value = node->value_exact<std::int64_t>();
  if (!value || *value < 1 || *value > most) {
    WrongType(*node, key, "a number from 1 to " + std::to_string(most));
    return otherwise;
  }
  return static_cast<std::uint32_t>(*value);
}

double TableReader::Real(std::string_view key, double most) {
  const toml::node* node = Find(key, Need::kOptional);
  if (node == nullptr) return 0;
  const auto value = node->value<double>();  // takes 3 and 3.0
  if (!node->is_number() || !value || !(*value >= 0 && *value <= most)) {
    WrongType(*node, key,
              "a number from 0 to " +
                  std::to_string(static_cast<std::uint32_t>(most)));
    return 0;
  }
  return *value;
}

std::vector<std::string> TableReader::Strings(std::string_view key, Need need) {
  const toml::node* node = Find(key, need);
  if (node == nullptr) return {};
  std::vector<std::string> strings;
  const toml::array* array = node->as_array();
  if (array == nullptr) {
    WrongType(*node, key, "an array of strings");
    return strings;
  }
  for (const toml::node& item : *array) {
    const auto value = item.value_exact<std::string>();
    if (!value || value->empty()) {
      WrongType(item, key, "an array of strings that are not empty");
      continue;
    }
    strings.push_back(*value);
  }
  return strings;
}

TableReader::Pairs TableReader::StringTable(std::string_view key) {
  Pairs pairs;
  const toml::table* table = Table(key);
  if (table == nullptr) return pairs;
  for (const auto& [name, node] : *table) {
    const auto value = node.value_exact<std::string>();
    if (!value) {
      WrongType(node, name.str(), "a string");
      continue;
    }
    pairs.emplace_back(name.str(), *value);
  }
  return pairs;
}

const toml::table* TableReader::Table(std::string_view key) {
  const toml::node* node = Find(key, Need::kOptional);
  if (node == nullptr) return nullptr;
  if (node->as_table() == nullptr) WrongType(*node, key, "a table");
  return node->as_table();
}

const toml::array* TableReader::TableArray(std::string_view key) {
  const toml::node* node = Find(key, Need::kOptional);
  if (node == nullptr) return nullptr;
  const toml::array* array = node->as_array();
  const std::string wanted = "tables, as in [[" + std::string(key) + "]]";
  if (array == nullptr) {
    WrongType(*node, key, wanted);
    return nullptr;
  }
  for (const toml::node& item : *array) {
    if (item.as_table() == nullptr) WrongType(item, key, wanted);
  }
  return array;
}

void TableReader::Fail(std::string_view key, const std::string& what,
                       std::string_view hint) {
  const toml::node* node = table_->get(key);
  diagnostics_->Add(PositionOf(node != nullptr ? *node : *table_),
                    what + " in " + what_, hint);
}

void TableReader::FailItem(std::string_view key, std::size_t index,
                           const std::string& what, std::string_view hint) {
  const toml::node* node = table_->get(key);
  const toml::array* array = node != nullptr ? node->as_array() : nullptr;
  if (array == nullptr || index >= array->size()) return Fail(key, what, hint);
  diagnostics_->Add(PositionOf((*array)[index]), what + " in " + what_, hint);
}

void TableReader::FailInside(std::string_view key, std::size_t at,
                             const std::string& what, std::string_view hint) {
  const toml::node* node = table_->get(key);
  const auto* text = node != nullptr ? node->as_string() : nullptr;
  if (text == nullptr) return Fail(key, what, hint);
  Position place = PositionOf(*node);
  if (text->get().find_first_of("\\\"\t\n") == std::string::npos) {
    place.column += static_cast<std::uint32_t>(at) + 1;
  }
  diagnostics_->Add(place, what + " in " + what_, hint);
}

void TableReader::Finish() {
  for (const auto& [key, node] : *table_) {
    const std::string name(key.str());
    if (std::find(known_.begin(), known_.end(), name) != known_.end()) continue;
    diagnostics_->Add(ToPosition(key.source().begin),
                      "unknown field " + Quoted(name) + " in " + what_,
                      DidYouMean(name, known_));
  }
}

}  // namespace logspill
