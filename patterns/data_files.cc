#include "patterns/data_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "patterns/loader.h"

namespace logspill {
namespace {

namespace fs = std::filesystem;

Result<std::vector<std::string>> FilesBelow(const std::string& path,
                                            std::string_view extension) {
  std::error_code failed;
  const bool folder = fs::is_directory(path, failed);
  if (!folder) return std::vector<std::string>{path};
  std::vector<std::string> files;
  for (auto it = fs::directory_iterator(path, failed);
       !failed && it != fs::directory_iterator(); it.increment(failed)) {
    if (it->path().extension() == extension) files.push_back(it->path());
  }
  if (failed) return Error{path + ": " + failed.message()};
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

Result<std::string> ReadWholeFile(const std::string& path) {
  std::error_code error;
  const auto type = fs::status(path, error).type();
  if (type == fs::file_type::directory || type == fs::file_type::character) {
    return Error{path + ": is no file"};
  }
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (in.bad() || !in.is_open()) {
    return Error{path + ": the file cannot be read"};
  }
  return text;
}

Result<std::vector<LoadedFile>> CollectFiles(
    bool built_in, std::string_view prefix, std::string_view extension,
    const std::vector<std::string>& paths) {
  std::vector<LoadedFile> files;
  if (built_in) {
    for (const DataFile& file : BuiltInData(prefix)) {
      if (!file.name.ends_with(extension)) continue;
      files.push_back({file.name, std::string(file.text), true});
    }
  }
  for (const std::string& path : paths) {
    const auto below = FilesBelow(path, extension);
    if (!below) return below.error();
    for (const std::string& name : *below) {
      Result<std::string> text = ReadWholeFile(name);
      if (!text) return text.error();
      files.push_back({name, std::move(*text), false});
    }
  }
  return files;
}

}  // namespace logspill
