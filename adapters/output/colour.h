// Colours of a terminal, and whether to use them.
//
// Threads:   const after construction.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "scanner/base/severity.h"

namespace logspill {

enum class ColourMode { kAuto, kAlways, kNever };

// kAuto: only on a terminal that is not "dumb", and never where NO_COLOR is
// set.
bool WantsColour(ColourMode mode, int fd);

// Columns of the terminal at `fd`; 80 where it is none.
std::size_t TerminalWidth(int fd);

// Wraps text in colour codes, or leaves it as it is.
class Palette {
 public:
  explicit Palette(bool on) : on_(on) {}

  bool on() const { return on_; }
  std::string Bold(std::string_view text) const { return Wrap("1", text); }
  std::string Dim(std::string_view text) const { return Wrap("2", text); }
  std::string Good(std::string_view text) const { return Wrap("32", text); }
  std::string Warn(std::string_view text) const { return Wrap("33", text); }
  std::string Bad(std::string_view text) const { return Wrap("31", text); }
  std::string Of(Severity severity, std::string_view text) const;

 private:
  std::string Wrap(std::string_view code, std::string_view text) const;

  bool on_;
};

}  // namespace logspill
