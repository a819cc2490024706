// The house keeps its shape: every #include is one that the room's DEPS permit.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "tests/house/house_tree.h"

namespace logspill::house {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = LOGSPILL_SOURCE_DIR;

// base <- rule, block, verify <- match <- record, callsite <- correlate
//   <- identity <- redact, finding <- fix, contract <- scanner.h <- patterns
//   <- adapters.  A room names none that stands on a higher step.
const std::map<std::string, int> kSteps = {
    {"base", 0},
    {"rule", 1},
    {"block", 1},
    {"verify", 1},
    {"match", 2},
    {"record", 3},
    {"callsite", 3},
    {"correlate", 4},
    {"identity", 5},
    {"redact", 6},
    {"finding", 6},
    {"fix", 7},
    {"contract", 7},
    {"scanner", 8},
    {"patterns", 9},
    {"adapters/input", 10},
    {"adapters/output", 10},
    {"adapters/tail", 10},
    {"adapters/cli", 11},
};

// A third party's headers and the only folders that may include them.
struct Wall {
  const char* prefix;
  std::vector<std::string> folders;
};
const std::vector<Wall> kWalls = {
    {"hs.h", {"scanner/match/"}},
    {"hs/", {"scanner/match/"}},
    {"simdjson", {"scanner/record/"}},
    {"phonenumbers/", {"scanner/verify/"}},
    {"tree_sitter/", {"scanner/callsite/"}},
    {"yaml-cpp/", {"scanner/callsite/"}},
    {"toml++/", {"patterns/", "adapters/cli/"}},
    {"CLI/", {"adapters/cli/"}},
    {"spdlog/", {"adapters/"}},
    {"boost/", {"adapters/"}},
    {"archive", {"adapters/input/"}},
};

// Written by the build into its own folder: "grammars.inc".
bool IsGenerated(const Include& include) {
  return include.path.ends_with(".inc") &&
         include.path.find('/') == std::string::npos;
}

// What is wrong with the includes of the tree at `root`, a line each.
std::vector<std::string> Breaches(const fs::path& root) {
  const std::vector<Room> rooms = ReadRooms(root);
  const auto reachable = Reachable(rooms);
  std::vector<std::string> breaches;
  for (const Include& include : ReadIncludes(root)) {
    const std::string at = include.file + ":" + std::to_string(include.line);
    const Room* from = RoomOf(rooms, include.file);
    const Room* to = RoomOf(rooms, include.path);
    if (from == nullptr) {
      breaches.push_back(at + ": belongs to no room");
    } else if (include.quoted && to == nullptr && !IsGenerated(include)) {
      breaches.push_back(at + ": no room holds " + include.path);
    } else if (to != nullptr && to != from &&
               !reachable.at(from->name).contains(to->name)) {
      breaches.push_back(at + ": " + from->name + " has no permission for " +
                         include.path);
    }
  }
  return breaches;
}

void Write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

// A small house of three rooms whose walls a test can break.
class SmallHouse : public testing::Test {
 protected:
  SmallHouse() {
    Write(root_ / "scanner/base/CMakeLists.txt", "logspill_room(base)");
    Write(root_ / "scanner/rule/CMakeLists.txt",
          "logspill_room(rule SOURCES rule.cc DEPS base)");
    Write(root_ / "scanner/match/CMakeLists.txt",
          "logspill_room(match\n  SOURCES match.cc\n  DEPS rule\n  LIBS fmt)");
    Write(root_ / "scanner/base/span.h", "#include <string>\n");
    Write(root_ / "scanner/match/match.cc",
          "#include \"scanner/base/span.h\"\n");
  }
  ~SmallHouse() override { fs::remove_all(root_); }

  const fs::path root_ =
      fs::path(testing::TempDir()) /
      ("house" +
       std::to_string(
           testing::UnitTest::GetInstance()->current_test_info()->line()) +
       "." + std::to_string(::getpid()));
};

TEST_F(SmallHouse, PermitsWhatTheDepsOfDepsPermit) {
  EXPECT_EQ(Breaches(root_), std::vector<std::string>{});
}

TEST_F(SmallHouse, SeesAnArrowUpward) {
  Write(root_ / "scanner/base/upward.h",
        "// why\n#include \"scanner/match/match.h\"\n");
  EXPECT_EQ(Breaches(root_),
            std::vector<std::string>{"scanner/base/upward.h:2: base has no "
                                     "permission for scanner/match/match.h"});
}

TEST_F(SmallHouse, SeesAFileOfNoRoom) {
  Write(root_ / "adapters/stray.cc", "#include \"scanner/base/span.h\"\n");
  EXPECT_EQ(Breaches(root_), std::vector<std::string>{
                                 "adapters/stray.cc:1: belongs to no room"});
}

TEST(House, EveryIncludeIsPermittedByItsRoomsDeps) {
  ASSERT_GT(ReadIncludes(kRoot).size(), 100u);
  for (const std::string& breach : Breaches(kRoot)) ADD_FAILURE() << breach;
}

TEST(House, NoRoomDependsOnItself) {
  for (const auto& [room, reached] : Reachable(ReadRooms(kRoot))) {
    EXPECT_FALSE(reached.contains(room)) << room << " is part of a circle";
  }
}

TEST(House, NoArrowPointsUpward) {
  for (const Room& room : ReadRooms(kRoot)) {
    ASSERT_TRUE(kSteps.contains(room.name)) << "what step is " << room.name;
    for (const std::string& dep : room.deps) {
      ASSERT_TRUE(kSteps.contains(dep)) << room.name << " names " << dep;
      EXPECT_LE(kSteps.at(dep), kSteps.at(room.name))
          << room.name << " depends on " << dep;
    }
  }
}

TEST(House, EachThirdPartyStaysBehindItsWall) {
  for (const Include& include : ReadIncludes(kRoot)) {
    for (const Wall& wall : kWalls) {
      if (include.quoted || !include.path.starts_with(wall.prefix)) continue;
      bool inside = false;
      for (const std::string& folder : wall.folders) {
        inside |= include.file.starts_with(folder);
      }
      EXPECT_TRUE(inside) << include.file << ":" << include.line
                          << " includes <" << include.path << ">";
    }
  }
}

}  // namespace
}  // namespace logspill::house
