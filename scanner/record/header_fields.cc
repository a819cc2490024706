#include "scanner/record/header_fields.h"

#include <algorithm>
#include <array>

namespace logspill {
namespace {

using Bytes = std::string_view;
constexpr std::size_t kNone = Bytes::npos;

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool IsBlank(char c) { return c == ' ' || c == '\t'; }
constexpr bool IsNameByte(char c) {
  return IsDigit(c) || IsUpper(c) || IsLower(c) || c == '_' || c == '.' ||
         c == '$' || c == '/' || c == '-' || c == ':' || c == '(' || c == ')';
}

bool AllDigits(Bytes text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit);
}

// A name as loggers have them.  What only says that something went wrong
// ("Error:", "IOException:") begins a message.
bool IsLoggerName(Bytes name) {
  if (name.empty() || name.size() > 128 || IsDigit(name[0])) return false;
  if (!std::all_of(name.begin(), name.end(), IsNameByte)) return false;
  if (name.find('.') != kNone) return name.back() != '.';
  for (const Bytes end : {"rror", "xception", "arning", "ailed", "ailure"}) {
    if (name.ends_with(end)) return false;
  }
  return true;
}

// "nova.compute.manager": a module's path, not a file, a host or a sentence's
// end.
bool IsModulePath(Bytes name) {
  if (name.find('.') == kNone || name.back() == '.' || !IsLower(name[0])) {
    return false;
  }
  for (const Bytes end : {".py", ".log", ".conf", ".com", ".org", ".json"}) {
    if (name.ends_with(end)) return false;
  }
  return std::all_of(name.begin(), name.end(), [](char c) {
    return IsLower(c) || IsDigit(c) || c == '_' || c == '.' || c == '$' ||
           IsUpper(c);
  });
}

// "handler.go:12": where the call stands.
bool IsLocation(Bytes token) {
  const std::size_t colon = token.find_last_of(':');
  return colon != kNone && AllDigits(token.substr(colon + 1)) &&
         token.substr(0, colon).find('.') != kNone;
}

// Walks over the fields of one head.
class FieldReader {
 public:
  FieldReader(Bytes head, std::size_t at, RecordHeader* header)
      : head_(head), at_(at), known_(at), header_(header) {}

  // Any order of level, logger, thread and process.
  void ReadAny() {
    constexpr int kMostFields = 8;
    bool more = true;
    for (int i = 0; more && i < kMostFields; ++i) {
      const std::size_t before = at_;
      SkipSeparators();
      gap_ = at_ - before;
      if (at_ >= head_.size()) break;
      more = head_[at_] == '[' ? ReadBlock() : ReadToken();
    }
    at_ = known_;
    SkipSeparators();
    Done();
  }

  void ReadAndroid() {
    SkipBlanks();
    for (int i = 0; i < 2; ++i) {
      if (AllDigits(Token())) SkipToken();
    }
    if (Token().size() == 1 && IsUpper(head_[at_])) {
      header_->level = Token();
      SkipToken();
    }
    ReadTag(head_.find(": ", at_));
    Done();
  }

  // host, then "sshd(pam_unix)[19939]: ".
  void ReadSyslog() {
    SkipBlanks();
    const std::size_t host = at_;
    SkipToken();
    const std::size_t blank = head_.find(' ', at_);
    std::size_t colon = head_.find(':', at_);
    // A daemon's name may hold one blank, as in "syslogd 1.4.1: ".
    if (colon == kNone ||
        (blank != kNone && head_.find(' ', blank + 1) < colon)) {
      Done();
      return;
    }
    if (blank != kNone && colon > blank && head_[colon - 1] != ']') {
      if (head_.substr(host, at_ - host).find(':') != kNone) at_ = host;
    }
    ReadTag(colon);
    Done();
  }

  // "<34>1 TIME host app procid msgid [data] text"
  void ReadSyslog5424() {
    SkipBlanks();
    SkipToken();
    if (Token() != "-") header_->logger = Token();
    for (int i = 0; i < 3; ++i) SkipToken();
    if (at_ < head_.size() && head_[at_] == '[') {
      at_ = std::min(BlockEnd(), head_.size());
    } else if (Token() == "-") {
      ++at_;
    }
    SkipBlanks();
    Done();
  }

  // "I1123 08:00:00.123456 12345 file.cc:123] text"
  void ReadGlog() {
    header_->level = head_.substr(0, 1);
    const std::size_t bracket = head_.find("] ", at_);
    if (bracket != kNone) at_ = bracket + 2;
    Done();
  }

  // "INFO:", "[INFO]", "DEBUG:root:text"; nothing else counts without a time.
  void ReadLevelFirst() {
    SkipColour();
    const bool bracket = at_ < head_.size() && head_[at_] == '[';
    if (!bracket && (at_ >= head_.size() || !IsUpper(head_[at_]))) return;
    ReadAny();
    if (header_->level.empty()) *header_ = RecordHeader();
  }

