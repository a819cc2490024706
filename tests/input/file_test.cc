// Files, folders, links, pipes and devices: found in order, once, without
// waiting for what never comes.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#include "tests/input/sample.h"

namespace logspill {
namespace {

namespace fs = std::filesystem;
using Strings = std::vector<std::string>;

Strings Scanned(const std::vector<std::string>& paths,
                const InputOptions& options = {}) {
  Strings names;
  for (const ListedFile& file : ListFiles(paths, options)) {
    if (file.scanned) names.push_back(file.path);
  }
  return names;
}

Strings Opened(const std::vector<std::string>& paths,
               const InputOptions& options = {}) {
  Strings names;
  const auto queue = OpenInputs(paths, options);
  while (const auto input = queue->Next()) names.push_back(input->name());
  return names;
}

TEST(FolderInput, FilesComeSortedAndFoldersTogether) {
  const TempFolder folder;
  for (const char* name : {"b.log", "a/z.log", "a/y/1", "a.log", ".hidden"}) {
    folder.Write(name, "x\n");
  }
  EXPECT_EQ(Opened({folder.path()}),
            (Strings{folder.path(".hidden"), folder.path("a/y/1"),
                     folder.path("a/z.log"), folder.path("a.log"),
                     folder.path("b.log")}));
  EXPECT_EQ(Opened({folder.path() + "/"}), Opened({folder.path()}));
}

TEST(FolderInput, PatternsChooseFilesAndLeaveOutFolders) {
  const TempFolder folder;
  for (const char* name : {"a.log", "b.txt", "old/a.log", "old/deep/c.log"}) {
    folder.Write(name, "x\n");
  }
  InputOptions options;
  options.include = {"*.log"};
  EXPECT_EQ(Opened({folder.path()}, options).size(), 3u);
  options.exclude = {"old"};
  EXPECT_EQ(Opened({folder.path()}, options), (Strings{folder.path("a.log")}));
  options.exclude = {"old/deep/*"};
  EXPECT_EQ(Opened({folder.path()}, options),
            (Strings{folder.path("a.log"), folder.path("old/a.log")}));
  // What the user names is read.
  EXPECT_EQ(Opened({folder.path("b.txt")}, options),
            (Strings{folder.path("b.txt")}));
}

TEST(FolderInput, LinksAreFollowedOnceAndLoopsEnd) {
  const TempFolder folder;
  const TempFolder elsewhere;
  folder.Write("real.log", "one\n");
  elsewhere.Write("far.log", "two\n");
  fs::create_symlink("real.log", folder.path("again.log"));
  fs::create_directory(folder.path("sub"));
  fs::create_symlink("..", folder.path("sub/up"));
  fs::create_symlink("loop", folder.path("loop"));
  fs::create_symlink(elsewhere.path(), folder.path("far"));
  fs::create_symlink("nowhere", folder.path("dangling"));
  const ReadResult result = ReadAll({folder.path()});
  EXPECT_EQ(result.Text(), "two\none\n");
  EXPECT_EQ(result.Events(), "warning dangling, warning dangling");
  InputOptions options;
  options.follow_symlinks = false;
  EXPECT_EQ(ReadAll({folder.path()}, options).Text(), "one\n");
}

TEST(FolderInput, AFileIsReadOnceWhateverNamesItHas) {
  const TempFolder folder;
  const std::string file = folder.Write("a.log", "one\n");
  fs::create_hard_link(file, folder.path("hard.log"));
  fs::create_symlink("a.log", folder.path("soft.log"));
  const std::string detour = folder.path() + "/./a.log";
  const Strings once = {file};
  EXPECT_EQ(Opened({file, file, detour}), once);
  EXPECT_EQ(Opened({file, folder.path("hard.log")}), once);
  EXPECT_EQ(Opened({file, folder.path("soft.log")}), once);
  EXPECT_EQ(Opened({folder.path()}), once);
  EXPECT_EQ(Opened({folder.path(), file}), once);
  EXPECT_EQ(Opened({file, folder.path()}), once);
  EXPECT_EQ(Opened({"-", "-"}).size(), 1u);
  EXPECT_EQ(ReadAll({file, detour}).Events(), "");
  EXPECT_EQ(ListFiles({file, detour}, {})[1].what, "already scanned");
}

TEST(FolderInput, WhatTheScanItselfWritesIsLeftOut) {
  const TempFolder folder;
  folder.Write("a.log", "one\n");
  InputOptions options;
  for (const char* name : {"report", "report.Xy12Zw"}) {
    struct stat status {};
    ASSERT_EQ(stat(folder.Write(name, "two\n").c_str(), &status), 0);
    const bool temporary = name != std::string("report");
    options.own_files.push_back({status.st_dev, status.st_ino, temporary});
  }
  const ReadResult result = ReadAll({folder.path()}, options);
  EXPECT_EQ(result.Text(), "one\n");
  ASSERT_EQ(result.Events(), "warning output");
  EXPECT_EQ(result.events[0].input, folder.path("report"));
}

TEST(FolderInput, WhatAWalkCameToIsCounted) {
  const TempFolder folder;
  folder.Write("a.log", "one\n");
  folder.Write("b.txt", "two\n");
  const auto count = [&](const std::string& include) {
    InputOptions options;
    options.include = {include};
    WalkCounts counts;
    OpenInputs({folder.path()}, options, &counts);
    return std::pair(counts.files, counts.unmatched);
  };
  EXPECT_EQ(count("*.log"), (std::pair<std::uint64_t, std::uint64_t>(1, 1)));
  EXPECT_EQ(count("*.nope"), (std::pair<std::uint64_t, std::uint64_t>(0, 2)));
}

TEST(FolderInput, PipesSocketsAndDevicesNeverBlock) {
  const TempFolder folder;
  folder.Write("a.log", "one\n");
  ASSERT_EQ(mkfifo(folder.path("pipe").c_str(), 0600), 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  folder.path("sock").copy(address.sun_path, sizeof address.sun_path - 1);
  const int sock = socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(bind(sock, reinterpret_cast<sockaddr*>(&address), sizeof address),
            0);
  const ReadResult result = ReadAll({folder.path()});
  EXPECT_EQ(result.Text(), "one\n");
  EXPECT_EQ(result.Events(), "not-text not-a-file, not-text not-a-file");
  EXPECT_EQ(ReadAll({folder.path("sock")}).Events(), "not-text not-a-file");
  EXPECT_EQ(ReadAll({"/dev/zero"}).Events(), "not-text not-a-file");
  close(sock);
}

TEST(PipeInput, ANamedPipeWithoutAWriterIsUnreadable) {
  const TempFolder folder;
  ASSERT_EQ(mkfifo(folder.path("pipe").c_str(), 0600), 0);
  EXPECT_EQ(ReadAll({folder.path("pipe")}).Events(), "incomplete unreadable");
}

TEST(PipeInput, WhatIsWrittenSlowlyIsReadWhole) {
  const std::string text = LogText(400'000);
  for (const bool packed : {false, true}) {
    const std::string bytes = packed ? Compress(Codec::kGzip, text) : text;
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    std::thread writer([&bytes, end = ends[1]] {
      for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t size =
            std::min<std::size_t>(at < 20 ? 1 : 9000, bytes.size() - at);
        const ssize_t put = write(end, bytes.data() + at, size);
        if (put < 0) break;
        at += static_cast<std::size_t>(put);
      }
      close(end);
    });
    const ReadResult result = ReadAll({"/dev/fd/" + std::to_string(ends[0])});
    writer.join();
    close(ends[0]);
    EXPECT_TRUE(result.Text() == text) << packed;
    EXPECT_EQ(result.Events(), "");
    EXPECT_EQ(result.bytes_read, bytes.size());
  }
}

TEST(PipeInput, TheFirstLineDoesNotWaitForTheSecond) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  ASSERT_EQ(write(ends[1], "one\n", 4), 4);
  const auto queue = OpenInputs({"/dev/fd/" + std::to_string(ends[0])}, {});
  const auto input = queue->Next();
  Member member;
  ASSERT_TRUE(input->NextMember(&member));
  std::string buffer(100, '\0');
  EXPECT_EQ(input->Read(buffer), 4u);
  close(ends[1]);
  EXPECT_EQ(input->Read(buffer), 0u);
  close(ends[0]);
}

TEST(PipeInput, StopEndsAReadThatWaits) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  std::atomic<bool> stop{false};
  InputOptions options;
  options.stop = &stop;
  std::thread reader(
      [&] { ReadAll({"/dev/fd/" + std::to_string(ends[0])}, options); });
  stop = true;
  reader.join();
  close(ends[0]);
  close(ends[1]);
}

TEST(PipeInput, GivingUpACompressedPipeDoesNotWaitForItsWriter) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const std::string packed = Compress(Codec::kGzip, LogText(60'000));
  ASSERT_GT(write(ends[1], packed.data(), packed.size() - 1), 0);
  {
    const auto queue = OpenInputs({"/dev/fd/" + std::to_string(ends[0])}, {});
    const auto input = queue->Next();
    std::thread reader([&] {
      Member member;
      input->NextMember(&member);
    });
    close(ends[1]);
    reader.join();
  }
  close(ends[0]);
}

TEST(FileInput, NullIsEmptyAndCalm) {
  const ReadResult result = ReadAll({"/dev/null"});
  EXPECT_EQ(result.Text(), "");
  EXPECT_EQ(result.Events(), "");
}

TEST(FileInput, WhatIsNotThereOrNotAllowedIsIncomplete) {
  const TempFolder folder;
  EXPECT_EQ(ReadAll({folder.path("missing")}).Events(),
            "incomplete unreadable");
  if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
  const std::string file = folder.Write("closed", "x\n");
  fs::permissions(file, fs::perms::none);
  EXPECT_EQ(ReadAll({file}).Events(), "incomplete unreadable");
}

TEST(FileInput, StrangeNamesAreKeptAsTheyAre) {
  const TempFolder folder;
  for (const char* name : {"new\nline", "esc\x1b[31m", "bad\xff\xfe", "-rf"}) {
    const std::string file = folder.Write(name, "x\n");
    EXPECT_EQ(Opened({file}), (Strings{file}));
  }
  EXPECT_EQ(ReadAll({folder.path()}).Text(), "x\nx\nx\nx\n");
}

TEST(FileInput, KnowsItsTimeAndTheQueueItsBytes) {
  const TempFolder folder;
  const std::string file = folder.Write("a", std::string(1000, 'a'));
  folder.Write("b", std::string(234, 'b'));
  const timespec times[2] = {{1'700'000'000, 0}, {1'700'000'000, 250'000'000}};
  ASSERT_EQ(utimensat(AT_FDCWD, file.c_str(), times, 0), 0);
  const auto queue = OpenInputs({folder.path()}, {});
  EXPECT_EQ(queue->total_bytes(), 1234u);
  EXPECT_EQ(queue->Next()->modified_ms(), 1'700'000'000'250);
}

TEST(FileInput, ReadSizeNeverChangesTheBytes) {
  const TempFolder folder;
  const std::string text = LogText(300'000);
  const std::string file = folder.Write("a.log", text);
  for (const std::size_t step : {1u, 1000u, 65536u, 65537u, 1u << 20}) {
    EXPECT_TRUE(ReadAll({file}, {}, step).Text() == text) << step;
  }
}

TEST(ListFiles, SaysWhatWouldBeScannedAndWhatNotAndWhy) {
  const TempFolder folder;
  folder.Write("a.log", "one\n");
  folder.Write("b.bin", std::string("\x7F"
                                    "ELF\x02\x01\x01\0\0\0",
                                    10));
  folder.Write("c", Compress(Codec::kZstd, "x\n"));
  folder.Write("d.7z", std::string("7z\xBC\xAF\x27\x1C\0\4", 8));
  folder.Write("e.txt", "left out\n");
  InputOptions options;
  options.exclude = {"*.txt"};
  const auto listed = ListFiles({folder.path()}, options);
  ASSERT_EQ(listed.size(), 5u);
  EXPECT_EQ(listed[0].what, "text");
  EXPECT_EQ(listed[1].what, "not text: ELF program");
  EXPECT_EQ(listed[2].what, "zstd");
  EXPECT_TRUE(listed[3].what.starts_with("unsupported: 7z archive;"));
  EXPECT_EQ(listed[4].what, "excluded");
  EXPECT_EQ(Scanned({folder.path()}, options),
            (Strings{folder.path("a.log"), folder.path("c")}));
}

}  // namespace
}  // namespace logspill
