// Puts the steps of a layout together, and looks whether they can be read.
//
// Threads:   not thread-safe.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "patterns/format_layout.h"

namespace logspill {

class LayoutBuilder {
 public:
  explicit LayoutBuilder(FormatLayout* layout) : layout_(layout) {}

  // Literal text joins what stands before it.
  void Literal(std::string_view text);
  void Field(HeaderField field, std::uint8_t width = 0, bool pad_left = false);
  void Level(LevelStyle style, std::uint8_t width = 0, bool pad_left = false);
  void Time(TimeStyle style, std::string_view pattern = {});
  void Message() { Add(StepKind::kMessage); }
  void Tail(StepKind kind) { Add(kind); }
  void OpenGroup();
  // False where none is open.
  bool CloseGroup();

  // What is wrong with the whole; else the steps are ready.
  std::string Finish();

 private:
  FormatStep& Add(StepKind kind);
  std::string FaultAt(std::size_t index) const;
  FormatLayout* layout_;
  std::size_t fence_ = 0;          // literals do not join what stands before it
  std::vector<std::size_t> open_;  // groups, by their first step
};

}  // namespace logspill
