#include "tests/house/house_tree.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

namespace logspill::house {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFloors[] = {"scanner", "patterns", "adapters"};

bool IsSource(const fs::path& path) {
  return path.extension() == ".h" || path.extension() == ".cc";
}

// Files of the three floors, sorted, relative to `root`.
std::vector<std::string> Files(const fs::path& root) {
  std::vector<std::string> files;
  for (const char* floor : kFloors) {
    if (!fs::exists(root / floor)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / floor)) {
      if (!entry.is_regular_file()) continue;
      files.push_back(fs::relative(entry.path(), root).generic_string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string FolderOf(const fs::path& root, const fs::path& list_file,
                     const std::string& name) {
  const fs::path here = list_file.parent_path();
  if (fs::is_directory(root / here / name)) {
    return (here / name).generic_string();
  }
  if (name.find('/') != std::string::npos && fs::is_directory(root / name)) {
    return name;
  }
  return here.generic_string();
}

Room ParseCall(const fs::path& root, const fs::path& list_file,
               const std::string& arguments) {
  std::istringstream words(arguments);
  Room room;
  words >> room.name;
  room.folder = FolderOf(root, list_file, room.name);
  std::string section;
  for (std::string word; words >> word;) {
    if (word == "SOURCES" || word == "DEPS" || word == "LIBS") {
      section = word;
    } else if (section == "DEPS") {
      room.deps.push_back(word);
    }
  }
  return room;
}

}  // namespace

std::string ReadText(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<Room> ReadRooms(const fs::path& root) {
  static const std::regex comment("#[^\n]*");
  static const std::regex call(R"(logspill_room\s*\(([^)]*)\))");
  std::vector<Room> rooms;
  for (const std::string& file : Files(root)) {
    if (fs::path(file).filename() != "CMakeLists.txt") continue;
    const std::string text =
        std::regex_replace(ReadText(root / file), comment, "");
    for (std::sregex_iterator it(text.begin(), text.end(), call), end;
         it != end; ++it) {
      rooms.push_back(ParseCall(root, file, (*it)[1]));
    }
  }
  return rooms;
}

std::vector<Include> ReadIncludes(const fs::path& root) {
  static const std::regex include(R"(^\s*#\s*include\s*(["<])([^">]+)[">])");
  std::vector<Include> includes;
  for (const std::string& file : Files(root)) {
    if (!IsSource(file)) continue;
    std::istringstream text(ReadText(root / file));
    int number = 0;
    for (std::string line; std::getline(text, line);) {
      ++number;
      std::smatch found;
      if (!std::regex_search(line, found, include)) continue;
      includes.push_back({file, number, found[2], found[1] == "\""});
    }
  }
  return includes;
}

std::map<std::string, std::set<std::string>> Reachable(
    const std::vector<Room>& rooms) {
  std::map<std::string, std::set<std::string>> reachable;
  for (const Room& room : rooms) {
    reachable[room.name].insert(room.deps.begin(), room.deps.end());
  }
  for (bool grown = true; grown;) {
    grown = false;
    for (auto& [name, reached] : reachable) {
      const std::set<std::string> before = reached;
      for (const std::string& dep : before) {
        const auto next = reachable.find(dep);
        if (next == reachable.end()) continue;
        reached.insert(next->second.begin(), next->second.end());
      }
      grown |= reached.size() != before.size();
    }
  }
  return reachable;
}

const Room* RoomOf(const std::vector<Room>& rooms, const std::string& file) {
  const Room* best = nullptr;
  for (const Room& room : rooms) {
    if (!file.starts_with(room.folder + "/")) continue;
    if (best == nullptr || room.folder.size() > best->folder.size()) {
      best = &room;
    }
  }
  return best;
}

std::string WithoutCommentsAndStrings(const std::string& source) {
  static const std::regex noise(
      R"rx(//[^\n]*|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/|)rx"
      R"rx(R"([a-z]*)\((?:[^)]|\)(?!\1"))*\)\1"|)rx"
      R"rx("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+')rx");
  return std::regex_replace(source, noise, " ");
}

}  // namespace logspill::house
