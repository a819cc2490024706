#include "scanner/record/text_layout.h"

#include <algorithm>
#include <array>

#include "scanner/record/header_fields.h"
#include "scanner/record/time_layouts.h"
#include "scanner/record/time_pattern.h"

namespace logspill {
namespace {

using Bytes = std::string_view;
constexpr std::size_t kNone = Bytes::npos;
constexpr std::size_t kMostLevel = 24;
constexpr std::size_t kMostField = 512;  // bytes
constexpr int kMostTries = 256;          // of ends of values, in one layout

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsBlank(char c) { return c == ' ' || c == '\t'; }
constexpr bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// What zerolog, logrus and loguru print beside the usual levels.
bool IsLevelWord(Bytes word) {
  static constexpr std::array<Bytes, 9> kMore = {
      "DBG", "DEBU", "ERRO", "FATA", "FTL", "PANI", "PNC", "TRC", "WRN"};
  if (IsLevel(word)) return true;
  for (const Bytes more : kMore) {
    if (word == more) return true;
  }
  return word == "TRAC" || word == "SUCCESS" || word == "CRITICAL";
}

// The value may hold blanks, and what ends it.
bool HoldsWords(const FormatStep& step) {
  return step.kind == StepKind::kField && (step.field == HeaderField::kSkip ||
                                           step.field == HeaderField::kThread ||
                                           step.field == HeaderField::kContext);
}

class LayoutReader {
 public:
  LayoutReader(const FormatLayout& layout, Bytes record, int year,
               RecordHeader* header, KeyFields* fields)
      : layout_(layout),
        text_(record),
        year_(year),
        header_(header),
        fields_(fields) {}

  bool Run() { return Run(0, layout_.size()); }
  // Ends behind the first time.
  bool RunToTime() {
    only_time_ = true;
    return Run(0, layout_.size()) || timed_;
  }

 private:
  bool Run(std::size_t from, std::size_t to);
  bool Step(std::size_t index);
  bool Optional(std::size_t index);
  bool Time(const FormatStep& step);
  bool Level(const FormatStep& step);
  bool Field(std::size_t index);
  bool Message(std::size_t index);
  bool MessageBefore(std::size_t index, std::size_t end);
  bool Take(HeaderField field, Bytes value);
  bool TakePlace(Bytes value);
  std::size_t FieldEnd(std::size_t index) const;
  std::size_t MatchLiteral(const FormatStep& step, std::size_t at) const;
  bool StopsAt(std::size_t index, std::size_t at) const;
  void SkipColour();
  bool Words(std::size_t index, std::size_t to);
  void SkipPad(std::size_t index, std::size_t begin);

