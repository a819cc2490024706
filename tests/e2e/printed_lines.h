// What a program of programs/ said that it logged: programs/README.md has the
// format.
//
// Threads:   plain data, pure functions.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace logspill::e2e {

struct PrintedLine {
  std::string file;  // relative to the program's folder
  std::uint32_t line = 0;
  std::string framework;
  std::string level;  // as the tables call it; empty: it has none
  std::string message;
  std::vector<std::pair<std::string, std::string>> fields;
  std::string text;  // as it was printed, for messages
};

// Expression -> what it prints; one may print several values.
using Values = std::multimap<std::string, std::string>;

struct PrintedLines {
  std::vector<PrintedLine> lines;
  Values values;
  std::string wrong;  // the first line that cannot be read; or empty
};

PrintedLines ReadPrinted(const std::string& output);

}  // namespace logspill::e2e