 private:
  Bytes Token() const {
    std::size_t end = at_;
    while (end < head_.size() && !IsBlank(head_[end])) ++end;
    return head_.substr(at_, end - at_);
  }
  void SkipBlanks() {
    while (at_ < head_.size() && IsBlank(head_[at_])) ++at_;
  }
  void SkipToken() {
    at_ += Token().size();
    SkipBlanks();
  }
  void SkipColour() {
    while (head_.substr(at_).starts_with("\x1b[")) {
      const std::size_t end = head_.find('m', at_);
      if (end == kNone) return;
      at_ = end + 1;
    }
  }
  void Done() {
    header_->message_begin =
        static_cast<std::uint32_t>(std::min(at_, head_.size()));
  }

  // Blanks and marks that stand alone: "-", "---", "|", ":", and "," behind a
  // time.
  void SkipSeparators() {
    if (at_ < head_.size() && (head_[at_] == ',' || head_[at_] == ']')) ++at_;
    for (;;) {
      SkipBlanks();
      SkipColour();
      std::size_t end = at_;
      while (end < head_.size() && end - at_ < 3 &&
             (head_[end] == '-' || head_[end] == '|' || head_[end] == ':')) {
        ++end;
      }
      if (end == at_ || end >= head_.size() || !IsBlank(head_[end])) return;
      at_ = end;
    }
  }

  // Behind the ']' that closes the block at at_, or past the head.
  std::size_t BlockEnd() const {
    int depth = 0;
    for (std::size_t i = at_; i < head_.size(); ++i) {
      depth += head_[i] == '[' ? 1 : 0;
      depth -= head_[i] == ']' ? 1 : 0;
      if (depth == 0) return i + 1;
    }
    return head_.size() + 1;
  }

  // [notice]  [core:error]  [main] [QuorumPeer/0:0:2181:FastLeaderElection@774]
  bool ReadBlock() {
    const std::size_t end = BlockEnd();
    if (end > head_.size()) return false;
    Bytes inside = head_.substr(at_ + 1, end - at_ - 2);
    while (!inside.empty() && inside.back() == ' ') inside.remove_suffix(1);
    const Bytes last = inside.substr(inside.find_last_of(':') + 1);
    const std::size_t line = inside.find_last_of('@');
    if (header_->level.empty() && IsLevel(last)) {
      header_->level = last;
    } else if (line != kNone && AllDigits(inside.substr(line + 1))) {
      const std::size_t colon = inside.find_last_of(':', line);
      const std::size_t begin = colon == kNone ? 0 : colon + 1;
      header_->logger = inside.substr(begin, line - begin);
    }
    at_ = end;
    if (!header_->level.empty()) known_ = at_;
    return true;
  }

  bool ReadToken() {
    const Bytes token = Token();
    if (header_->level.empty()) return ReadBeforeLevel(token);
    if (header_->logger.empty()) return ReadLogger(token);
    return false;
  }

  bool ReadBeforeLevel(Bytes token) {
    const std::size_t colon = token.find_first_of(":,|]");
    const Bytes word = token.substr(0, colon);
    const bool plain = colon == kNone && !IsLower(token[0]);
    if (IsLevel(word) && (plain || colon != kNone)) {
      header_->level = word;
      at_ += word.size();
      known_ = at_;
      if (colon == kNone || token[colon] != ':') return true;
      ++at_;
      return ReadBehindColon();
    }
    at_ += token.size();
    if (AllDigits(token) || token[0] == '#' || token.starts_with("pid=")) {
      return true;
    }
    // A name is the logger where a level is next to it.
    const std::size_t behind = at_;
    SkipSeparators();
    const Bytes next = Token();
    const Bytes bare = next.substr(0, next.find_first_of(":,]"));
    if (IsLoggerName(token) && IsLevel(bare) && !IsLower(bare[0])) {
      header_->logger = token;
      return true;
    }
    at_ = behind;
    return false;
  }

  // "DEBUG:root:text" and "ERROR: text"
  bool ReadBehindColon() {
    known_ = at_;
    const Bytes token = Token();
    const std::size_t colon = token.find(':');
    if (colon != kNone && IsLoggerName(token.substr(0, colon))) {
      header_->logger = token.substr(0, colon);
      known_ = at_ + colon + 1;
    }
    return false;
  }

  bool ReadLogger(Bytes token) {
    const std::size_t end = at_ + token.size();
    if (AllDigits(token)) {  // "INFO 2628 ---"
      at_ = end;
      return head_.substr(end, 3) == " --" || head_.substr(end, 3) == " - ";
    }
    if (token == "req") return false;
    if (token.ends_with(']') && token.find('[') == kNone) {
      return TakeLogger(token.substr(0, token.size() - 1), end);
    }
    if (IsLocation(token)) {
      at_ = known_ = end;
      return true;
    }
    if (token.ends_with(':')) {
      return TakeLogger(token.substr(0, token.size() - 1), end);
    }
    if (IsFollowedByMark(end)) return TakeLogger(token, end);
    if (IsModulePath(token)) return TakeLogger(token, end) || TakeContext();
    const bool column = gap_ >= 2 && head_.substr(end, 2) == "  ";
    return column && TakeLogger(token, end);
  }

