#include "adapters/output/text.h"

#include <fmt/format.h>
#include <fnmatch.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "adapters/output/look.h"
#include "adapters/output/output_stream.h"
#include "adapters/output/progress.h"
#include "adapters/output/text_report.h"
#include "tests/output/sample.h"

namespace logspill {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

TextOptions Options(std::size_t width) {
  TextOptions options;
  options.command = "logspill scan logs";
  options.width = width;
  return options;
}

std::string Report(const TextOptions& options) {
  return TextReport(MakeSample().summary, options).Render();
}

// The output of a command as a shell runs it.
std::string Shell(const std::string& command) {
  std::string text;
  FILE* pipe = ::popen(("exec 2>&1; " + command).c_str(), "r");
  char buffer[4096];
  while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, pipe)) {
    text.append(buffer, size);
  }
  ::pclose(pipe);
  return text;
}

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "logspill.XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path_); }
  std::string File(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return (path_ / name).string();
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

TEST(TextReport, LooksAsItAlwaysLookedAt80Columns) {
  const std::string text = Report(Options(80));
  EXPECT_EQ(text, Golden("report_80.txt", text));
}

TEST(TextReport, LooksAsItAlwaysLookedAt120Columns) {
  const std::string text = Report(Options(120));
  EXPECT_EQ(text, Golden("report_120.txt", text));
}

TEST(TextReport, NothingButCommandsIsWiderThanTheTerminal) {
  for (const std::size_t width : {60U, 80U, 100U, 120U, 200U}) {
    std::istringstream lines(Report(Options(width)));
    for (std::string line; std::getline(lines, line);) {
      const bool pasted =
          line.starts_with("   look") || line.starts_with("   source") ||
          line.starts_with("   silence") || line.starts_with("            ");
      EXPECT_TRUE(pasted || DisplayWidth(line) <= width) << line;
    }
  }
}

TEST(TextReport, ColoursOnlyAddEscapeSequences) {
  TextOptions options = Options(80);
  const std::string plain = Report(options);
  options.colour = true;
  std::string coloured = Report(options);
  EXPECT_NE(coloured, plain);
  for (std::size_t at; (at = coloured.find("\033[")) != coloured.npos;) {
    coloured.erase(at, coloured.find('m', at) - at + 1);
  }
  EXPECT_EQ(coloured, plain);
  EXPECT_EQ(plain.find('\033'), plain.npos);
}

TEST(TextReport, RowsBelowTheMinimumAreCountedAndNotListed) {
  TextOptions options = Options(80);
  EXPECT_THAT(Report(options), HasSubstr("only counted: 12,300 uuid (low)"));
  options.min_severity = Severity::kLow;
  const std::string text = Report(options);
  EXPECT_THAT(text, Not(HasSubstr("only counted")));
  EXPECT_THAT(text, HasSubstr("low       uuid"));
}

TEST(TextReport, OnlyTheClassesAskedForAreListed) {
  TextOptions options = Options(80);
  options.classes = {"email"};
  const std::string text = Report(options);
  EXPECT_THAT(text, HasSubstr("1 finding in 1 place"));
  EXPECT_THAT(text, Not(HasSubstr("consumer_uuid")));
}

TEST(TextReport, ACleanScanIsShort) {
  Summary summary;
  summary.coverage.inputs = 1;
  summary.coverage.records = 10;
  const TextOptions options = Options(80);
  const std::string text = TextReport(summary, options).Render();
  EXPECT_THAT(text, HasSubstr("no findings of severity medium or above"));
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 6);
}

TEST(Look, TheCommandShowsTheLineWhateverTheFileIsCalled) {
  const Folder folder;
  for (const char* name : {"plain.log", "it's \"here\".log", "a\nb.log",
                           "\x1b[31m.log", "caf\xe9.log", "$(id) `x`.log"}) {
    RowSummary row;
    row.input = folder.File(name, "one\ntwo\nthree\n");
    row.line = 2;
    const std::string command = LookCommand(row);
    EXPECT_EQ(Shell("bash -c " + ShellWord(command)), "two\n") << command;
    for (const char c : command) EXPECT_GE(static_cast<unsigned char>(c), 0x20);
  }
}

TEST(Look, ACompressedFileIsKnownByItsContent) {
  const Folder folder;
  const std::string plain = folder.File("a.log", "one\ntwo\n");
  Shell("gzip -c " + plain + " > " + (folder.path() / "odd.log").string());
  RowSummary row;
  row.input = (folder.path() / "odd.log").string();
  row.line = 2;
  EXPECT_EQ(Shell(LookCommand(row)), "two\n");
}

