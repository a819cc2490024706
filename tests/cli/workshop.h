// A folder of its own for a test, in which it runs the program as a user would.
//
// Lifetime:  the folder is removed with the object.

#pragma once

#include <filesystem>
#include <string>

namespace logspill {

struct Outcome {
  int status = -1;  // exit status, or 128 + signal
  std::string out;
  std::string err;
};

class Workshop {
 public:
  Workshop();
  ~Workshop();
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;

  const std::filesystem::path& path() const { return path_; }

  void Write(const std::string& name, const std::string& text) const;
  std::string Read(const std::string& name) const;
  unsigned Mode(const std::string& name) const;  // permission bits

  // Runs a bash command line in the folder; `logspill` is the program under
  // test.
  Outcome Shell(const std::string& command) const;
  // Runs `logspill ARGUMENTS`.
  Outcome Run(const std::string& arguments) const;

 private:
  std::filesystem::path path_;
};

}  // namespace logspill
