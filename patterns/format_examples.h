// Examples of a log format: a record, and what its header must say.
//
// Threads:   pure functions.

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "patterns/diagnostics.h"
#include "patterns/table_reader.h"
#include "scanner/record/log_format.h"

namespace logspill {

struct FormatExample {
  Position at;
  std::string format;  // that it was written for
  std::string record;  // of several lines the last is compared
  std::vector<std::pair<std::string, std::string>> expected;  // field, text
  std::vector<std::pair<std::string, std::string>> fields;
};

FormatExample ReadFormatExample(const toml::table& table,
                                const std::string& format,
                                Diagnostics* diagnostics);

// What is read otherwise than the example says: "level is 'INFO', not 'info'";
// empty where nothing is.
std::string CheckFormatExample(const FormatExample& example,
                               const LogFormats& formats);

}  // namespace logspill
