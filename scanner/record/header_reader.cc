#include "scanner/record/header_reader.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "scanner/record/continuation.h"
#include "scanner/record/header_fields.h"
#include "scanner/record/text_layout.h"
#include "scanner/record/time_layouts.h"

namespace logspill {
namespace {

using Bytes = std::string_view;
constexpr std::size_t kNone = Bytes::npos;
constexpr std::size_t kSampleBytes = 64 << 10;
constexpr int kSampleRecords = 256;
constexpr int kFewestVotes = 8;  // one of so many records
constexpr Bytes kPrettyName = "json.pretty";
constexpr std::size_t kPrettyReach = 16 << 10;  // bytes looked back

// In the order in which an unknown record is tried: those that are sure and
// cheap to refuse come first, those that search behind them.
constexpr std::array<TimeLayout, kTimeLayouts> kOrder = {
    TimeLayout::kIso,        TimeLayout::kJson,      TimeLayout::kSyslog,
    TimeLayout::kSyslog5424, TimeLayout::kAsctime,   TimeLayout::kAndroid,
    TimeLayout::kShortDate,  TimeLayout::kDigits,    TimeLayout::kGlog,
    TimeLayout::kEpoch,      TimeLayout::kIsoBehind, TimeLayout::kCommonLog,
    TimeLayout::kLogfmt};

// The layout of `head`, `*remembered` first; false where there is no time.
bool FindTime(Bytes head, int year, int* remembered, PrintedTime* time) {
  const auto last = static_cast<TimeLayout>(*remembered);
  if (ReadTimeAs(last, head, year, time)) return true;
  for (const TimeLayout layout : kOrder) {
    if (layout == last || !ReadTimeAs(layout, head, year, time)) continue;
    *remembered = static_cast<int>(layout);
    return true;
  }
  return false;
}

// What the inner record does not say, the one around it does.
void Complete(const RecordHeader& outer, RecordHeader* inner) {
  if (!inner->time_ms) inner->time_ms = outer.time_ms;
  if (inner->level.empty()) inner->level = outer.level;
  if (inner->format.empty()) inner->format = outer.format;
  if (inner->logger.empty()) inner->logger = outer.logger;
  if (inner->thread.empty()) inner->thread = outer.thread;
  if (inner->place.file.empty()) inner->place.file = outer.place.file;
  if (inner->place.line == 0) inner->place.line = outer.place.line;
  if (inner->place.function.empty()) {
    inner->place.function = outer.place.function;
  }
}

void AppendUtf8(std::uint32_t code, std::string* text) {
  const auto add = [text](std::uint32_t byte) {
    *text += static_cast<char>(byte);
  };
  if (code < 0x80) return add(code);
  if (code < 0x800) {
    add(0xC0 | code >> 6);
  } else {
    add(0xE0 | code >> 12);
    add(0x80 | (code >> 6 & 0x3F));
  }
  add(0x80 | (code & 0x3F));
}

// The four hexadecimal digits behind "\u"; false where there are fewer.
bool ReadHex4(Bytes text, std::size_t at, std::uint32_t* code) {
  if (at + 4 > text.size()) return false;
  *code = 0;
  for (const char c : text.substr(at, 4)) {
    const auto lower = static_cast<char>(c | 0x20);
    const bool digit = c >= '0' && c <= '9';
    if (!digit && (lower < 'a' || lower > 'f')) return false;
    *code = *code << 4 |
            static_cast<std::uint32_t>(digit ? c - '0' : lower - 'a' + 10);
  }
  return true;
}

Bytes LineAt(Bytes bytes, std::size_t at) {
  return bytes.substr(at, std::min(bytes.find('\n', at), bytes.size()) - at);
}

}  // namespace

HeaderReader::Impl::Impl(int year, const LogFormats* formats)
    : year_(year), formats_(formats) {
  for (std::size_t i = 0; formats != nullptr && i < formats->size(); ++i) {
    const int index = static_cast<int>(i);
    if (!formats->at(index).then.empty()) second_lines_.push_back(index);
  }
}

void HeaderReader::Impl::Detect(std::string_view bytes) {
  set_detected({});
  if (formats_ == nullptr) return;
  bytes = bytes.substr(0, kSampleBytes);
  std::array<std::vector<int>, 2> votes;
  for (auto& count : votes) count.resize(formats_->size());
  std::array<std::map<std::pair<int, int>, int>, 2> layouts;
  int records = 0;
  bool pretty = false;
  for (std::size_t at = 0; at < bytes.size() && records < kSampleRecords;) {
    const Bytes record = LineAt(bytes, at);
    at += record.size() + 1;
    if (record.empty()) continue;
    ++records;
    const RecordHeader header = Read(record, 0);
    pretty |= header.format == kPrettyName && !header.fields.empty();
    for (std::size_t depth = 0; depth < votes.size(); ++depth) {
      const int fitted = fitted_[depth];
      if (fitted < 0) continue;
      ++votes[depth][static_cast<std::size_t>(fitted)];
      ++layouts[depth][{fitted, fitted_layout_[depth]}];
    }
  }
  for (std::size_t depth = 0; depth < votes.size(); ++depth) {
    if (votes[depth].empty()) break;
    const auto most =
        std::max_element(votes[depth].begin(), votes[depth].end());
    if (*most * kFewestVotes < records || *most == 0) continue;
    const int format = static_cast<int>(most - votes[depth].begin());
    int most_layout = 0;
    for (const auto& [key, count] : layouts[depth]) {
      if (key.first != format || count <= most_layout) continue;
      most_layout = count;
      layouts_[depth] = key.second;
    }
    detected_[depth] = format;
  }
  first_.format = LogFormats::kNone;
  may_be_pretty_ = pretty;
  pretty_.Reset();
}

// True where a glance shows that the layout does not fit: most begin with the
// same time, and differ behind it.
bool HeaderReader::Impl::IsRefused(const FormatLayout& layout,
                                   std::string_view record) {
  const FormatStep& first = layout[0];
  const bool iso =
      first.kind == StepKind::kTime && first.time == TimeStyle::kIso;
  if (!iso || record[0] == '\x1b') return false;
  if (!iso_known_) {
    PrintedTime time;
    iso_end_ = ReadIsoTime(record, 0, &time) ? time.end : 0;
    iso_known_ = true;
  }
  if (iso_end_ == 0) return true;
  if (layout.size() < 2 || layout[1].kind != StepKind::kLiteral) return false;
  if (iso_end_ >= record.size()) return true;
  const char found = record[iso_end_];
  const char wanted = layout[1].text[0];
  return found != wanted && found != '\x1b' && (wanted != ' ' || found != '\t');
}

bool HeaderReader::Impl::TryLayout(const LogFormat& format, std::size_t layout,
                                   std::string_view record,
                                   RecordHeader* header) {
  if (IsRefused(format.layouts[layout], record)) return false;
  *header = RecordHeader();
  keys_ = Keys::kUnread;
  fields_.Clear();
  if (!ReadTextLayout(format.layouts[layout], record, year_, header,
                      &fields_)) {
    return false;
  }
  if (format.whole) header->message_begin = 0;
  const auto& steps = format.layouts[layout];
  const bool speaks = std::any_of(
      steps.begin(), steps.end(),
      [](const FormatStep& step) { return step.kind == StepKind::kMessage; });
  if (!speaks && !format.whole) {
    header->message_begin = header->message_end =
        static_cast<std::uint32_t>(record.size());
  }
  return true;
}

bool HeaderReader::Impl::TryText(int index, std::string_view record,
                                 std::size_t depth, RecordHeader* header) {
  const LogFormat& format = formats_->at(index);
  const std::size_t none = format.layouts.size();
  const std::size_t first = index == detected_[depth]
                                ? static_cast<std::size_t>(layouts_[depth])
                                : none;
  for (std::size_t i = 0; i <= none; ++i) {
    const std::size_t layout = i == 0 ? first : i - 1;
    if (layout >= none || (i > 0 && layout == first)) continue;
    if (!TryLayout(format, layout, record, header)) continue;
    fitted_layout_[depth] = static_cast<int>(layout);
    return true;
  }
  return false;
}

bool HeaderReader::Impl::TryKeys(const LogFormat& format,
                                 std::string_view record,
                                 RecordHeader* header) {
  const bool json = format.kind == LogFormat::Kind::kJson;
  const Keys wanted = json ? Keys::kJson : Keys::kPairs;
  if (keys_ == Keys::kUnread) {
    const bool read = json ? fields_.ReadJson(record, formats_->record_paths())
                           : fields_.ReadPairs(record);
    keys_ = read ? wanted : Keys::kNone;
  }
  *header = RecordHeader();
  return keys_ == wanted &&
         fields_.FillHeader(format, record, year_, at_, header);
}

bool HeaderReader::Impl::Try(int index, std::string_view record,
                             std::size_t depth, RecordHeader* header) {
  const LogFormat& format = formats_->at(index);
  const bool fits = format.kind == LogFormat::Kind::kText
                        ? TryText(index, record, depth, header)
                        : TryKeys(format, record, header);
  if (!fits) return false;
  header->format = format.name;
  header->escape_levels = header->escaped ? 1 : 0;
  fitted_[depth] = index;
  if (format.wraps && depth + 1 < kDepths) Unwrap(record, depth + 1, header);
  return true;
}

// The index of the format that fits, or kNone; then `header` is filled.
int HeaderReader::Impl::Fit(std::string_view record, std::size_t depth,
                            RecordHeader* header) {
  keys_ = Keys::kUnread;
  iso_known_ = false;
  if (formats_ == nullptr || record.empty()) return LogFormats::kNone;
  const auto& candidates = formats_->StartingWith(record[0]);
  const int detected = detected_[depth];
  if (detected >= 0 &&
      std::binary_search(candidates.begin(), candidates.end(), detected) &&
      Try(detected, record, depth, header)) {
    return detected;
  }
  for (const int index : candidates) {
    if (index != detected && Try(index, record, depth, header)) return index;
  }
  return LogFormats::kNone;
}

// Reads the message as a record of its own.
void HeaderReader::Impl::Unwrap(std::string_view record, std::size_t depth,
                                RecordHeader* header) {
  if (header->escaped) return UnwrapEscaped(record, depth, header);
  const std::uint32_t begin = header->message_begin;
  const std::uint32_t end =
      std::min(header->message_end, static_cast<std::uint32_t>(record.size()));
  const std::size_t asked = at_;
  at_ = asked > begin ? asked - begin : 0;
  RecordHeader inner;
  inner.logger = header->logger;
  if (ReadInner(record.substr(begin, end - begin), depth, &inner)) {
    Complete(*header, &inner);
    inner.message_begin += begin;
    inner.message_end =
        inner.message_end == UINT32_MAX ? end : inner.message_end + begin;
    fields_.Shift(begin);
    *header = inner;
  }
  at_ = asked;
}

// False where nothing is known of the inner record but its text.  Who tells the
// logger (a system log) prints messages; only of containers is every line a
// record of some format.
bool HeaderReader::Impl::ReadInner(std::string_view inner, std::size_t depth,
                                   RecordHeader* header) {
  const bool container = header->logger.empty();
  // A system log whose first messages were no records is read as text.
  const bool known = detected_[depth - 1] >= 0 && detected_[depth] < 0;
  if (known && !container) return false;
  if (Fit(inner, depth, header) >= 0) return true;
  fields_.Clear();
  if (!container) return false;
  *header = ReadUnknown(inner);
  return header->message_begin > 0 || header->continues;
}

// The text in escapes that begins at `at` of the record.
void HeaderReader::Impl::Unescape(std::string_view text, std::uint32_t at) {
  inner_.clear();
  places_.clear();
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    const std::size_t size = inner_.size();
    std::uint32_t code = 0;
    if (text[i] != '\\' || i + 1 == text.size()) {
      inner_ += text[i++];
    } else if (text[i + 1] == 'u' && ReadHex4(text, i + 2, &code)) {
      AppendUtf8(code, &inner_);
      i += 6;
    } else {
      constexpr Bytes kNames = "ntrbf";
      constexpr Bytes kMeant = "\n\t\r\b\f";
      const std::size_t name = kNames.find(text[i + 1]);
      inner_ += name == kNone ? text[i + 1] : kMeant[name];
      i += 2;
    }
    places_.resize(places_.size() + inner_.size() - size,
                   at + static_cast<std::uint32_t>(begin));
  }
  while (inner_.ends_with('\n') || inner_.ends_with('\r')) inner_.pop_back();
  const std::size_t kept = inner_.size();
  const auto end = at + static_cast<std::uint32_t>(text.size());
  if (kept == places_.size()) places_.push_back(end);
  places_.resize(kept + 1);
}

