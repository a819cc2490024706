#include "scanner/record/pretty_json.h"

#include "scanner/record/key_fields.h"

namespace logspill {
namespace {

using Bytes = std::string_view;
constexpr std::size_t kMostLevels = 64;
constexpr std::size_t kMostKey = 128;

constexpr bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\r'; }

}  // namespace

void PrettyJson::Reset() {
  levels_.clear();
  path_.clear();
  open_ = false;
}

void PrettyJson::LeaveTo(std::size_t indent) {
  while (!levels_.empty() && levels_.back().indent >= indent) {
    path_.resize(levels_.back().size);
    levels_.pop_back();
  }
}

void PrettyJson::Enter(std::size_t indent, std::size_t size_before) {
  if (levels_.size() < kMostLevels) {
    levels_.push_back({indent, size_before});
  } else {
    path_.resize(size_before);
  }
}

// `"key": value,` or `"key": {`
bool PrettyJson::Member(Bytes line, std::size_t indent, Value* value) {
  const std::size_t end = EndOfJsonString(line, indent + 1);
  if (end == Bytes::npos) return false;
  std::size_t at = end;
  while (at < line.size() && IsSpace(line[at])) ++at;
  if (at >= line.size() || line[at] != ':') {
    return open_ && (at >= line.size() || line[at] == ',');
  }
  ++at;
  while (at < line.size() && IsSpace(line[at])) ++at;
  if (at >= line.size()) return false;
  const Bytes name = line.substr(indent + 1, end - indent - 2);
  const std::size_t size_before = path_.size();
  if (!path_.empty()) path_ += '.';
  path_ += name.substr(0, kMostKey);
  const bool opens = line[at] == '{' || line[at] == '[';
  if (opens && line.find_first_not_of(" \t\r", at + 1) == Bytes::npos) {
    Enter(indent, size_before);
    return true;
  }
  std::size_t behind = line.size();
  if (line[at] == '"') {
    behind = EndOfJsonString(line, ++at);
    if (behind == Bytes::npos) return false;
    --behind;
  } else {
    while (behind > at &&
           (IsSpace(line[behind - 1]) || line[behind - 1] == ',')) {
      --behind;
    }
  }
  value->key = path_;
  value->value = {static_cast<std::uint32_t>(at),
                  static_cast<std::uint32_t>(behind)};
  // The key stays readable behind the path's end, until the next line.
  Enter(indent, size_before);
  return true;
}

bool PrettyJson::Line(std::string_view line, Value* value) {
  *value = Value{};
  std::size_t indent = 0;
  while (indent < line.size() && IsSpace(line[indent])) ++indent;
  if (indent == line.size()) return open_;
  LeaveTo(indent);
  const char first = line[indent];
  const Bytes rest = line.substr(indent + 1);
  const bool alone = rest.find_first_not_of(" \t\r,") == Bytes::npos;
  if ((first == '{' || first == '[') && alone) {
    value->first = indent == 0;
    if (value->first) Reset();
    open_ = true;
    return true;
  }
  if (first == '}' || first == ']') {
    const bool was_open = open_;
    if (indent == 0) Reset();
    return was_open && rest.find_first_not_of(" \t\r,}]{") == Bytes::npos;
  }
  if (first == '"' && (open_ || indent > 0)) {
    const bool read = Member(line, indent, value);
    if (!read) Reset();
    return read;
  }
  // An element of an array: a number, true, null.
  if (open_ && indent > 0 && line.find(' ', indent) == Bytes::npos) return true;
  Reset();
  return false;
}

}  // namespace logspill
