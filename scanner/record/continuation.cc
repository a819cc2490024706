#include "scanner/record/continuation.h"

#include <algorithm>
#include <array>

namespace logspill {
namespace {

using Bytes = std::string_view;

constexpr bool IsBlank(char c) { return c == ' ' || c == '\t'; }
constexpr bool IsNameByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '$';
}

// What JVM, CPython, Go, V8, .NET, Rust and Ruby print between frames.
constexpr std::array<Bytes, 20> kBegins = {
    "Caused by:",
    "Suppressed:",
    "Traceback (most recent call last)",
    "During handling of the above exception",
    "The above exception was the direct cause",
    "+ Exception Group Traceback",
    "... ",
    "at ",
    "goroutine ",
    "created by ",
    "[signal ",
    "exit status ",
    "runtime error: ",
    "--- End of ",
    "---> ",
    "stack backtrace:",
    "note: run with `RUST_BACKTRACE",
    "Stack trace:",
    "stack traceback:",
    "Wrapped by: "};

// "java.lang.IllegalStateException: text", "ValueError: text", "KeyError"
bool IsExceptionLine(Bytes line) {
  std::size_t end = 0;
  while (end < line.size() && IsNameByte(line[end])) ++end;
  const Bytes name = line.substr(0, end);
  if (end < line.size() && line[end] != ':') return false;
  for (const Bytes word : {"Exception", "Error", "Throwable", "Interrupt"}) {
    if (name.ends_with(word) && name.size() > word.size()) return true;
  }
  return false;
}

// A frame of Go: "main.(*Server).Serve(0xc0000b2000, {0x7ffd, 0x3})"
bool IsGoFrame(Bytes line) {
  if (!line.ends_with(')') || line.size() > 512) return false;
  const std::size_t open = line.find_last_of('(');
  const std::size_t blank = line.find(' ');
  const std::size_t dot = line.find('.');
  if (dot == Bytes::npos || dot == 0 || dot > open) return false;
  const Bytes arguments = line.substr(open + 1, line.size() - open - 2);
  const bool go = arguments.empty() || arguments == "..." ||
                  arguments.starts_with("0x") || arguments.starts_with("{0x");
  return go && (blank == Bytes::npos || blank > open);
}

}  // namespace

bool IsContinuation(std::string_view record) {
  if (record.empty()) return false;
  if (IsBlank(record[0])) {
    return record.find_first_not_of(" \t\r") != Bytes::npos;
  }
  for (const Bytes begin : kBegins) {
    if (record.starts_with(begin)) return true;
  }
  return IsExceptionLine(record) || IsGoFrame(record);
}

}  // namespace logspill