void HeaderReader::Impl::UnwrapEscaped(std::string_view record,
                                       std::size_t depth,
                                       RecordHeader* header) {
  const std::uint32_t begin = header->message_begin;
  const Bytes text = record.substr(
      begin, std::min<std::size_t>(header->message_end, record.size()) - begin);
  Unescape(text, begin);
  RecordHeader inner;
  inner.logger = header->logger;
  const bool read = ReadInner(inner_, depth, &inner);
  const auto size = static_cast<std::uint32_t>(inner_.size());
  if (!read) {
    header->message_end = places_[size];
  } else {
    Complete(*header, &inner);
    inner.message_begin = places_[std::min(inner.message_begin, size)];
    inner.message_end = places_[std::min(inner.message_end, size)];
    fields_.Move(places_);
    ++inner.escape_levels;
    *header = inner;
  }
  const Bytes message = record.substr(
      header->message_begin, header->message_end - header->message_begin);
  header->escaped = message.find('\\') != kNone;
  if (!header->escaped) header->escape_levels = 0;
}

void HeaderReader::Impl::Remember(int format, const RecordHeader& header) {
  if (format < 0 || formats_->at(format).then.empty()) {
    first_.format = LogFormats::kNone;
    return;
  }
  first_.format = format;
  first_.time_ms = header.time_ms;
  first_.logger.assign(header.logger);
  first_.thread.assign(header.thread);
  first_.function.assign(header.place.function);
}