  bool IsFollowedByMark(std::size_t end) const {
    const std::size_t mark = head_.find_first_not_of(' ', end);
    if (mark == kNone || mark == end || mark + 1 >= head_.size()) return false;
    return (head_[mark] == ':' || head_[mark] == '-' || head_[mark] == '|') &&
           (head_[mark + 1] == ' ' || head_[mark + 1] == '-');
  }

  // False: behind the logger the message begins.
  bool TakeLogger(Bytes name, std::size_t end) {
    if (!IsLoggerName(name)) return false;
    header_->logger = name;
    at_ = known_ = end;
    return false;
  }

  // oslo.log puts the request, then the instance, between logger and message.
  bool TakeContext() {
    if (header_->logger.empty()) return false;
    for (const Bytes begin : {" [", " [instance:"}) {
      if (!head_.substr(at_).starts_with(begin)) break;
      ++at_;
      const std::size_t end = BlockEnd();
      if (end > head_.size()) break;
      at_ = known_ = end;
    }
    return false;
  }

  void ReadTag(std::size_t colon) {
    if (colon == kNone) return;
    const Bytes tag = head_.substr(at_, colon - at_);
    header_->logger = tag.substr(0, tag.find('['));
    while (header_->logger.ends_with(' ')) header_->logger.remove_suffix(1);
    at_ = colon + 1;
    if (at_ < head_.size() && head_[at_] == ' ') ++at_;
  }

  Bytes head_;
  std::size_t at_;
  std::size_t known_;    // behind the last field that surely is one
  std::size_t gap_ = 0;  // bytes of separators before the present field
  RecordHeader* header_;
};

// The value of the first of `keys` that the head holds as `before` + key +
// `behind`.
Bytes ValueOf(Bytes head, std::initializer_list<Bytes> keys, char separator) {
  for (const Bytes key : keys) {
    for (std::size_t i = head.find(key); i != kNone;
         i = head.find(key, i + 1)) {
      std::size_t at = i + key.size();
      if (separator == ':') {
        if (i == 0 || head[i - 1] != '"' || head.substr(at, 1) != "\"")
          continue;
        ++at;
      } else if (i > 0 && head[i - 1] != ' ') {
        continue;
      }
      while (separator == ':' && head.substr(at, 1) == " ") ++at;
      if (head.substr(at, 1) != Bytes(&separator, 1)) continue;
      ++at;
      while (separator == ':' && head.substr(at, 1) == " ") ++at;
      const bool quoted = head.substr(at, 1) == "\"";
      at += quoted ? 1 : 0;
      const std::size_t end = head.find_first_of(quoted ? "\"" : " ,}", at);
      return head.substr(at, std::min(end, head.size()) - at);
    }
  }
  return {};
}

void ReadStructured(Bytes head, char separator, RecordHeader* header) {
  header->level = ValueOf(
      head, {"level", "severity", "lvl", "levelname", "log.level", "@l"},
      separator);
  header->logger = ValueOf(head,
                           {"logger", "logger_name", "loggerName", "log.logger",
                            "name", "component"},
                           separator);
  const Bytes message =
      ValueOf(head, {"msg", "message", "event", "@m", "@mt"}, separator);
  if (message.data() != nullptr) {
    header->message_begin =
        static_cast<std::uint32_t>(message.data() - head.data());
  }
}

}  // namespace

bool IsLevel(std::string_view word) {
  static constexpr std::array<Bytes, 23> kLevels = {
      "alert",  "audit",  "config",  "crit",  "critical", "dbg",
      "debug",  "emerg",  "err",     "error", "fatal",    "fine",
      "finer",  "finest", "inf",     "info",  "notice",   "panic",
      "severe", "trace",  "verbose", "warn",  "warning"};
  if (word.size() < 3 || word.size() > 8) return false;
  const bool shouted = IsUpper(word[1]);
  std::array<char, 8> lower{};
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    if (i > 0 && IsUpper(c) != shouted) return false;
    if (shouted && !IsUpper(word[0])) return false;
    lower[i] = IsUpper(c) ? static_cast<char>(c + 32) : c;
  }
  const Bytes name(lower.data(), word.size());
  return std::binary_search(kLevels.begin(), kLevels.end(), name);
}

void ReadFieldsBehindTime(std::string_view head, TimeLayout layout,
                          std::uint32_t at, RecordHeader* header) {
  FieldReader fields(head, at, header);
  switch (layout) {
    case TimeLayout::kCommonLog:
      return;  // the whole line is the message
    case TimeLayout::kJson:
      return ReadStructured(head, ':', header);
    case TimeLayout::kLogfmt:
      return ReadStructured(head, '=', header);
    case TimeLayout::kAndroid:
      return fields.ReadAndroid();
    case TimeLayout::kSyslog:
      return fields.ReadSyslog();
    case TimeLayout::kSyslog5424:
      return fields.ReadSyslog5424();
    case TimeLayout::kGlog:
      return fields.ReadGlog();
    default:
      return fields.ReadAny();
  }
}

void ReadFieldsWithoutTime(std::string_view head, RecordHeader* header) {
  if (head.starts_with('{')) return ReadStructured(head, ':', header);
  FieldReader(head, 0, header).ReadLevelFirst();
}

}  // namespace logspill
