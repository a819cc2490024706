// The source tree as the house tests see it: rooms, their permissions, and the
// includes of every file.
//
// A room is what a logspill_room() call in a CMakeLists.txt declares; its DEPS
// are its permission to include.

#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace logspill::house {

struct Room {
  std::string name;    // "base", "adapters/input": as logspill_room() has it
  std::string folder;  // "scanner/base", relative to the root of the tree
  std::vector<std::string> deps;
};

struct Include {
  std::string file;  // relative to the root
  int line = 0;
  std::string path;  // between the quotes or angle brackets
  bool quoted = false;
};

// `root` is the top of a source tree.
std::vector<Room> ReadRooms(const std::filesystem::path& root);
std::vector<Include> ReadIncludes(const std::filesystem::path& root);

// All rooms that a room may include: its deps and theirs.
std::map<std::string, std::set<std::string>> Reachable(
    const std::vector<Room>& rooms);

// The room whose folder holds `file`, or nullptr; the deepest folder wins.
const Room* RoomOf(const std::vector<Room>& rooms, const std::string& file);

std::string ReadText(const std::filesystem::path& path);

// Source text without comments and string literals.
std::string WithoutCommentsAndStrings(const std::string& source);

}  // namespace logspill::house
