// What HeaderReader does, behind its door: formats first, then what headers of
// unknown formats have in common.
//
// Lifetime, threads, cost: as HeaderReader says.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scanner/record/key_fields.h"
#include "scanner/record/pretty_json.h"
#include "scanner/record/record_header.h"

namespace logspill {

class HeaderReader::Impl {
 public:
  Impl(int year, const LogFormats* formats);

  void Detect(std::string_view bytes);
  Detected detected() const {
    return {detected_[0], detected_[1], layouts_[0], layouts_[1],
            may_be_pretty_};
  }
  void set_detected(Detected detected) {
    detected_[0] = detected.format;
    detected_[1] = detected.inner;
    layouts_[0] = detected.layout;
    layouts_[1] = detected.inner_layout;
    may_be_pretty_ = detected.pretty;
  }
  std::optional<std::int64_t> ReadTime(std::string_view record);
  RecordHeader Read(std::string_view record, std::size_t at);
  RecordHeader ReadAlone(std::string_view record, std::string_view before,
                         std::size_t at);

 private:
  // What a second line takes over from the first.
  struct FirstLine {
    int format = LogFormats::kNone;
    std::optional<std::int64_t> time_ms;
    std::string logger, thread, function;
  };
  // A record of [0] is the line itself, one of [1] is wrapped in it.
  static constexpr std::size_t kDepths = 3;
  enum class Keys : std::uint8_t { kUnread, kNone, kJson, kPairs };

  int Fit(std::string_view record, std::size_t depth, RecordHeader* header);
  bool Try(int index, std::string_view record, std::size_t depth,
           RecordHeader* header);
  bool TryText(int index, std::string_view record, std::size_t depth,
               RecordHeader* header);
  bool IsRefused(const FormatLayout& layout, std::string_view record);
  bool TryLayout(const LogFormat& format, std::size_t layout,
                 std::string_view record, RecordHeader* header);
  bool TryKeys(const LogFormat& format, std::string_view record,
               RecordHeader* header);
  void Unwrap(std::string_view record, std::size_t depth, RecordHeader* header);
  void UnwrapEscaped(std::string_view record, std::size_t depth,
                     RecordHeader* header);
  bool ReadInner(std::string_view inner, std::size_t depth,
                 RecordHeader* header);
  void Unescape(std::string_view text, std::uint32_t at);
  bool ReadSecondLine(std::string_view record, RecordHeader* header) const;
  void Remember(int format, const RecordHeader& header);
  bool MayBeSecondLine(std::string_view record) const;
  void RememberLineOf(std::string_view before);
  bool ReadPretty(std::string_view record, RecordHeader* header);
  void ReplayPretty(std::string_view before);
  void TakeMember(const PrettyJson::Value& value, std::string_view record,
                  RecordHeader* header);
  RecordHeader ReadUnknown(std::string_view record);
  RecordHeader Finish(std::string_view record, RecordHeader header);
  std::optional<std::int64_t> FindTimeKey(const LogFormat& format,
                                          std::string_view record) const;

  int year_;
  const LogFormats* formats_;
  int layout_ = 0;  // of the time of unknown formats, that fitted last
  int detected_[kDepths] = {LogFormats::kNone, LogFormats::kNone,
                            LogFormats::kNone};
  int fitted_[kDepths] = {LogFormats::kNone, LogFormats::kNone,
                          LogFormats::kNone};  // by the record at hand
  int layouts_[kDepths] = {};  // of the detected ones, tried first
  int fitted_layout_[kDepths] = {};
  std::vector<int> second_lines_;  // formats that have one
  bool may_be_pretty_ = true;
  // Of the record at hand: behind the ISO time that it begins with; 0: none.
  std::size_t iso_end_ = 0;
  bool iso_known_ = false;
  std::size_t at_ = 0;  // the byte that is asked for
  Keys keys_ = Keys::kUnread;
  KeyFields fields_;
  FirstLine first_;
  PrettyJson pretty_;
  RecordField member_;                 // of the pretty-printed line at hand
  std::string inner_;                  // a wrapped record without its escapes
  std::vector<std::uint32_t> places_;  // of its bytes in the record
};

}  // namespace logspill