bool HeaderReader::Impl::ReadSecondLine(std::string_view record,
                                        RecordHeader* header) const {
  if (first_.format < 0) return false;
  const LogFormat& format = formats_->at(first_.format);
  if (!ReadTextLayout(format.then, record, year_, header, nullptr)) {
    return false;
  }
  header->format = format.name;
  header->time_ms = first_.time_ms;
  header->logger = first_.logger;
  header->thread = first_.thread;
  header->place.function = first_.function;
  header->continues = true;
  return true;
}

bool HeaderReader::Impl::MayBeSecondLine(std::string_view record) const {
  RecordHeader header;
  for (const int index : second_lines_) {
    const FormatLayout& layout = formats_->at(index).then;
    if (ReadTextLayout(layout, record, year_, &header, nullptr)) return true;
  }
  return false;
}

// The last line of `before`, where it can be a first line.
void HeaderReader::Impl::RememberLineOf(std::string_view before) {
  if (before.empty()) return;
  if (before.back() == '\n') before.remove_suffix(1);
  const std::size_t newline = before.find_last_of('\n');
  const Bytes line =
      before.substr(newline == kNone ? 0 : newline + 1).substr(0, kHeadBytes);
  RecordHeader header;
  Remember(Fit(line, 0, &header), header);
}

