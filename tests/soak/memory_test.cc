// Peak memory does not grow with the input.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/canary/child.h"

namespace logspill::soak {
namespace {

namespace fs = std::filesystem;
using canary::Child;

constexpr std::uint64_t kMostKilobytes = 256 << 10;
constexpr std::uint64_t kGigabyte = 1'000'000'000;

// A megabyte of text with an identifier in every `every` bytes, all different
// from those of another `seed`.
std::string Text(std::uint64_t seed, std::size_t every, char end) {
  std::string text;
  char value[64];
  for (std::uint32_t i = 0; text.size() < 1'000'000; ++i) {
    std::snprintf(value, sizeof value, "consumer %08x-1b2c-4d3e-8f90-%012jx",
                  i * 2654435761u, static_cast<std::uintmax_t>(seed));
    text.append(value).append(1, ' ');
    text.append(every - text.size() % every - 1, 'x');
    text.back() = ' ';
    text += end;
  }
  return text;
}

// An entry of a tar archive: a name that needs memory, and one short line.
std::string TarEntry() {
  std::string entry(1024, '\0');
  const auto put = [&](std::size_t at, std::string_view text) {
    entry.replace(at, text.size(), text);
  };
  put(0, "var/log/pods/a-namespace/a-pod-of-some-name/0.log");
  put(100, "0000644");
  put(108, "0000000");
  put(116, "0000000");
  put(124, "00000000010");
  put(136, "00000000000");
  put(148, "        0");  // the checksum counts as blanks; a plain file
  put(257, std::string_view("ustar\00000", 8));
  unsigned sum = 0;
  for (std::size_t i = 0; i < 512; ++i) {
    sum += static_cast<unsigned char>(entry[i]);
  }
  char digits[8];
  std::snprintf(digits, sizeof digits, "%06o", sum);
  put(148, {digits, 7});
  put(512, "nothing\n");
  return entry;
}

std::uint64_t PeakKilobytes(pid_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stoull(line.substr(6));
  }
  return 0;
}

class Memory : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = (fs::temp_directory_path() / "soak.XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder_.data()), nullptr);
  }
  void TearDown() override { fs::remove_all(folder_); }

  // Streams `bytes` through a scan; every megabyte is new where `fresh`.
  void Expect(std::uint64_t bytes, char end, bool fresh) {
    Child child({LOGSPILL_PROGRAM, "scan", "--min-severity", "info", "-"},
                folder_, folder_ + "/output", {{"TMPDIR", folder_}});
    std::string text = Text(0, 400, end);
    for (std::uint64_t i = 0; i < bytes / text.size(); ++i) {
      if (fresh) text = Text(i, 400, end);
      ASSERT_TRUE(child.Feed(text)) << "ended behind " << i << " MB";
    }
    const std::uint64_t peak = PeakKilobytes(child.pid());
    EXPECT_GT(peak, 0u);
    EXPECT_LT(peak, kMostKilobytes);
    const int status = child.End(0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 1) << status;
  }

  std::string folder_;
};

TEST_F(Memory, TenGigabytesOfLogsFitInto256Megabytes) {
  Expect(10 * kGigabyte, '\n', false);
}

TEST_F(Memory, ALineOfAGigabyteFitsInto256Megabytes) {
  Expect(kGigabyte, ' ', false);
}

TEST_F(Memory, MillionsOfDistinctValuesFitInto256Megabytes) {
  Expect(2 * kGigabyte, '\n', true);
}

TEST_F(Memory, EntriesOfAnArchiveLeaveNothingBehind) {
  std::string thousand;
  for (int i = 0; i < 1000; ++i) thousand += TarEntry();
  Child child({LOGSPILL_PROGRAM, "scan", "--format", "jsonl", "-"}, folder_,
              folder_ + "/output", {{"TMPDIR", folder_}});
  std::uint64_t early = 0;
  for (int i = 0; i < 500; ++i) {
    if (i == 20) early = PeakKilobytes(child.pid());
    ASSERT_TRUE(child.Feed(thousand));
  }
  const std::uint64_t peak = PeakKilobytes(child.pid());
  ASSERT_TRUE(child.Feed(std::string(1024, '\0')));
  const int status = child.End(0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  EXPECT_GT(early, 0u);
  EXPECT_LT(peak, early + (16 << 10));
  std::ifstream output(folder_ + "/output");
  std::stringstream text;
  text << output.rdbuf();
  EXPECT_NE(text.str().find("\"members\":500000,"), std::string::npos)
      << text.str();
}

}  // namespace
}  // namespace logspill::soak
