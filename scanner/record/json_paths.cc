#include "scanner/record/json_paths.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "scanner/base/key.h"

namespace logspill {
namespace {

constexpr std::uint32_t kNoKey = ~std::uint32_t{0};
constexpr std::uint32_t kRoot = ~std::uint32_t{0};
constexpr int kMaxDepth = 64;  // values below have the path of this depth
constexpr std::size_t kMostNames = 16;  // of a path; the innermost count
constexpr std::size_t kMaxNameBytes = 64;

using simdjson::ondemand::json_type;

}  // namespace

struct JsonPaths::Parser {
  simdjson::ondemand::parser parser;
  std::string padded;
};

// Visits every value of a document, to kMaxDepth.
class JsonPaths::Walker {
 public:
  Walker(const char* begin, std::vector<Node>* nodes)
      : begin_(begin), nodes_(nodes) {}

  // False where the document is damaged.
  bool Object(simdjson::ondemand::object object, std::uint32_t parent,
              int depth) {
    for (auto entry : object) {
      simdjson::ondemand::field field;
      if (std::move(entry).get(field)) return false;
      if (!Value(field.value(), Offset(field.key().raw()), parent, depth)) {
        return false;
      }
    }
    return true;
  }

 private:
  std::uint32_t Offset(const char* at) const {
    return static_cast<std::uint32_t>(at - begin_);
  }

  bool Array(simdjson::ondemand::array array, std::uint32_t parent, int depth) {
    for (auto entry : array) {
      simdjson::ondemand::value value;
      if (std::move(entry).get(value)) return false;  // NOLINT: only so it is
      if (!Value(value, kNoKey, parent, depth)) return false;
    }
    return true;
  }

  bool Value(simdjson::ondemand::value value, std::uint32_t key,
             std::uint32_t parent, int depth) {
    const auto index = static_cast<std::uint32_t>(nodes_->size());
    nodes_->push_back({Offset(value.raw_json_token().data()), key, parent});
    json_type type;
    if (value.type().get(type)) return false;
    if (depth == kMaxDepth) return true;
    if (type == json_type::object) {
      simdjson::ondemand::object object;
      return !value.get_object().get(object) &&
             Object(object, index, depth + 1);
    }
    if (type == json_type::array) {
      simdjson::ondemand::array array;
      return !value.get_array().get(array) && Array(array, index, depth + 1);
    }
    return true;
  }

  const char* begin_;
  std::vector<Node>* nodes_;
};

JsonPaths::JsonPaths() : parser_(std::make_unique<Parser>()) {}
JsonPaths::~JsonPaths() = default;

bool JsonPaths::Parse(std::string_view record) {
  nodes_.clear();
  std::string& padded = parser_->padded;
  padded.resize(record.size() + simdjson::SIMDJSON_PADDING);
  std::memcpy(padded.data(), record.data(), record.size());
  std::memset(padded.data() + record.size(), 0, simdjson::SIMDJSON_PADDING);
  bool whole = false;
  simdjson::ondemand::document document;
  simdjson::ondemand::object object;
  if (!parser_->parser.iterate(padded.data(), record.size(), padded.size())
           .get(document) &&
      !document.get_object().get(object)) {
    whole = Walker(padded.data(), &nodes_).Object(object, kRoot, 0);
  }
  Wipe(padded.data(), padded.size());
  if (!whole) nodes_.clear();
  return whole;
}

std::string JsonPaths::Path(std::string_view record, Span value,
                            const IsTaken& taken) const {
  const auto behind = std::upper_bound(
      nodes_.begin(), nodes_.end(), value.begin,
      [](std::uint32_t at, const Node& node) { return at < node.begin; });
  if (behind == nodes_.begin()) return {};
  std::array<std::string_view, kMostNames> names;
  std::size_t count = 0;
  auto index = static_cast<std::uint32_t>(behind - nodes_.begin() - 1);
  // The value may itself be a key: then the object that holds the key names it.
  while (index != kRoot && count < kMostNames) {
    const Node& node = nodes_[index];
    if (node.key != kNoKey) {
      const std::string_view rest = record.substr(node.key, kMaxNameBytes + 1);
      const std::string_view name = rest.substr(0, rest.find('"'));
      const bool shown =
          LooksLikeKeyPath(name) && !IsTakenName(record, name, taken);
      names[count++] = shown ? name : std::string_view("*");
    }
    index = node.parent;
  }
  std::string path;
  while (count > 0) {
    if (!path.empty()) path += '.';
    path += names[--count];
  }
  return path;
}

}  // namespace logspill
