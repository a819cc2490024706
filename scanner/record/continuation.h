// Tells lines that belong to the event before them: stack frames, causes,
// goroutine dumps, further lines of a message.
//
// Threads:   pure functions; safe from any thread.
// Cost:      a few nanoseconds; looks at the first bytes of a line.

#pragma once

#include <string_view>

namespace logspill {

// True where the line says so by itself; lines that only lack a header are
// judged by who knows the format of the others.
bool IsContinuation(std::string_view record);

}  // namespace logspill
