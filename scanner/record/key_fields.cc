#include "scanner/record/key_fields.h"

#include <algorithm>
#include <cstring>

#include "scanner/record/time_layouts.h"
#include "scanner/record/time_pattern.h"

namespace logspill {
namespace {

using Bytes = std::string_view;
constexpr std::size_t kNone = Bytes::npos;
constexpr std::size_t kMostFields = 512;
constexpr std::size_t kKeyStorage = 16 << 10;  // bytes of joined keys
constexpr std::size_t kMostDepth = 24;
constexpr std::size_t kMostKey = 128;
constexpr std::uint32_t kNoField = UINT32_MAX;

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsSpace(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
constexpr bool IsKeyByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || IsDigit(c) ||
         c == '_' || c == '.' || c == '-' || c == '/' || c == '@' || c == '$';
}

// The wrappers of OTLP's AnyValue say the type, not the name.
bool IsValueWrapper(Bytes key) {
  static constexpr std::array<Bytes, 7> kWrappers = {
      "stringValue", "intValue",   "boolValue",  "doubleValue",
      "arrayValue",  "bytesValue", "kvlistValue"};
  return key.ends_with("Value") &&
         std::find(kWrappers.begin(), kWrappers.end(), key) != kWrappers.end();
}

Span SpanOf(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

}  // namespace

std::size_t EndOfJsonString(std::string_view text, std::size_t at) {
  for (;;) {
    const std::size_t quote = text.find('"', at);
    if (quote == kNone) return kNone;
    std::size_t escapes = 0;
    while (quote > at + escapes && text[quote - escapes - 1] == '\\') ++escapes;
    if (escapes % 2 == 0) return quote + 1;
    at = quote + 1;
  }
}

std::optional<std::int64_t> ReadTimeText(std::string_view text,
                                         std::string_view pattern, int year) {
  PrintedTime time;
  if (ReadIsoTime(text, 0, &time) || ReadEpochTime(text, 0, &time)) {
    return time.ms;
  }
  if (pattern.empty()) return std::nullopt;
  const auto read = ReadTimePattern(pattern, text, 0, year);
  return read ? read->ms : std::nullopt;
}

// Walks one JSON value; every step fails without moving past the text's end.
class KeyFields::JsonScan {
 public:
  JsonScan(KeyFields* fields, Bytes text, std::size_t at,
           const std::vector<std::string>* record_paths)
      : fields_(fields), text_(text), at_(at), record_paths_(record_paths) {}

  bool Object(std::size_t depth);
  std::size_t at() {
    SkipSpace();
    return at_;
  }