TEST(Look, AnArchiveEntryIsShown) {
  const Folder folder;
  folder.File("in.log", "one\ntwo\n");
  Shell("cd " + folder.path().string() + " && tar czf a.tar.gz in.log");
  RowSummary row;
  row.input = (folder.path() / "a.tar.gz").string();
  row.member = "in.log";
  row.line = 2;
  EXPECT_EQ(Shell(LookCommand(row)), "two\n");
}

TEST(Look, AnArchiveIsKnownByItsContent) {
  const Folder folder;
  folder.File("in.log", "one\ntwo\n");
  Shell("cd " + folder.path().string() +
        " && tar cf plain in.log && tar czf packed in.log"
        " && tar --force-local -cf a:b in.log"
        " && tar --force-local -cJf c:d.txz in.log");
  RowSummary row;
  row.member = "in.log";
  row.line = 2;
  for (const char* name : {"plain", "packed", "a:b", "c:d.txz"}) {
    row.input = (folder.path() / name).string();
    EXPECT_EQ(Shell(LookCommand(row)), "two\n") << LookCommand(row);
  }
}

TEST(Look, AZipEntryIsShownWhateverItsName) {
  if (Shell("command -v zip && command -v unzip").find("unzip") ==
      std::string::npos) {
    GTEST_SKIP() << "zip and unzip are not installed";
  }
  const Folder folder;
  for (const char* name : {"a[1]*.log", "a1.log", "it's.log"}) {
    folder.File(name, "one\n" + std::string(name) + "\n");
  }
  Shell("cd " + folder.path().string() + " && zip -q odd.bin *.log");
  RowSummary row;
  row.input = (folder.path() / "odd.bin").string();
  row.line = 2;
  for (const char* name : {"a[1]*.log", "a1.log", "it's.log"}) {
    row.member = name;
    EXPECT_EQ(Shell(LookCommand(row)), std::string(name) + "\n")
        << LookCommand(row);
  }
}

TEST(Allow, ThePathOfAnyBytesMatchesItself) {
  RowSummary row;
  row.class_name = "email";
  for (const std::string path : {"logs/\xff\xfe.log", "caf\xc3\xa9\xe9.log",
                                 "\xed\xa0\x80", "a[1]*?.log", "\xe2\x82"}) {
    row.input = path;
    const std::string lines = AllowLines(row);
    const std::size_t begin = lines.find("path = '") + 8;
    ASSERT_NE(begin, std::string::npos + 8) << lines;
    const std::string pattern =
        lines.substr(begin, lines.find('\'', begin) - begin);
    EXPECT_EQ(::fnmatch(pattern.c_str(), path.c_str(), 0), 0) << lines;
  }
}

TEST(Allow, AFieldThatIsNotShownNamesNoPlace) {
  RowSummary row;
  row.class_name = "email";
  row.field = "*";
  row.input = "a.log";
  EXPECT_THAT(AllowLines(row), HasSubstr("path = 'a.log'"));
  EXPECT_THAT(AllowLines(row), Not(HasSubstr("field")));
}

TEST(Look, StandardInputCannotBeShownAgain) {
  RowSummary row;
  row.input = "-";
  row.line = 2;
  EXPECT_EQ(LookCommand(row), "");
}

TEST(Text, ShellWordsReadBack) {
  for (const std::string text :
       {"plain", "", "two words", "it's", "$HOME", "a\nb", "\x1b[0m", "\xff",
        "tab\there", "back\\slash", "both'\n\\"}) {
    const std::string command = "printf %s " + ShellWord(text);
    EXPECT_EQ(Shell("bash -c " + ShellWord(command)), text);
  }
}

TEST(Text, PrintableTextHoldsNothingThatSteersATerminal) {
  EXPECT_EQ(Printable("a\nb\x1b[1m\x7f\xff"), "a\\nb\\x1b[1m\\x7f\\xff");
  EXPECT_EQ(Printable("\xc2\x9b"), "\\xc2\\x9b") << "a control of two bytes";
  EXPECT_EQ(Printable("\xe2\x80\xae"), "\\xe2\\x80\\xae") << "reverses text";
  EXPECT_EQ(Printable("caf\xc3\xa9 \xe6\x97\xa5"), "caf\xc3\xa9 \xe6\x97\xa5");
  EXPECT_EQ(Printable("\xc0\x80\xed\xa0\x80"), "\\xc0\\x80\\xed\\xa0\\x80")
      << "overlong, and a surrogate";
}

