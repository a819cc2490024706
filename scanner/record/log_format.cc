#include "scanner/record/log_format.h"

namespace logspill {
namespace {

using FirstBytes = std::bitset<256>;

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kLetters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr char kEscape = '\x1b';  // of a colour

void Add(std::string_view bytes, FirstBytes* first) {
  for (const char c : bytes) first->set(static_cast<unsigned char>(c));
}

void AddTime(const FormatStep& step, FirstBytes* first) {
  const bool pattern = step.time == TimeStyle::kPattern && !step.text.empty();
  if (!pattern) return Add(kDigits, first);
  if (step.text[0] != '%') return Add(step.text.substr(0, 1), first);
  Add(kDigits, first);
  Add(kLetters, first);
  Add(" +-", first);
}

// The bytes with which the steps from `at` on can begin.
FirstBytes FirstOf(const FormatLayout& layout, std::size_t at) {
  FirstBytes first;
  if (at >= layout.size()) return first.set();
  const FormatStep& step = layout[at];
  if (step.width != 0 && step.pad_left) Add(" ", &first);
  switch (step.kind) {
    case StepKind::kLiteral:
      Add(step.text.substr(0, 1), &first);
      if (step.text[0] == ' ') Add("\t", &first);
      break;
    case StepKind::kOptional:
      first |= FirstOf(layout, at + 1);
      first |= FirstOf(layout, at + 1 + step.steps);
      break;
    case StepKind::kTime:
      AddTime(step, &first);
      break;
    case StepKind::kLevel:
      Add(kLetters, &first);
      break;
    case StepKind::kField:
      if (step.field != HeaderField::kNumber &&
          step.field != HeaderField::kLine) {
        return first.set();
      }
      Add(kDigits, &first);
      break;
    default:
      return first.set();
  }
  return first;
}

FirstBytes FirstOf(const LogFormat& format) {
  FirstBytes first;
  if (format.kind == LogFormat::Kind::kJson) {
    Add("{", &first);
    return first;
  }
  if (format.kind == LogFormat::Kind::kPairs) {
    Add(kLetters, &first);
    Add("@_", &first);
    return first;
  }
  for (const FormatLayout& layout : format.layouts) {
    first |= FirstOf(layout, 0);
  }
  first.set(static_cast<unsigned char>(kEscape));
  return first;
}

}  // namespace

LogFormats::LogFormats(std::vector<LogFormat> formats)
    : formats_(std::move(formats)) {
  for (std::size_t i = 0; i < formats_.size(); ++i) {
    const FirstBytes first = FirstOf(formats_[i]);
    for (std::size_t byte = 0; byte < first.size(); ++byte) {
      if (first[byte]) by_first_[byte].push_back(static_cast<int>(i));
    }
    const std::string& records = formats_[i].records;
    if (!records.empty()) record_paths_.push_back(records);
  }
}

}  // namespace logspill