 private:
  void SkipSpace() {
    while (at_ < text_.size() && IsSpace(text_[at_])) ++at_;
  }
  bool Skip(char c) {
    SkipSpace();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool Value(Bytes key, std::size_t depth);
  bool Member(Bytes key, std::size_t depth);
  bool Array(Bytes key, std::size_t depth);
  bool Element(Bytes key, bool part, std::size_t depth);
  bool String(Span* inside);
  bool Scalar(Bytes key);
  void Add(Bytes key, Span value);
  void Push(Bytes key);
  bool IsRecords() const;

  KeyFields* fields_;
  Bytes text_;
  std::size_t at_;
  const std::vector<std::string>* record_paths_;
};

bool KeyFields::JsonScan::String(Span* inside) {
  const std::size_t begin = at_ + 1;
  const std::size_t end = EndOfJsonString(text_, begin);
  if (end == kNone) return false;
  *inside = SpanOf(begin, end - 1);
  at_ = end;
  return true;
}

void KeyFields::JsonScan::Push(Bytes key) {
  std::string& path = fields_->path_;
  if (IsValueWrapper(key)) return;
  if (!path.empty()) path += '.';
  path += key.substr(0, kMostKey);
}

void KeyFields::JsonScan::Add(Bytes key, Span value) {
  if (fields_->fields_.size() >= kMostFields) return;
  std::string& path = fields_->path_;
  const std::size_t size = path.size();
  if (path.empty() && !IsValueWrapper(key)) {
    fields_->fields_.push_back({key, value});
    return;
  }
  if (!key.empty()) Push(key);
  fields_->fields_.push_back({fields_->Keep(path), value});
  path.resize(size);
}

bool KeyFields::JsonScan::IsRecords() const {
  if (record_paths_ == nullptr || fields_->in_part_) return false;
  return std::find(record_paths_->begin(), record_paths_->end(),
                   fields_->path_) != record_paths_->end();
}

// Behind the '{'.  A pair {"key": K, "value": V} is the member K.
bool KeyFields::JsonScan::Object(std::size_t depth) {
  if (depth > kMostDepth) return false;
  if (Skip('}')) return true;
  Bytes named;
  do {
    SkipSpace();
    Span inside;
    if (at_ >= text_.size() || text_[at_] != '"' || !String(&inside)) {
      return false;
    }
    const Bytes key = inside.Of(text_);
    if (!Skip(':')) return false;
    SkipSpace();
    const bool is_name =
        depth > 0 && key == "key" && at_ < text_.size() && text_[at_] == '"';
    if (is_name) {
      if (!String(&inside)) return false;
      named = inside.Of(text_);
    } else if (!Value(key == "value" && !named.empty() ? named : key, depth)) {
      return false;
    }
  } while (Skip(','));
  return Skip('}');
}

bool KeyFields::JsonScan::Value(Bytes key, std::size_t depth) {
  if (at_ >= text_.size()) return false;
  const char c = text_[at_];
  if (c != '{' && c != '[') return Scalar(key);
  ++at_;
  std::string& path = fields_->path_;
  const std::size_t size = path.size();
  if (!key.empty()) Push(key);
  const bool whole = c == '{' ? Object(depth + 1) : Array({}, depth + 1);
  path.resize(std::min(size, path.size()));
  return whole;
}

bool KeyFields::JsonScan::Array(Bytes key, std::size_t depth) {
  if (depth > kMostDepth) return false;
  if (Skip(']')) return true;
  const bool part = IsRecords();
  do {
    SkipSpace();
    if (!Element(key, part, depth)) return false;
  } while (Skip(','));
  return Skip(']');
}

bool KeyFields::JsonScan::Element(Bytes key, bool part, std::size_t depth) {
  if (!part) return Value(key, depth);
  const std::size_t begin = at_;
  std::string outer;
  outer.swap(fields_->path_);
  fields_->in_part_ = true;
  const bool whole = Value(key, depth);
  fields_->in_part_ = false;
  fields_->path_.swap(outer);
  if (whole && fields_->parts_.size() < kMostFields) {
    fields_->parts_.push_back(SpanOf(begin, at_));
  }
  return whole;
}

bool KeyFields::JsonScan::Scalar(Bytes key) {
  Span value;
  if (text_[at_] == '"') {
    if (!String(&value)) return false;
  } else {
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '}' &&
           text_[at_] != ']' && !IsSpace(text_[at_])) {
      ++at_;
    }
    if (at_ == begin) return false;
    value = SpanOf(begin, at_);
  }
  Add(key, value);
  return true;
}

// Keys that were kept never move: the storage has its room from the start.
std::string_view KeyFields::Keep(std::string_view key) {
  if (keys_.capacity() < kKeyStorage) keys_.reserve(kKeyStorage);
  if (keys_.size() + key.size() > kKeyStorage) return {};
  const std::size_t begin = keys_.size();
  keys_ += key;
  return std::string_view(keys_).substr(begin, key.size());
}

void KeyFields::Clear() {
  fields_.clear();
  parts_.clear();
  path_.clear();
  keys_.clear();
  in_part_ = false;
}

bool KeyFields::ReadJson(std::string_view record,
                         const std::vector<std::string>& record_paths) {
  Clear();
  if (!record.starts_with('{')) return false;
  JsonScan scan(this, record, 1, &record_paths);
  if (scan.Object(0) && scan.at() == record.size()) return true;
  Clear();
  return false;
}

// Reads pairs from `at`; returns where they end, which is `end` where all of it
// is pairs.
std::size_t KeyFields::Pairs(std::string_view record, std::size_t at,
                             std::size_t end) {
  while (at < end) {
    std::size_t equals = at;
    while (equals < end && IsKeyByte(record[equals])) ++equals;
    if (equals == at || equals >= end || record[equals] != '=') return at;
    const std::string_view key = record.substr(at, equals - at);
    std::size_t from = equals + 1;
    std::size_t to = from;
    if (from < end && record[from] == '"') {
      const std::size_t behind = EndOfJsonString(record.substr(0, end), ++from);
      if (behind == kNone) return at;
      to = behind - 1;
      at = behind;
    } else {
      while (to < end && !IsSpace(record[to])) ++to;
      at = to;
    }
    if (at < end && !IsSpace(record[at])) return at;
    if (fields_.size() < kMostFields)
      fields_.push_back({key, SpanOf(from, to)});
    while (at < end && IsSpace(record[at])) ++at;
  }
  return at;
}

bool KeyFields::ReadPairs(std::string_view record) {
  Clear();
  constexpr std::size_t kFewest = 2;
  if (Pairs(record, 0, record.size()) == record.size() &&
      fields_.size() >= kFewest) {
    return true;
  }
  Clear();
  return false;
}

std::size_t KeyFields::ReadPairsTail(std::string_view record, std::size_t begin,
                                     std::size_t end) {
  Clear();
  std::size_t equals = record.find('=', begin);
  while (equals < end) {
    std::size_t key = equals;
    while (key > begin && IsKeyByte(record[key - 1])) --key;
    const bool apart = key == begin || IsSpace(record[key - 1]);
    if (apart && key < equals) {
      const std::size_t reached = Pairs(record, key, end);
      if (reached == end) {
        while (key > begin && IsSpace(record[key - 1])) --key;
        return key - begin;
      }
      fields_.clear();
      equals = std::max(equals, reached);
    }
    equals = record.find('=', equals + 1);
  }
  return end - begin;
}

std::size_t KeyFields::ReadJsonTail(std::string_view record, std::size_t begin,
                                    std::size_t end) {
  Clear();
  constexpr int kMostTries = 4;
  const std::string_view text = record.substr(0, end);
  if (end == begin || text.back() != '}') return end - begin;
  std::size_t at = begin;
  for (int i = 0; i < kMostTries; ++i) {
    at = text.find("{\"", at);
    if (at == kNone) break;
    const bool apart = at == begin || IsSpace(text[at - 1]);
    JsonScan scan(this, text, at + 1, nullptr);
    if (apart && scan.Object(0) && scan.at() == end) {
      while (at > begin && IsSpace(text[at - 1])) --at;
      return at - begin;
    }
    Clear();
    ++at;
  }
  return end - begin;
}

void KeyFields::Shift(std::uint32_t by) {
  for (RecordField& field : fields_) {
    field.value.begin += by;
    field.value.end += by;
  }
  for (Span& part : parts_) part = {part.begin + by, part.end + by};
}

void KeyFields::Move(const std::vector<std::uint32_t>& places) {
  for (RecordField& field : fields_) {
    field.value = {places[field.value.begin], places[field.value.end]};
  }
  for (Span& part : parts_) part = {places[part.begin], places[part.end]};
}

// Which field has which role; the first key of a format's list that is there
// counts.
struct KeyFields::Chosen {
  std::array<std::uint32_t, kKeyRoles> field;
  std::array<std::size_t, kKeyRoles> rank;
};

bool KeyFields::HasKeys(const std::vector<std::string>& keys) const {
  for (const std::string& key : keys) {
    const auto has = [&key](const RecordField& field) {
      return field.key == key;
    };
    if (std::find_if(fields_.begin(), fields_.end(), has) == fields_.end()) {
      return false;
    }
  }
  return true;
}

bool KeyFields::InOtherPart(Span value, std::size_t part) const {
  if (parts_.size() < 2) return false;
  const bool in_any =
      value.begin >= parts_.front().begin && value.begin < parts_.back().end;
  const bool in_this =
      value.begin >= parts_[part].begin && value.begin < parts_[part].end;
  return in_any && !in_this;
}

void KeyFields::Assign(const LogFormat& format, std::string_view record,
                       int year, std::size_t index, Chosen* chosen) {
  const RecordField& field = fields_[index];
  for (std::size_t rank = 0; rank < format.keys.size(); ++rank) {
    const auto& [key, role] = format.keys[rank];
    if (key.size() != field.key.size() || key != field.key) continue;
    const auto slot = static_cast<std::size_t>(role);
    if (chosen->rank[slot] <= rank) return;
    if (role == KeyRole::kTime &&
        !ReadTimeText(field.value.Of(record), format.time_pattern, year)) {
      return;
    }
    chosen->rank[slot] = rank;
    chosen->field[slot] = static_cast<std::uint32_t>(index);
    return;
  }
}

// Fields in a role are no longer fields; the message stays one of neither.
void KeyFields::DropUsed(const LogFormat& format, const Chosen& chosen) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const auto is = [i](std::uint32_t field) { return field == i; };
    if (std::any_of(chosen.field.begin(), chosen.field.end(), is)) continue;
    RecordField field = fields_[i];
    for (const std::string& prefix : format.unnamed) {
      if (field.key.size() > prefix.size() + 1 &&
          field.key.starts_with(prefix) && field.key[prefix.size()] == '.') {
        field.key.remove_prefix(prefix.size() + 1);
        break;
      }
    }
    fields_[kept++] = field;
  }
  fields_.resize(kept);
}

