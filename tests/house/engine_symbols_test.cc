// The engine neither prints, exits nor throws: its libraries name no symbol
// that does.

#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>
#include <sstream>

#include "tests/house/house_tree.h"
#include "tests/house/shell.h"

namespace logspill::house {
namespace {

namespace fs = std::filesystem;

const std::set<std::string> kForbidden = {
    "std::cout",    "std::cerr",     "std::clog",     "stdout",
    "stderr",       "printf",        "fprintf",       "vprintf",
    "vfprintf",     "puts",          "putchar",       "perror",
    "__printf_chk", "__fprintf_chk", "__vprintf_chk", "__vfprintf_chk",
    "exit",         "_exit",         "_Exit",         "quick_exit",
    "abort",        "std::exit",     "std::abort",    "signal",
    "sigaction",    "getopt_long",   "syslog",
};

// The symbols that a static library needs from elsewhere.
std::vector<std::string> Needed(const fs::path& library) {
  const ShellResult nm =
      RunShell("nm -C --undefined-only -f posix " + Quoted(library.string()));
  std::vector<std::string> symbols;
  std::istringstream lines(nm.out);
  for (std::string line; std::getline(lines, line);) {
    // posix: "name U" with the symbol's version behind an '@'
    line = line.substr(0, line.rfind(" U"));
    symbols.push_back(line.substr(0, line.find('@')));
  }
  return symbols;
}

// Those of the rooms of scanner/; what third parties' code is built into is
// theirs.
std::vector<fs::path> EngineLibraries() {
  std::vector<fs::path> libraries;
  for (const Room& room : ReadRooms(LOGSPILL_SOURCE_DIR)) {
    if (!room.folder.starts_with("scanner")) continue;
    const fs::path library = fs::path(LOGSPILL_BINARY_DIR) / room.folder /
                             ("liblogspill_" + room.name + ".a");
    // A room of headers alone has no library.
    if (fs::exists(library)) libraries.push_back(library);
  }
  return libraries;
}

TEST(EngineSymbols, TheEngineNamesNothingThatPrintsOrExits) {
  const std::vector<fs::path> libraries = EngineLibraries();
  ASSERT_GE(libraries.size(), 10u);
  for (const fs::path& library : libraries) {
    const std::vector<std::string> needed = Needed(library);
    ASSERT_FALSE(needed.empty()) << library;
    for (const std::string& symbol : needed) {
      EXPECT_FALSE(kForbidden.contains(symbol))
          << library.filename() << " names " << symbol;
    }
  }
}

TEST(EngineSymbols, APrintingLibraryWouldBeSeen) {
  const fs::path folder =
      fs::path(testing::TempDir()) / ("symbols." + std::to_string(::getpid()));
  fs::create_directories(folder);
  const std::string object = (folder / "prints.o").string();
  const ShellResult made = RunShell(
      "printf '#include <iostream>\\nvoid P() { std::cout << 1; exit(1); }' |"
      " c++ -include cstdlib -x c++ -c -o " +
      Quoted(object) + " -");
  ASSERT_EQ(made.status, 0) << made.err;
  const std::vector<std::string> needed = Needed(object);
  const std::set<std::string> names(needed.begin(), needed.end());
  EXPECT_TRUE(names.contains("std::cout"));
  EXPECT_TRUE(names.contains("exit"));
  fs::remove_all(folder);
}

// Inline code of the standard library may name __cxa_throw in any object, so
// this is read from the source.
TEST(EngineSymbols, TheEngineThrowsNothing) {
  static const std::regex throws(R"(\bthrow\b(?!\s*\(\s*\)))");
  const fs::path folder = fs::path(LOGSPILL_SOURCE_DIR) / "scanner";
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const std::string extension = entry.path().extension().string();
    if (extension != ".h" && extension != ".cc") continue;
    const std::string code = WithoutCommentsAndStrings(ReadText(entry.path()));
    EXPECT_FALSE(std::regex_search(code, throws)) << entry.path() << " throws";
  }
}

}  // namespace
}  // namespace logspill::house