TEST(Text, NumbersReadAsPeopleWriteThem) {
  EXPECT_EQ(Grouped(0), "0");
  EXPECT_EQ(Grouped(999), "999");
  EXPECT_EQ(Grouped(1'000), "1,000");
  EXPECT_EQ(Grouped(1'234'567), "1,234,567");
  EXPECT_EQ(Bytes(1), "1 byte");
  EXPECT_EQ(Bytes(999), "999 bytes");
  EXPECT_EQ(Bytes(1'000), "1.0 KB");
  EXPECT_EQ(Bytes(999'999), "1.0 MB");
  EXPECT_EQ(Bytes(412'000'000), "412 MB");
  EXPECT_EQ(Duration(1.314), "1.31 s");
  EXPECT_EQ(Duration(125), "2 min 05 s");
  EXPECT_EQ(Duration(7'200), "2 h 00 min");
  EXPECT_EQ(Plural(1, "archive entry"), "1 archive entry");
  EXPECT_EQ(Plural(2, "archive entry"), "2 archive entries");
}

TEST(Text, FittedTextIsNeverWider) {
  const std::string text = "日本語 and more";
  for (std::size_t width = 0; width < 20; ++width) {
    EXPECT_LE(DisplayWidth(FitEnd(text, width)), width);
    EXPECT_LE(DisplayWidth(FitBegin(text, width)), width);
  }
  EXPECT_EQ(FitEnd("abcdef", 4), "abc…");
  EXPECT_EQ(FitBegin("abcdef", 4), "…def");
}

TEST(ProgressLine, FitsAndSaysWhatIsLeft) {
  const ProgressState half = {500, 1'000, 2'000'000'000, 12};
  const std::string line = ProgressLine(half, 2, 100);
  EXPECT_THAT(line, HasSubstr("50 %"));
  EXPECT_THAT(line, HasSubstr("1.0 GB/s"));
  EXPECT_THAT(line, HasSubstr("2.00 s left"));
  for (std::size_t width = 10; width < 140; ++width) {
    EXPECT_LE(DisplayWidth(ProgressLine(half, 2, width)), width);
  }
  const ProgressState pipe = {500, 0, 500, 0};
  EXPECT_THAT(ProgressLine(pipe, 1, 100), Not(HasSubstr("%")));
}

TEST(OutputFile, AppearsWhenItIsCommittedAndIsPrivate) {
  const Folder folder;
  const fs::path path = folder.path() / "report.jsonl";
  auto out = OutputStream::ToFile(path.string());
  ASSERT_TRUE(out.ok());
  EXPECT_TRUE(out->Write("line\n"));
  EXPECT_FALSE(fs::exists(path));
  ASSERT_TRUE(out->Commit().ok());
  struct stat info {};
  ASSERT_EQ(::stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
  EXPECT_EQ(info.st_size, 5);
}

TEST(OutputFile, ThatIsNotCommittedLeavesWhatWasThere) {
  const Folder folder;
  const std::string path = folder.File("report", "before");
  {
    auto out = OutputStream::ToFile(path);
    ASSERT_TRUE(out.ok());
    EXPECT_TRUE(out->Write("after\n"));
  }
  EXPECT_EQ(Shell("cat " + path), "before");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
}

TEST(OutputFile, ALinkStaysALinkAndADeviceADevice) {
  const Folder folder;
  const std::string path = folder.File("target", "before");
  const fs::path link = folder.path() / "link";
  fs::create_symlink(path, link);
  auto out = OutputStream::ToFile(link.string());
  ASSERT_TRUE(out.ok());
  EXPECT_TRUE(out->Write("after\n"));
  ASSERT_TRUE(out->Commit().ok());
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(Shell("cat " + path), "after\n");
  auto null = OutputStream::ToFile("/dev/null");
  ASSERT_TRUE(null.ok());
  EXPECT_TRUE(null->Write("gone\n"));
  EXPECT_TRUE(null->Commit().ok());
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST(OutputFile, AFullDeviceIsAnErrorThatIsReported) {
  auto out = OutputStream::ToFile("/dev/full");
  ASSERT_TRUE(out.ok());
  EXPECT_TRUE(out->Write("line\n"));
  const auto done = out->Commit();
  ASSERT_FALSE(done.ok());
  EXPECT_THAT(done.error().message, HasSubstr("/dev/full"));
}

}  // namespace
}  // namespace logspill