  const FormatLayout& layout_;
  Bytes text_;
  int year_;
  RecordHeader* header_;
  KeyFields* fields_;
  std::size_t at_ = 0;
  bool only_time_ = false;
  bool timed_ = false;
  int tries_ = 0;
  bool ended_ = false;  // the message was read, and what stands behind it
};

bool LayoutReader::Run(std::size_t from, std::size_t to) {
  std::size_t index = from;
  while (index < to) {
    if (HoldsWords(layout_[index])) return Words(index, to);
    if (!Step(index)) return false;
    if (ended_ || (only_time_ && timed_)) return true;
    const FormatStep& step = layout_[index];
    index += 1 + (step.kind == StepKind::kOptional ? step.steps : 0);
  }
  return true;
}

void LayoutReader::SkipColour() {
  while (at_ + 1 < text_.size() && text_[at_] == '\x1b' &&
         text_[at_ + 1] == '[') {
    std::size_t end = at_ + 2;
    while (end < text_.size() && (IsDigit(text_[end]) || text_[end] == ';')) {
      ++end;
    }
    if (end >= text_.size() || text_[end] != 'm') return;
    at_ = end + 1;
  }
}

bool LayoutReader::Step(std::size_t index) {
  const FormatStep& step = layout_[index];
  if (at_ < text_.size() && text_[at_] == '\x1b') SkipColour();
  if (step.pad_left) {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  switch (step.kind) {
    case StepKind::kLiteral: {
      const std::size_t end = MatchLiteral(step, at_);
      if (end == kNone) return false;
      at_ = end;
      return true;
    }
    case StepKind::kOptional:
      return Optional(index);
    case StepKind::kTime:
      return Time(step);
    case StepKind::kLevel:
      return Level(step);
    case StepKind::kField:
      return Field(index);
    case StepKind::kMessage:
      return Message(index);
    default:
      return true;  // a tail: read with the message
  }
}

bool LayoutReader::Optional(std::size_t index) {
  const std::size_t at = at_;
  const RecordHeader before = *header_;
  const std::size_t first = index + 1;
  if (!Run(first, first + layout_[index].steps)) {
    at_ = at;
    *header_ = before;
  }
  return true;
}

// Behind the literal at `at`; npos where it does not stand there.
std::size_t LayoutReader::MatchLiteral(const FormatStep& step,
                                       std::size_t at) const {
  for (std::size_t i = 0; i < step.text.size(); ++i) {
    if (at >= text_.size()) return kNone;
    const char wanted = step.text[i];
    if (text_[at] != wanted && (wanted != ' ' || text_[at] != '\t')) {
      return kNone;
    }
    ++at;
    if (wanted != ' ' || (step.exact_end && i + 1 == step.text.size())) {
      continue;
    }
    while (at < text_.size() && IsBlank(text_[at])) ++at;
  }
  return at;
}

bool LayoutReader::Time(const FormatStep& step) {
  PrintedTime time;
  bool read = false;
  if (step.time == TimeStyle::kPattern) {
    const auto found = ReadTimePattern(step.text, text_, at_, year_);
    if (!found) return false;
    if (found->ms) header_->time_ms = found->ms;
    at_ = found->end;
    timed_ = timed_ || found->ms.has_value();
    return true;
  }
  read = step.time == TimeStyle::kIso ? ReadIsoTime(text_, at_, &time)
                                      : ReadEpochTime(text_, at_, &time);
  if (!read) return false;
  header_->time_ms = time.ms;
  at_ = time.end;
  timed_ = true;
  return true;
}

bool LayoutReader::Level(const FormatStep& step) {
  const std::size_t begin = at_;
  const std::size_t most = step.level == LevelStyle::kLetter ? 1 : kMostLevel;
  while (at_ < text_.size() && at_ - begin < most && IsLetter(text_[at_])) {
    ++at_;
  }
  const Bytes word = text_.substr(begin, at_ - begin);
  if (word.empty()) return false;
  if (step.level == LevelStyle::kLetter) {
    if (Bytes("VDIWEFTNC").find(word[0]) == kNone) return false;
  } else if (step.level == LevelStyle::kWord && !IsLevelWord(word)) {
    return false;
  }
  if (!step.words.empty() && std::find(step.words.begin(), step.words.end(),
                                       word) == step.words.end()) {
    return false;
  }
  header_->level = word;
  if (at_ < text_.size() && text_[at_] == '\x1b') SkipColour();
  SkipPad(static_cast<std::size_t>(&step - layout_.data()), begin);
  return true;
}

// True where the steps from `index` on can begin at `at`; an optional group may
// be there or not.
bool LayoutReader::StopsAt(std::size_t index, std::size_t at) const {
  if (index >= layout_.size()) return false;
  const FormatStep& step = layout_[index];
  if (step.kind == StepKind::kLiteral) {
    if (at >= text_.size()) return false;
    const char first = step.text[0];
    const bool may = text_[at] == first || (first == ' ' && text_[at] == '\t');
    return may && MatchLiteral(step, at) != kNone;
  }
  if (step.kind != StepKind::kOptional) return false;
  return StopsAt(index + 1, at) || StopsAt(index + 1 + step.steps, at);
}

// Blanks behind a value that is padded on the right.
void LayoutReader::SkipPad(std::size_t index, std::size_t begin) {
  const FormatStep& step = layout_[index];
  if (step.pad_left) return;
  const std::size_t end = at_;
  while (at_ < text_.size() && at_ - begin < step.width && text_[at_] == ' ') {
    ++at_;
  }
  // Some write the blank that separates, and no padding.
  if (at_ > end && !StopsAt(index + 1, at_) && StopsAt(index + 1, at_ - 1)) {
    --at_;
  }
}

// Where the value of the field at `index` ends; npos where it does not.
std::size_t LayoutReader::FieldEnd(std::size_t index) const {
  const std::size_t most = std::min(text_.size(), at_ + kMostField);
  for (std::size_t at = at_; at < most; ++at) {
    if (text_[at] == '\x1b' || IsBlank(text_[at])) return at;
    if (StopsAt(index + 1, at)) return at;
  }
  return most == text_.size() ? most : kNone;
}

// A value that may hold what ends it: the first end counts behind which all
// else fits.  Brackets inside go in pairs.
bool LayoutReader::Words(std::size_t index, std::size_t to) {
  const FormatStep& step = layout_[index];
  if (at_ < text_.size() && text_[at_] == '\x1b') SkipColour();
  if (step.pad_left) {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  const std::size_t begin = at_;
  const std::size_t most = std::min(text_.size(), begin + kMostField);
  int depth = 0;
  for (std::size_t at = begin; at <= most; ++at) {
    const bool last = index + 1 == layout_.size() && at == text_.size();
    if (last || (depth == 0 && StopsAt(index + 1, at))) {
      if (++tries_ > kMostTries) return false;
      const RecordHeader before = *header_;
      Bytes value = text_.substr(begin, at - begin);
      while (step.width != 0 && value.ends_with(' ')) value.remove_suffix(1);
      Take(step.field, value);
      at_ = at;
      if (Run(index + 1, to)) return true;
      *header_ = before;
    }
    if (at == most) break;
    if (step.field != HeaderField::kContext) continue;
    depth += text_[at] == '[' ? 1 : 0;
    depth -= text_[at] == ']' ? 1 : 0;
    if (depth < 0) return false;
  }
  return false;
}

bool LayoutReader::Field(std::size_t index) {
  const FormatStep& step = layout_[index];
  std::size_t end = at_;
  if (step.field == HeaderField::kNumber || step.field == HeaderField::kLine) {
    while (end < text_.size() && IsDigit(text_[end])) ++end;
  } else {
    end = FieldEnd(index);
  }
  if (end == kNone || end == at_) return false;
  const std::size_t begin = at_;
  at_ = end;
  if (!Take(step.field, text_.substr(begin, end - begin))) return false;
  SkipPad(index, begin);
  return true;
}

bool AllDigits(Bytes text) {
  return !text.empty() && text.size() < 8 &&
         std::all_of(text.begin(), text.end(), IsDigit);
}

std::uint32_t NumberOf(Bytes digits) {
  std::uint32_t number = 0;
  for (const char c : digits) {
    number = number * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return number;
}

bool LayoutReader::TakePlace(Bytes value) {
  const std::size_t colon = value.find_last_of(':');
  if (colon == kNone || colon == 0 || !AllDigits(value.substr(colon + 1))) {
    return false;
  }
  header_->place.file = value.substr(0, colon);
  header_->place.line = NumberOf(value.substr(colon + 1));
  return header_->place.file.find('.') != kNone;
}

bool LayoutReader::Take(HeaderField field, Bytes value) {
  if (value.empty()) return true;
  switch (field) {
    case HeaderField::kLogger:
      header_->logger = value;
      if (Bytes("([{<\"'").find(value[0]) != kNone) return false;
      return !IsDigit(value[0]) || value.find('.') != kNone;
    case HeaderField::kThread:
      header_->thread = value;
      return true;
    case HeaderField::kPlace:
      return TakePlace(value);
    case HeaderField::kFile:
      header_->place.file = value;
      return true;
    case HeaderField::kLine:
      if (!AllDigits(value)) return false;
      header_->place.line = NumberOf(value);
      return true;
    case HeaderField::kFunction:
      header_->place.function = value;
      return true;
    case HeaderField::kClass:
      if (header_->logger.empty()) header_->logger = value;
      if (header_->place.file.empty()) header_->place.file = value;
      return value.find(':') == kNone;
    default:
      return true;
  }
}

bool LayoutReader::Message(std::size_t index) {
  std::size_t end = text_.size();
  if (end > at_ && text_[end - 1] == '\r') --end;
  const Bytes message = text_.substr(at_, end - at_);
  std::size_t size = message.size();
  if (index + 1 < layout_.size()) {
    const StepKind tail = layout_[index + 1].kind;
    if (tail == StepKind::kLiteral) return MessageBefore(index + 1, end);
    if (only_time_) return true;
    if (tail == StepKind::kPairs) {
      size = fields_->ReadPairsTail(text_, at_, end);
    } else if (tail == StepKind::kJson) {
      size = fields_->ReadJsonTail(text_, at_, end);
    }
  }
  header_->message_begin = static_cast<std::uint32_t>(at_);
  header_->message_end = static_cast<std::uint32_t>(at_ + size);
  at_ = text_.size();
  return true;
}

// The steps from `index` on stand behind the message, at the end of the record.
bool LayoutReader::MessageBefore(std::size_t index, std::size_t end) {
  const std::size_t begin = at_;
  text_ = text_.substr(0, end);
  const std::size_t least = end - std::min(end - begin, kMostField);
  for (std::size_t at = end; at-- > least;) {
    if (MatchLiteral(layout_[index], at) == kNone) continue;
    const RecordHeader before = *header_;
    at_ = at;
    if (Run(index, layout_.size()) && at_ == end) {
      header_->message_begin = static_cast<std::uint32_t>(begin);
      header_->message_end = static_cast<std::uint32_t>(at);
      ended_ = true;
      return true;
    }
    *header_ = before;
  }
  return false;
}

}  // namespace

bool ReadTextLayout(const FormatLayout& layout, std::string_view record,
                    int year, RecordHeader* header, KeyFields* fields) {
  return LayoutReader(layout, record, year, header, fields).Run();
}

std::optional<std::int64_t> ReadLayoutTime(const FormatLayout& layout,
                                           std::string_view record, int year) {
  RecordHeader header;
  KeyFields* none = nullptr;
  LayoutReader reader(layout, record, year, &header, none);
  if (!reader.RunToTime()) return std::nullopt;
  return header.time_ms;
}

}  // namespace logspill
