// Writes JSON objects and arrays into a string.
//
// Lifetime:  refers to the string while it stands.
// Cost:      appends; no allocation of its own.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/output/text.h"

namespace logspill {

// Appends one JSON object; commas are its business.
class JsonObject {
 public:
  explicit JsonObject(std::string* out) : out_(out) { out_->push_back('{'); }
  ~JsonObject() { out_->push_back('}'); }
  JsonObject(const JsonObject&) = delete;
  JsonObject& operator=(const JsonObject&) = delete;

  // The value is appended by the caller.
  std::string* Key(std::string_view key) {
    if (out_->back() != '{') out_->push_back(',');
    AppendJsonString(key, out_);
    out_->push_back(':');
    return out_;
  }
  void Text(std::string_view key, std::string_view text) {
    AppendJsonString(text, Key(key));
  }
  void TextOrNull(std::string_view key, std::string_view text) {
    if (text.empty()) {
      Key(key)->append("null");
    } else {
      Text(key, text);
    }
  }
  void Number(std::string_view key, std::uint64_t number) {
    AppendNumber(number, Key(key));
  }
  void Flag(std::string_view key, bool flag) {
    Key(key)->append(flag ? "true" : "false");
  }
  void Time(std::string_view key, std::optional<std::int64_t> time_ms) {
    AppendJsonTime(time_ms, Key(key));
  }

 private:
  std::string* out_;
};

// Appends the items for which `append` returns true as a JSON array.
template <typename Items, typename Append>
void AppendJsonArray(const Items& items, std::string* out, Append append) {
  out->push_back('[');
  const std::size_t first = out->size();
  for (const auto& item : items) {
    const std::size_t before = out->size();
    if (before != first) out->push_back(',');
    if (!append(item)) out->resize(before);
  }
  out->push_back(']');
}

}  // namespace logspill
