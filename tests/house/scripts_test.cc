// scripts/run in a small tree of its own, whose build is a script that counts.

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/house/house_tree.h"
#include "tests/house/shell.h"

namespace logspill::house {
namespace {

namespace fs = std::filesystem;

// The program shows its arguments, folder and input; the build leaves a mark.
constexpr const char* kBuild = R"sh(#!/bin/bash
root=$(dirname "$(dirname "$(readlink -f "$0")")")
echo "chatter of the build"
echo built >>"$root/builds"
[[ -e $root/broken ]] && exit 1
mkdir -p "$root/build/release"
cat >"$root/build/release/logspill" <<'END'
#!/bin/bash
printf '<%s>' "$@"
echo " in $PWD"
cat
exit 3
END
chmod +x "$root/build/release/logspill"
)sh";

class ScriptsRun : public testing::Test {
 protected:
  void SetUp() override {
    root_ = (fs::temp_directory_path() / "tree.XXXXXX").string();
    ASSERT_NE(::mkdtemp(root_.data()), nullptr);
    for (const char* folder :
         {"scanner", "patterns", "adapters", "cmake", "elsewhere"}) {
      fs::create_directories(At(folder));
    }
    for (const char* file :
         {"CMakeLists.txt", "CMakePresets.json", "scanner/scanner.cc",
          "third_party/grammars/package-lock.json"}) {
      Write(file, "first");
    }
    Write("scripts/build", kBuild);
    fs::copy(fs::path(LOGSPILL_SOURCE_DIR) / "scripts/run", At("scripts/run"));
    fs::permissions(At("scripts/build"), fs::perms::owner_all);
  }
  void TearDown() override { fs::remove_all(root_); }

  fs::path At(const std::string& path) const { return fs::path(root_) / path; }

  void Write(const std::string& path, const std::string& text) const {
    fs::create_directories(At(path).parent_path());
    std::ofstream(At(path)) << text;
  }

  ShellResult Run(const std::string& arguments, std::string_view input = {}) {
    return RunShell("cd " + Quoted(At("elsewhere").string()) + " && " +
                        Quoted(At("scripts/run").string()) + " " + arguments,
                    input);
  }

  // How often the tree was built.
  std::size_t Builds() const {
    return ReadText(At("builds")).size() / std::string("built\n").size();
  }

  std::string root_;
};

TEST_F(ScriptsRun, KeepsArgumentsFolderInputOutputAndStatus) {
  const ShellResult run = Run("scan 'a b' ''", "text\n");
  EXPECT_EQ(run.out,
            "<scan><a b><> in " + At("elsewhere").string() + "\ntext\n");
  EXPECT_EQ(run.status, 3);
}

TEST_F(ScriptsRun, BuildsOnlyWhenASourceIsNewer) {
  Run("");
  Run("");
  EXPECT_EQ(Builds(), 1u);
  RunShell("sleep 0.02");
  Write("scanner/scanner.cc", "second");
  Run("");
  Run("");
  EXPECT_EQ(Builds(), 2u);
}

TEST_F(ScriptsRun, BuildsWhenASourceCameOrWent) {
  Run("");
  RunShell("sleep 0.02");
  fs::remove(At("scanner/scanner.cc"));
  Run("");
  EXPECT_EQ(Builds(), 2u);
}

TEST_F(ScriptsRun, WorksThroughASymbolicLink) {
  fs::create_symlink(At("scripts/run"), At("elsewhere/logspill"));
  const ShellResult run =
      RunShell("cd / && " + Quoted(At("elsewhere/logspill").string()) + " x");
  EXPECT_EQ(run.out, "<x> in /\n");
}

TEST_F(ScriptsRun, RunsAtTheSameTimeBuildOnce) {
  const std::string run = Quoted(At("scripts/run").string());
  RunShell(run + " a & " + run + " b & " + run + " c & wait");
  EXPECT_EQ(Builds(), 1u);
}

TEST_F(ScriptsRun, ABrokenBuildRunsNothingAndShowsWhy) {
  Write("broken", "");
  const ShellResult run = Run("scan");
  EXPECT_EQ(run.status, 2);
  EXPECT_EQ(run.out, "");
  EXPECT_NE(run.err.find("chatter of the build"), std::string::npos);
}

}  // namespace
}  // namespace logspill::house
