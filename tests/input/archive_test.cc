// tar and zip: every file in them is a member, whatever it is packed in;
// nothing is written to disk, and what is not read is said.

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>

#include "tests/input/sample.h"

namespace logspill {
namespace {

std::vector<std::string> Names(const ReadResult& result) {
  std::vector<std::string> names;
  for (const ReadMember& member : result.members) {
    names.push_back(member.member.name);
  }
  return names;
}

using Strings = std::vector<std::string>;

void FixSum(std::string* tar, std::size_t header = 0) {
  tar->replace(header + 148, 8, 8, ' ');
  unsigned sum = 0;
  for (std::size_t i = 0; i < 512; ++i) {
    sum += static_cast<unsigned char>((*tar)[header + i]);
  }
  char digits[8];
  std::snprintf(digits, sizeof digits, "%06o", sum & 0777777);
  tar->replace(header + 148, 7, digits, 7);
}

enum class Kind { kTar, kZip };

class EveryArchive : public testing::TestWithParam<Kind> {
 protected:
  static std::string Pack(const std::vector<Entry>& entries) {
    return GetParam() == Kind::kTar ? Tar(entries) : Zip(entries);
  }
};
INSTANTIATE_TEST_SUITE_P(Input, EveryArchive,
                         testing::Values(Kind::kTar, Kind::kZip),
                         [](const auto& kind) {
                           return kind.param == Kind::kTar ? "tar" : "zip";
                         });

TEST_P(EveryArchive, EachTextIsAMember) {
  const std::string long_text = LogText(2'000'000);
  const ReadResult result = ReadBytes(
      Pack({{"a.log", "one\n"}, {"sub/b.log", long_text}, {"c", ""}}));
  EXPECT_EQ(Names(result), (Strings{"a.log", "sub/b.log", "c"}));
  EXPECT_TRUE(result.Text() == "one\n" + long_text);
  EXPECT_EQ(result.Events(), "");
}

TEST_P(EveryArchive, EachMemberIsJudgedByItself) {
  const std::string elf(
      "\x7F"
      "ELF\x02\x01\x01\0\0\0",
      10);
  const ReadResult result =
      ReadBytes(Pack({{"bin", elf},
                      {"wide", std::string("o\0n\0e\0\n\0t\0w\0o\0\n\0", 16)},
                      {"packed", Compress(Codec::kZstd, "three\n")},
                      {"table", std::string("PAR1\x15\0\x15\x80\0\0", 10)}}));
  EXPECT_EQ(Names(result), (Strings{"wide", "packed"}));
  EXPECT_EQ(result.Text(), "one\ntwo\nthree\n");
  EXPECT_EQ(result.Events(), "not-text not-text, incomplete unsupported");
  EXPECT_EQ(result.events[0].member, "bin");
  EXPECT_EQ(result.events[1].member, "table");
}

TEST_P(EveryArchive, ArchivesInsideAreReadToTheDepth) {
  std::string packed = Pack({{"deep.log", "deep\n"}});
  packed = Pack({{"inner", packed}});
  packed = Pack({{"outer", packed}});
  const ReadResult three = ReadBytes(packed);
  EXPECT_EQ(Names(three), (Strings{"outer/inner/deep.log"}));
  EXPECT_EQ(three.Events(), "");
  const ReadResult four =
      ReadBytes(Pack({{"top", packed}, {"beside.log", "seen\n"}}));
  EXPECT_EQ(Names(four), (Strings{"beside.log"}));
  EXPECT_EQ(four.Events(), "incomplete limit");
  EXPECT_EQ(four.events[0].member, "top/outer/inner");
}

TEST_P(EveryArchive, WhollyCompressedItIsReadForEveryCodec) {
  const std::string text = LogText(400'000);
  const std::string packed = Pack({{"a.log", text}, {"b.log", "end\n"}});
  for (const Codec codec : kCodecs) {
    const ReadResult result = ReadBytes(Compress(codec, packed));
    EXPECT_EQ(Names(result), (Strings{"a.log", "b.log"})) << Name(codec);
    EXPECT_TRUE(result.Text() == text + "end\n") << Name(codec);
    EXPECT_EQ(result.Events(), "") << Name(codec);
  }
}

TEST_P(EveryArchive, ACompressedTarInsideCountsOnce) {
  const std::string inner = Compress(Codec::kZstd, Tar({{"x.log", "x\n"}}));
  const ReadResult result = ReadBytes(Pack({{"y.tar.zst", inner}}));
  EXPECT_EQ(Names(result), (Strings{"y.tar.zst/x.log"}));
}

TEST_P(EveryArchive, CutAnywhereGivesAPrefixAndIsSaid) {
  const std::string text = LogText(1500);
  const std::string packed = Pack({{"a.log", text}, {"b.log", text}});
  // A tar's last block of zeros is not missed where one is left.
  const std::size_t last = packed.size() - (GetParam() == Kind::kTar ? 512 : 0);
  const std::size_t first = GetParam() == Kind::kTar ? 108 : 4;
  for (std::size_t cut = first; cut < last; ++cut) {
    const ReadResult result = ReadBytes(packed.substr(0, cut));
    EXPECT_TRUE((text + text).starts_with(result.Text())) << "cut at " << cut;
    EXPECT_NE(result.Events().find("incomplete"), std::string::npos)
        << "cut at " << cut;
  }
}

TEST_P(EveryArchive, ACutCompressionAroundItIsSaidOnce) {
  const std::string text = LogText(300'000);
  for (const Codec codec : kCodecs) {
    const std::string packed = Compress(codec, Pack({{"a.log", text}}));
    const ReadResult result = ReadBytes(packed.substr(0, packed.size() / 2));
    EXPECT_TRUE(text.starts_with(result.Text())) << Name(codec);
    EXPECT_EQ(result.Events(), "incomplete truncated") << Name(codec);
  }
}

TEST_P(EveryArchive, TrailingBytesAreWarnedOf) {
  const std::string packed = Pack({{"a.log", "one\n"}});
  for (const std::string& junk :
       {std::string(1024, 'x'), std::string("appended"),
        std::string(3000, '\1')}) {
    const ReadResult result = ReadBytes(packed + junk);
    EXPECT_EQ(result.Text(), "one\n");
    EXPECT_EQ(result.Events(), "warning trailing-data") << junk.size();
  }
}

TEST_P(EveryArchive, ANameIsOnlyAName) {
  const TempFolder folder;
  const std::string path =
      folder.Write("x/in.archive", Pack({{"../../escape.log", "1\n"},
                                         {"/abs.log", "2\n"},
                                         {"-rf\n\x1b[31m", "3\n"},
                                         {"\xff\xfe.log", "4\n"}}));
  const auto count = [&] {
    const std::filesystem::recursive_directory_iterator all(folder.path());
    return std::distance(begin(all), end(all));
  };
  const auto before = count();
  const ReadResult result = ReadAll({path});
  EXPECT_EQ(result.Text(), "1\n2\n3\n4\n");
  ASSERT_EQ(result.members.size(), 4u);
  EXPECT_EQ(result.members[0].member.name, "../../escape.log");
  EXPECT_EQ(result.members[2].member.name, "-rf\n\x1b[31m");
  EXPECT_EQ(count(), before);
  EXPECT_FALSE(std::filesystem::exists(folder.path("../escape.log")));
}

TEST_P(EveryArchive, ABombInsideEndsTheInput) {
  InputOptions options;
  options.bomb_bytes = 4 << 20;
  const ReadResult result = ReadBytes(
      Pack({{"a.gz", Compress(Codec::kGzip, std::string(64 << 20, '\0'))},
            {"b.log", "after\n"}}),
      options);
  EXPECT_EQ(result.Events(), "incomplete limit");
  EXPECT_EQ(result.events[0].member, "a.gz");
}

TEST_P(EveryArchive, AThousandEventsAreListedAndTheRestIsSaid) {
  std::vector<Entry> entries;
  for (int i = 0; i < 1200; ++i) {
    entries.push_back({"p" + std::to_string(i), "\x89PNG\r\n\x1A\n"});
  }
  const ReadResult result = ReadBytes(Pack(entries));
  ASSERT_EQ(result.events.size(), 1001u);
  EXPECT_EQ(result.events.back().reason, "more");
  EXPECT_EQ(result.events.back().kind, InputEvent::Kind::kNotText);
}

TEST(TarInput, LinksDevicesAndFoldersHoldNothing) {
  for (const char type : {'1', '2', '3', '4', '5', '6'}) {
    std::string tar = Tar({{"thing", ""}, {"a.log", "one\n"}});
    tar[156] = type;
    tar.replace(157, 11, "/etc/passwd");
    FixSum(&tar);
    const ReadResult result = ReadBytes(tar);
    EXPECT_EQ(Names(result), (Strings{"a.log"})) << "type " << type;
    EXPECT_EQ(result.Text(), "one\n");
    EXPECT_EQ(result.Events(), "");
  }
}

TEST(TarInput, ASizeThatLiesIsSaid) {
  const std::string text = LogText(2000);
  const std::string good = Tar({{"a.log", text}, {"b.log", "two\n"}});
  for (const char* size : {"77777777777", "00000020000", "00000000001"}) {
    std::string tar = good;
    tar.replace(124, 11, size);
    FixSum(&tar);
    const ReadResult result = ReadBytes(tar);
    EXPECT_NE(result.Events().find("incomplete"), std::string::npos) << size;
    EXPECT_EQ(result.Text().substr(0, 1), text.substr(0, 1));
  }
}

TEST(TarInput, ADamagedHeaderIsSaidAndTheNextMemberIsRead) {
  std::string tar = Tar({{"a", "1\n"}, {"b", "2\n"}, {"c", "3\n"}});
  tar[1024] ^= 1;  // the name of b
  const ReadResult result = ReadBytes(tar);
  EXPECT_EQ(Names(result), (Strings{"a", "c"}));
  EXPECT_EQ(result.Events(), "incomplete corrupt");
}

TEST(TarInput, ArchivesOneBehindTheOtherAreRead) {
  const ReadResult result =
      ReadBytes(Tar({{"a", "1\n"}}) + Tar({{"b", "2\n"}}));
  EXPECT_EQ(Names(result), (Strings{"a", "b"}));
  EXPECT_EQ(result.Events(), "");
}

TEST(ZipInput, AnEncryptedEntryIsNamedAndTheRestIsRead) {
  std::string zip;
  try {
    zip = Zip({{"secret.log", "hidden\n"}}, "zip:encryption=traditional");
  } catch (const std::exception&) {
    GTEST_SKIP() << "this libarchive cannot encrypt";
  }
  const ReadResult result = ReadBytes(zip);
  EXPECT_EQ(result.members.size(), 0u);
  EXPECT_EQ(result.Events(), "incomplete encrypted");
  EXPECT_EQ(result.events[0].member, "secret.log");
}

TEST(ZipInput, AWrongChecksumKeepsTheDataAndSaysSo) {
  const std::string text = LogText(100'000);
  const std::string method = "zip:compression=deflate";
  std::string zip = Zip({{"a.log", text}, {"b.log", "two\n"}}, method);
  const std::size_t check = zip.find("PK\x07\x08");
  ASSERT_NE(check, std::string::npos);
  zip[check + 4] ^= 1;
  const ReadResult result = ReadBytes(zip);
  EXPECT_TRUE(result.Text() == text + "two\n");
  EXPECT_EQ(result.Events(), "incomplete checksum");
  EXPECT_EQ(result.events[0].member, "a.log");
}

TEST(ZipInput, Zip64IsRead) {
  const std::string text = LogText(100'000);
  EXPECT_TRUE(ReadBytes(Zip({{"a.log", text}}, "zip:zip64")).Text() == text);
}

TEST(ZipInput, OverlappingEntriesAreSaid) {
  std::string zip = Zip({{"a.log", "one\n"}, {"b.log", "two\n"}});
  // A third entry in the directory that begins where the second does.
  const std::size_t end = zip.rfind("PK\x05\x06");
  zip[end + 8] = 3;
  zip[end + 10] = 3;
  const ReadResult result = ReadBytes(zip);
  EXPECT_EQ(result.Text(), "one\ntwo\n");
  EXPECT_EQ(result.Events(), "incomplete overlap");
}

TEST(ZipInput, AnEmptyArchiveIsEmpty) {
  const ReadResult result = ReadBytes(Zip({}));
  EXPECT_EQ(result.members.size(), 0u);
  EXPECT_EQ(result.Events(), "");
}

// One that unpacks to itself is the limit case of nesting; the depth ends it.
TEST(ZipInput, NestingWithoutEndStopsAtTheDepth) {
  std::string zip = Zip({{"core.log", "core\n"}});
  for (int i = 0; i < 40; ++i) zip = Zip({{"again.zip", zip}});
  const ReadResult result = ReadBytes(zip);
  EXPECT_EQ(result.members.size(), 0u);
  EXPECT_EQ(result.Events(), "incomplete limit");
}

}  // namespace
}  // namespace logspill
