// Log formats as data: how the records of one logging framework are laid out.
//
// A text format is a list of layouts, each a list of steps that are walked from
// the left; a JSON or key=value format says which key holds what.
//
// Lifetime:  LogFormats owns them and outlives the readers that use it.
// Threads:   immutable after Build(); shared by all threads.
// Units:     indices of formats are in the order in which they are tried.
// Source:    filled by patterns/ from formats/*.toml and from users' files.

#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace logspill {

enum class StepKind : std::uint8_t {
  kLiteral,   // `text`; a blank in it stands for one or more
  kOptional,  // the next `steps` steps, or nothing
  kTime,
  kLevel,
  kField,
  kMessage,  // the rest, but for a tail
  kPairs,    // a tail of key=value pairs, behind the message
  kJson,     // a tail that is a JSON object, behind the message
};

enum class TimeStyle : std::uint8_t {
  kIso,      // 2026-11-22T21:00:33.638Z, or with a blank, ',' or '/'
  kEpoch,    // 1716238800.123; milli-, micro- and nanoseconds by their digits
  kPattern,  // `text`, as strftime writes it
};

enum class HeaderField : std::uint8_t {
  kSkip,     // anything, or nothing
  kWord,     // a word that means nothing here
  kNumber,   // likewise digits: a process
  kContext,  // anything, brackets in pairs
  kLogger,
  kThread,
  kPlace,  // "api/user.go:12"
  kFile,
  kLine,
  kFunction,
  kClass,  // is the logger and, where no file is printed, the place
};

enum class LevelStyle : std::uint8_t { kWord, kLetter, kAny };

struct FormatStep {
  StepKind kind = StepKind::kLiteral;
  HeaderField field = HeaderField::kSkip;
  TimeStyle time = TimeStyle::kIso;
  LevelStyle level = LevelStyle::kWord;
  // Of a literal: its last blank is one, for the message begins behind it.
  bool exact_end = false;
  bool pad_left = false;    // blanks stand before the value
  std::uint8_t width = 0;   // padded with blanks to so many columns
  std::uint16_t steps = 0;  // of kOptional
  std::string text;
  std::vector<std::string> words;  // the levels that count; empty: all
};

using FormatLayout = std::vector<FormatStep>;

// What a key of a JSON or key=value record holds.
enum class KeyRole : std::uint8_t {
  kTime,
  kLevel,
  kLogger,
  kThread,
  kPlace,
  kFile,
  kLine,
  kFunction,
  kMessage,
};
inline constexpr std::size_t kKeyRoles = 9;

struct LogFormat {
  enum class Kind : std::uint8_t { kText, kJson, kPairs };

  std::string name;
  Kind kind = Kind::kText;
  // Its message is a record of its own: the runtime of a container wrote it, or
  // a system log.
  bool wraps = false;
  // The whole line is the message, header and all: programs print it so.
  bool whole = false;

  // Text: the layouts are tried in turn.
  std::vector<FormatLayout> layouts;
  // A second line that belongs to the first, of which it has the rest.
  FormatLayout then;

  // JSON and pairs.  Keys of nested objects are joined by dots; the first key
  // of a role that a record has counts.
  std::vector<std::pair<std::string, KeyRole>> keys;
  std::vector<std::string> required;  // a record of this format has them all
  // Fields below these keys are named without them: "labels", "attributes".
  std::vector<std::string> unnamed;
  // The array whose objects are the records: several lie in one line.
  std::string records;
  std::string time_pattern;  // beside ISO and epoch times
  // Levels that are printed as numbers: {"30", "info"}.
  std::vector<std::pair<std::string, std::string>> levels;
};

class LogFormats {
 public:
  static constexpr int kNone = -1;

  LogFormats() = default;
  // Those in front are tried first.
  explicit LogFormats(std::vector<LogFormat> formats);

  const LogFormat& at(int index) const {
    return formats_[static_cast<std::size_t>(index)];
  }
  std::size_t size() const { return formats_.size(); }
  // The formats that a record with this first byte can have.
  const std::vector<int>& StartingWith(char first) const {
    return by_first_[static_cast<unsigned char>(first)];
  }
  // LogFormat::records of all formats.
  const std::vector<std::string>& record_paths() const { return record_paths_; }

 private:
  std::vector<LogFormat> formats_;
  std::array<std::vector<int>, 256> by_first_;
  std::vector<std::string> record_paths_;
};

}  // namespace logspill
