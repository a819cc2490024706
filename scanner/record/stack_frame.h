// Reads the lines that belong to the record before them: the frames of stack
// traces of Java, Python, Go, JavaScript, C# and Rust, the lines that name the
// exception, and what stands between.
//
// Lifetime:  what is read views the line.
// Threads:   pure functions; safe from any thread.
// Cost:      a few bytes where the line is none of these; else O(line).
// Units:     spans are in bytes of the line.

#pragma once

#include <cstdint>
#include <string_view>

#include "scanner/base/span.h"

namespace logspill {

struct StackFrame {
  std::string_view language;  // "java"
  std::string_view file;      // as printed; empty where it is not
  std::uint32_t line = 0;
  std::string_view function;  // "com.acme.Desk.serve", "serve"; or empty
};

struct StackLine {
  enum class Kind : std::uint8_t {
    kNone,   // belongs to no stack trace
    kHead,   // "Traceback (most recent call last):", "goroutine 1 [running]:"
    kFrame,  // where one call stands
    kException,  // "Type: text", "Caused by: ..."
    kMore,       // "... 12 more", source text below a frame
  };

  Kind kind = Kind::kNone;
  StackFrame frame;
  std::string_view exception;  // its type
  Span text;                   // of kException: behind "Type: "; may be empty
};

// `in_trace`: the line before is one of a stack trace, too.  A line "Name:
// text" is an exception only there, unless the name says that it is one.
StackLine ReadStackLine(std::string_view line, bool in_trace);

// Whether the line, which prints neither time nor level, may belong to what
// stands before it, whatever that is.
bool MayContinue(std::string_view line);

}  // namespace logspill
