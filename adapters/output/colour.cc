#include "adapters/output/colour.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

namespace logspill {
namespace {

constexpr std::size_t kDefaultWidth = 80;
constexpr std::size_t kMinWidth = 60;

std::string_view Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

}  // namespace

bool WantsColour(ColourMode mode, int fd) {
  if (mode != ColourMode::kAuto) return mode == ColourMode::kAlways;
  return Environment("NO_COLOR").empty() && Environment("TERM") != "dumb" &&
         ::isatty(fd) == 1;
}

std::size_t TerminalWidth(int fd) {
  winsize size{};
  if (::isatty(fd) != 1 || ::ioctl(fd, TIOCGWINSZ, &size) != 0) {
    return kDefaultWidth;
  }
  if (size.ws_col == 0) return kDefaultWidth;
  return size.ws_col < kMinWidth ? kMinWidth : size.ws_col;
}

std::string Palette::Of(Severity severity, std::string_view text) const {
  constexpr std::array<std::string_view, 5> kCodes = {"2", "36", "33", "31",
                                                      "1;31"};
  return Wrap(kCodes[static_cast<std::size_t>(severity)], text);
}

std::string Palette::Wrap(std::string_view code, std::string_view text) const {
  if (!on_ || text.empty()) return std::string(text);
  std::string out = "\033[";
  out.append(code).append("m").append(text).append("\033[0m");
  return out;
}

}  // namespace logspill
