// Runs a command the way a user would: by bash, with its own standard streams.

#pragma once

#include <string>
#include <string_view>

namespace logspill::house {

struct ShellResult {
  int status = -1;  // exit status; 128 + signal where a signal ended it
  std::string out;
  std::string err;
};

// Blocks until the command ends.  `input` becomes its standard input.
ShellResult RunShell(const std::string& command, std::string_view input = {});

// `text` as one word of a shell command.
std::string Quoted(std::string_view text);

}  // namespace logspill::house
