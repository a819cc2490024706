#include "patterns/layout_builder.h"

namespace logspill {
namespace {

// A value of this kind ends only where what follows begins.
bool NeedsEnd(const FormatStep& step) {
  if (step.kind != StepKind::kField) return false;
  return step.field != HeaderField::kNumber && step.field != HeaderField::kLine;
}

}  // namespace

FormatStep& LayoutBuilder::Add(StepKind kind) {
  FormatStep& step = layout_->emplace_back();
  step.kind = kind;
  return step;
}

void LayoutBuilder::Literal(std::string_view text) {
  for (const char c : text) {
    const bool joins =
        layout_->size() > fence_ && layout_->back().kind == StepKind::kLiteral;
    if (!joins) Add(StepKind::kLiteral);
    std::string& literal = layout_->back().text;
    // One blank stands for many.
    if (c == ' ' && literal.ends_with(' ')) continue;
    literal += c;
  }
}

void LayoutBuilder::Field(HeaderField field, std::uint8_t width,
                          bool pad_left) {
  FormatStep& step = Add(StepKind::kField);
  step.field = field;
  step.width = width;
  step.pad_left = pad_left;
}

void LayoutBuilder::Level(LevelStyle style, std::uint8_t width, bool pad_left) {
  FormatStep& step = Add(StepKind::kLevel);
  step.level = style;
  step.width = width;
  step.pad_left = pad_left;
}

void LayoutBuilder::Time(TimeStyle style, std::string_view pattern) {
  FormatStep& step = Add(StepKind::kTime);
  step.time = style;
  step.text = pattern;
}

void LayoutBuilder::OpenGroup() {
  open_.push_back(layout_->size());
  Add(StepKind::kOptional);
  fence_ = layout_->size();
}

bool LayoutBuilder::CloseGroup() {
  if (open_.empty()) return false;
  const std::size_t first = open_.back();
  open_.pop_back();
  (*layout_)[first].steps =
      static_cast<std::uint16_t>(layout_->size() - first - 1);
  fence_ = layout_->size();
  return true;
}

std::string LayoutBuilder::FaultAt(std::size_t index) const {
  const FormatStep& step = (*layout_)[index];
  const bool last = index + 1 == layout_->size();
  if (step.kind == StepKind::kMessage) {
    if (last) return {};
    const StepKind next = (*layout_)[index + 1].kind;
    const bool tail = index + 2 == layout_->size() &&
                      (next == StepKind::kPairs || next == StepKind::kJson);
    if (tail || next == StepKind::kLiteral) return {};
    return "nothing separates the message from what follows";
  }
  if (NeedsEnd(step) && !last) {
    const StepKind next = (*layout_)[index + 1].kind;
    if (next == StepKind::kField || next == StepKind::kTime ||
        next == StepKind::kMessage) {
      return "nothing separates a field from the next";
    }
  }
  return {};
}

std::string LayoutBuilder::Finish() {
  if (!open_.empty()) return "a group is not closed";
  if (layout_->empty()) return "the layout is empty";
  bool says_anything = false;
  for (std::size_t i = 0; i < layout_->size(); ++i) {
    FormatStep& step = (*layout_)[i];
    says_anything |=
        step.kind == StepKind::kTime || step.kind == StepKind::kLevel ||
        (step.kind == StepKind::kField && step.field != HeaderField::kSkip);
    const bool before_message =
        i + 1 < layout_->size() && (*layout_)[i + 1].kind == StepKind::kMessage;
    if (step.kind == StepKind::kLiteral && before_message) {
      step.exact_end = true;
    }
    if (std::string fault = FaultAt(i); !fault.empty()) return fault;
  }
  return says_anything ? "" : "nothing but the message is read";
}

}  // namespace logspill