void HeaderReader::Impl::TakeMember(const PrettyJson::Value& value,
                                    std::string_view record,
                                    RecordHeader* header) {
  if (value.key.empty()) return;
  member_ = {value.key, value.value};
  header->fields = std::span(&member_, 1);
  const Bytes text = value.value.Of(record);
  for (const int index : formats_->StartingWith('{')) {
    const LogFormat& format = formats_->at(index);
    for (const auto& [key, role] : format.keys) {
      if (key != value.key) continue;
      if (role == KeyRole::kTime) {
        header->time_ms = ReadTimeText(text, format.time_pattern, year_);
      } else if (role == KeyRole::kLevel) {
        header->level = text;
      } else if (role == KeyRole::kLogger) {
        header->logger = text;
      } else if (role == KeyRole::kMessage) {
        header->message_begin = value.value.begin;
        header->message_end = value.value.end;
        header->escaped = text.find('\\') != kNone;
        header->escape_levels = header->escaped ? 1 : 0;
      }
      return;
    }
  }
}

bool HeaderReader::Impl::ReadPretty(std::string_view record,
                                    RecordHeader* header) {
  PrettyJson::Value value;
  if (!pretty_.Line(record, &value)) {
    return false;
  }
  *header = RecordHeader();
  header->format = kPrettyName;
  header->continues = !value.first;
  header->message_begin = header->message_end =
      static_cast<std::uint32_t>(record.size());
  TakeMember(value, record, header);
  return true;
}

// Brings the lines before to mind, from the start of their record on.
void HeaderReader::Impl::ReplayPretty(std::string_view before) {
  pretty_.Reset();
  const std::size_t reach = std::min(before.size(), kPrettyReach);
  before.remove_prefix(before.size() - reach);
  std::size_t begin = before.rfind("\n{\n");
  begin = begin == kNone ? (before.starts_with("{\n") ? 0 : kNone) : begin + 1;
  while (begin < before.size()) {
    const Bytes line = LineAt(before, begin);
    PrettyJson::Value value;
    pretty_.Line(line, &value);
    begin += line.size() + 1;
  }
}

