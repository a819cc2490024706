// Compiles what says how a record is laid out to the steps that read it: our own
// notation, a format string of Python's logging, a PatternLayout of Log4j or
// Logback.
//
//     {time} {level,5} [{thread}] {?{logger}: }{message}
//
// Threads:   pure functions.
// Errors:    what, and the byte of the text where it is.

#pragma once

#include <string>
#include <string_view>

#include "scanner/record/log_format.h"

namespace logspill {

struct LayoutError {
  std::size_t at = 0;  // in the text
  std::string what;    // empty: none
  std::string hint;
};

LayoutError CompileLayout(std::string_view text, FormatLayout* layout);

// "%(asctime)s %(name)s: %(message)s", "{asctime} {message}" or "$asctime".
// `datefmt`: as logging.Formatter has it; empty: its default.
LayoutError CompilePythonFormat(std::string_view text, std::string_view datefmt,
                                FormatLayout* layout);

// "%d{ISO8601} [%t] %-5p %c{1} - %m%n"
LayoutError CompilePatternLayout(std::string_view text, FormatLayout* layout);

}  // namespace logspill
