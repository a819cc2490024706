#include "tests/house/shell.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace logspill::house {
namespace {

std::string ReadAll(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

std::string Quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

ShellResult RunShell(const std::string& command, std::string_view input) {
  namespace fs = std::filesystem;
  std::string folder = (fs::temp_directory_path() / "shell.XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return {};
  const fs::path at = folder;
  std::ofstream(at / "in", std::ios::binary) << input;
  std::ofstream(at / "command", std::ios::binary) << command << "\n";
  const std::string line = "bash " + Quoted((at / "command").string()) + " <" +
                           Quoted((at / "in").string()) + " >" +
                           Quoted((at / "out").string()) + " 2>" +
                           Quoted((at / "err").string());
  const int status = std::system(line.c_str());
  ShellResult result;
  result.status =
      WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  result.out = ReadAll(at / "out");
  result.err = ReadAll(at / "err");
  fs::remove_all(at);
  return result;
}

}  // namespace logspill::house