// By what headers have in common.
RecordHeader HeaderReader::Impl::ReadUnknown(std::string_view record) {
  const Bytes head = record.substr(0, kHeadBytes);
  RecordHeader header;
  PrintedTime time;
  if (FindTime(head, year_, &layout_, &time)) {
    header.time_ms = time.ms;
    ReadFieldsBehindTime(head, static_cast<TimeLayout>(layout_), time.end,
                         &header);
    return header;
  }
  ReadFieldsWithoutTime(head, &header);
  if (IsContinuation(record)) {
    header = RecordHeader();
    header.continues = true;
  } else if (detected_[0] >= 0 && header.level.empty() && !record.empty() &&
             record[0] != '{') {
    const LogFormat& format = formats_->at(detected_[0]);
    header.continues = format.kind == LogFormat::Kind::kText && !format.wraps;
  }
  return header;
}

RecordHeader HeaderReader::Impl::Finish(std::string_view record,
                                        RecordHeader header) {
  const auto size = static_cast<std::uint32_t>(
      std::min<std::size_t>(record.size(), UINT32_MAX));
  if (header.fields.empty()) header.fields = fields_.fields();
  header.parts = fields_.parts();
  header.message_begin = std::min(header.message_begin, size);
  if (header.message_end != UINT32_MAX) {
    header.message_end =
        std::clamp(header.message_end, header.message_begin, size);
  }
  return header;
}

RecordHeader HeaderReader::Impl::Read(std::string_view record, std::size_t at) {
  RecordHeader header;
  at_ = at;
  fields_.Clear();
  std::fill(std::begin(fitted_), std::end(fitted_), LogFormats::kNone);
  if (ReadSecondLine(record, &header)) {
    first_.format = LogFormats::kNone;
    return Finish(record, header);
  }
  const int format = Fit(record, 0, &header);
  Remember(format, header);
  if (format >= 0) return Finish(record, header);
  fields_.Clear();
  if (formats_ != nullptr && ReadPretty(record, &header)) {
    return Finish(record, header);
  }
  return Finish(record, ReadUnknown(record));
}

RecordHeader HeaderReader::Impl::ReadAlone(std::string_view record,
                                           std::string_view before,
                                           std::size_t at) {
  at_ = 0;
  fields_.Clear();
  first_.format = LogFormats::kNone;
  if (MayBeSecondLine(record)) RememberLineOf(before);
  const bool may_be_pretty =
      formats_ != nullptr && may_be_pretty_ && !record.empty() &&
      (record[0] == ' ' || record[0] == '\t' || record[0] == '}');
  if (may_be_pretty) ReplayPretty(before);
  return Read(record, at);
}

// The value of the first key that can hold the time, wherever it stands.
std::optional<std::int64_t> HeaderReader::Impl::FindTimeKey(
    const LogFormat& format, std::string_view record) const {
  for (const auto& [key, role] : format.keys) {
    if (role != KeyRole::kTime) continue;
    const Bytes leaf = record.find(key) == kNone
                           ? Bytes(key).substr(key.find_last_of('.') + 1)
                           : Bytes(key);
    for (std::size_t at = record.find(leaf); at != kNone;
         at = record.find(leaf, at + 1)) {
      std::size_t value = at + leaf.size();
      if (at == 0 || record[at - 1] != '"' || value >= record.size() ||
          record[value] != '"') {
        continue;
      }
      value = record.find_first_not_of(" :\"", value);
      if (value == kNone) break;
      const auto time =
          ReadTimeText(record.substr(value), format.time_pattern, year_);
      if (time) return time;
    }
  }
  return std::nullopt;
}

std::optional<std::int64_t> HeaderReader::Impl::ReadTime(
    std::string_view record) {
  if (detected_[0] >= 0) {
    const LogFormat& format = formats_->at(detected_[0]);
    std::optional<std::int64_t> time;
    if (format.kind == LogFormat::Kind::kText) {
      const auto first = static_cast<std::size_t>(layouts_[0]);
      time = ReadLayoutTime(format.layouts[first], record, year_);
      if (time) return time;
      for (const FormatLayout& layout : format.layouts) {
        time = ReadLayoutTime(layout, record, year_);
        if (time) return time;
      }
    } else if (format.kind == LogFormat::Kind::kJson &&
               record.starts_with('{')) {
      time = FindTimeKey(format, record);
      if (time) return time;
    }
  }
  PrintedTime time;
  if (!FindTime(record.substr(0, kHeadBytes), year_, &layout_, &time)) {
    return std::nullopt;
  }
  return time.ms;
}

}  // namespace logspill