namespace {

// "api/user.go:12", "at com.foo.Bar.run(Bar.java:12)" or only the file
void TakePlace(Bytes text, PrintedPlace* place) {
  const std::size_t open = text.find('(');
  if (open != kNone && text.ends_with(')')) {
    place->function = text.substr(0, open);
    text = text.substr(open + 1, text.size() - open - 2);
  }
  const std::size_t colon = text.find_last_of(':');
  place->file = text.substr(0, colon);
  if (colon == kNone) return;
  std::uint32_t line = 0;
  for (const char c : text.substr(colon + 1)) {
    if (!IsDigit(c) || line > 10'000'000) return;
    line = line * 10 + static_cast<std::uint32_t>(c - '0');
  }
  place->line = line;
}

std::uint32_t LineOf(Bytes text) {
  PrintedPlace place;
  if (text.size() > 8) return 0;
  for (const char c : text) {
    if (!IsDigit(c)) return 0;
    place.line = place.line * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return place.line;
}

Bytes LevelName(const LogFormat& format, Bytes printed) {
  for (const auto& [number, name] : format.levels) {
    if (printed == number) return name;
  }
  return printed;
}

}  // namespace

bool KeyFields::FillHeader(const LogFormat& format, std::string_view record,
                           int year, std::size_t at, RecordHeader* header) {
  if (!HasKeys(format.required)) return false;
  std::size_t part = 0;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    if (at >= parts_[i].begin && at < parts_[i].end) part = i;
  }
  Chosen chosen;
  chosen.field.fill(kNoField);
  chosen.rank.fill(SIZE_MAX);
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (!InOtherPart(fields_[i].value, part)) {
      Assign(format, record, year, i, &chosen);
    }
  }
  const auto value = [&](KeyRole role) -> Span {
    const std::uint32_t index = chosen.field[static_cast<std::size_t>(role)];
    return index == kNoField ? Span{0, 0} : fields_[index].value;
  };
  const auto text = [&](KeyRole role) { return value(role).Of(record); };
  const bool any =
      std::any_of(chosen.field.begin(), chosen.field.end(),
                  [](std::uint32_t field) { return field != kNoField; });
  if (!any) return false;
  header->time_ms =
      ReadTimeText(text(KeyRole::kTime), format.time_pattern, year);
  header->level = LevelName(format, text(KeyRole::kLevel));
  header->logger = text(KeyRole::kLogger);
  header->thread = text(KeyRole::kThread);
  if (!text(KeyRole::kPlace).empty()) {
    TakePlace(text(KeyRole::kPlace), &header->place);
  }
  if (!text(KeyRole::kFile).empty()) header->place.file = text(KeyRole::kFile);
  if (!text(KeyRole::kLine).empty()) {
    header->place.line = LineOf(text(KeyRole::kLine));
  }
  if (!text(KeyRole::kFunction).empty()) {
    header->place.function = text(KeyRole::kFunction);
  }
  const bool has_message =
      chosen.field[static_cast<std::size_t>(KeyRole::kMessage)] != kNoField;
  const Span message = has_message ? value(KeyRole::kMessage)
                                   : SpanOf(record.size(), record.size());
  header->message_begin = message.begin;
  header->message_end = message.end;
  header->escaped = message.Of(record).find('\\') != kNone;
  DropUsed(format, chosen);
  return true;
}

}  // namespace logspill
