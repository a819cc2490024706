// What is text, what is not, and what may hold a log but cannot be read.

#include "adapters/input/sniff.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/input/sample.h"

namespace logspill {
namespace {

using namespace std::string_literals;
using Kind = Content::Kind;

std::string Wide(std::u16string_view text, bool big) {
  std::string bytes;
  for (const char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xFF);
    bytes += big ? high : low;
    bytes += big ? low : high;
  }
  return bytes;
}

TEST(Sniff, LogsOfManyKindsAreText) {
  const std::string texts[] = {
      "",
      "x",
      LogText(5000),
      "\x1B[31mERROR\x1B[0m colour\n",
      "caf\xE9 d\xE9j\xE0 vu, Latin-1\n",
      "\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82\n",
      "\x93\xFA\x96\x7B\x8C\xEA Shift-JIS line\n",
      "a=1\0b=2\0user=somebody\0"s,
      std::string(4096, '\0') + "the log begins here\n",
      "before\n" + std::string(4096, '\0') + "after the crash\n",
      std::string(100'000, '\0'),
      "one\r\ntwo\rthree\n",
      "BZhang logged in\n",
      "PK is a word, ORC too\n",
      "MZ and BM begin lines\n",
      "2026-11-22 fed 7z\n",
      "{\"a\":1}\n",
      "\xEF\xBB\xBFwith a mark\n",
  };
  for (const std::string& text : texts) {
    EXPECT_EQ(Sniff(text, true).kind, Kind::kText) << text.substr(0, 20);
  }
}

TEST(Sniff, RandomBytesAreNotText) {
  std::mt19937 random(7);
  std::string bytes(64 << 10, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  EXPECT_EQ(Sniff(bytes, false).kind, Kind::kNotText);
}

TEST(Sniff, LoginRecordsAreNotText) {
  std::string wtmp;
  for (int i = 0; i < 100; ++i) {
    std::string record(384, '\0');
    record[0] = 7;
    record[4] = static_cast<char>(i);
    record[5] = 0x12;
    record.replace(8, 5, "pts/0");
    record.replace(44, 5, "alice");
    record.replace(340, 4, "\x35\x01\x8f\x65");
    wtmp += record;
  }
  EXPECT_EQ(Sniff(wtmp, true).kind, Kind::kNotText);
}

TEST(Sniff, OtherContentIsNamed) {
  const std::pair<std::string, const char*> files[] = {
      {"\x7F"
       "ELF\x02\x01\x01\0\0\0"s,
       "ELF program"},
      {"SQLite format 3\0\x10\0\x01\x01"s, "SQLite database"},
      {"LPKSHHRH\0\0\0\0"s, "systemd journal"},
      {"\x89PNG\r\n\x1A\n\0\0\0\rIHDR"s, "PNG image"},
      {"%PDF-1.7\n%\xB5\xED\xAE\xFB\0\0\1\2\3\4\5\6"s, "PDF document"},
  };
  for (const auto& [bytes, what] : files) {
    const Content content = Sniff(bytes, true);
    EXPECT_EQ(content.kind, Kind::kNotText) << what;
    EXPECT_EQ(content.what, what);
  }
}

TEST(Sniff, WhatMayHoldALogIsUnsupportedWithAWayToReadIt) {
  const std::string files[] = {
      "7z\xBC\xAF\x27\x1C\0\4"s,
      "Rar!\x1A\x07\x01\0"s,
      "PAR1\x15\0\x15\x80\x15\0\0\0"s,
      "Obj\x01\x04\x16"
      "avro.schema\0\0"s,
      "ORC\x0A\x03\0\0\0\x12\x06\0\1\2\3"s,
      "ARROW1\0\0\xFF\xFF\xFF\xFF"s,
      "\x1F\x9D\x90\x61\x62"s,
      "ElfFile\0\0\0\0\0"s,
      "\xFF\xFE\0\0a\0\0\0"s,
  };
  for (const std::string& bytes : files) {
    const ReadResult result = ReadBytes(bytes);
    EXPECT_EQ(result.Events(), "incomplete unsupported") << bytes.substr(0, 4);
    EXPECT_EQ(result.members.size(), 0u);
    ASSERT_FALSE(result.events.empty());
    EXPECT_NE(result.events[0].detail.find(';'), std::string::npos);
    EXPECT_EQ(result.events[0].skipped_bytes, bytes.size());
  }
}

TEST(Sniff, EncryptedFilesAreIncomplete) {
  for (const std::string& bytes :
       {"Salted__\x01\x02\x03\xF4\xF5\x06\x07\x08\x9A\0\0"s,
        "\x8C\x0D\x04\x09\x03\x02\xE1\x8A\x01"s}) {
    EXPECT_EQ(ReadBytes(bytes).Events(), "incomplete encrypted");
  }
}

void PutField(std::string* message, int field, std::string_view text) {
  *message += static_cast<char>(field << 3 | 2);
  *message += static_cast<char>(text.size());
  *message += text;
}

TEST(Sniff, ProtocolBuffersAreUnsupportedEvenWhereTheyAreMostlyText) {
  std::string messages;
  std::string delimited;
  for (int i = 0; i < 40; ++i) {
    std::string record;
    PutField(&record, 1,
             "a log line of some length, number " + std::to_string(i) +
                 ", user somebody");
    PutField(&record, 2, "INFO");
    record += "\x18\x05"s;
    PutField(&messages, 1, record);
    delimited += static_cast<char>(record.size());
    delimited += record;
  }
  EXPECT_EQ(ReadBytes(messages).Events(), "incomplete unsupported");
  EXPECT_EQ(ReadBytes(delimited).Events(), "incomplete unsupported");
}

TEST(Utf16, IsFoundWithAndWithoutItsMarkAndBecomesUtf8) {
  const std::u16string text =
      u"2026-11-22 INFO user \u00e9\u4e2d\U0001F600 logged in\r\n";
  const std::string want =
      "2026-11-22 INFO user \xC3\xA9\xE4\xB8\xAD\xF0\x9F\x98\x80 logged in\r\n";
  for (const bool big : {false, true}) {
    for (const bool mark : {false, true}) {
      const std::string bytes = Wide((mark ? u"\uFEFF" : u"") + text, big);
      const ReadResult result = ReadBytes(bytes);
      EXPECT_EQ(result.Text(), want) << big << mark;
      ASSERT_EQ(result.members.size(), 1u);
      EXPECT_EQ(result.members[0].member.encoding, TextEncoding::kUtf16);
      EXPECT_EQ(result.members[0].member.bom_bytes, mark ? 2u : 0u);
    }
  }
}

TEST(Utf16, ReadSizeNeverChangesTheBytes) {
  std::u16string text;
  for (int i = 0; i < 30'000; ++i) text += u"x\u00e9\u4e2d\U0001F600 user 1\n";
  const std::string bytes = Wide(u"\uFEFF" + text, false);
  const std::string whole = ReadBytes(bytes).Text();
  EXPECT_EQ(whole.size(), 30'000u * 18);
  for (const std::size_t step : {1u, 3u, 1000u, 70'000u}) {
    EXPECT_TRUE(ReadBytes(bytes, {}, step).Text() == whole) << step;
  }
}

TEST(Utf16, HalvesWithoutTheirOtherBecomeReplacementCharacters) {
  const std::u16string text = {0xFEFF, u'a', 0xD800, u'b',
                               0xDC00, u'c', 0xD83D};
  const std::string replacement = "\xEF\xBF\xBD";
  EXPECT_EQ(ReadBytes(Wide(text, false)).Text(),
            "a" + replacement + "b" + replacement + "c" + replacement);
  EXPECT_EQ(ReadBytes("\xFF\xFE"
                      "a\0b"s)
                .Text(),
            "a" + replacement);
}

TEST(Utf8Mark, IsTakenAwayAndCounted) {
  const ReadResult result = ReadBytes("\xEF\xBB\xBFone\n");
  EXPECT_EQ(result.Text(), "one\n");
  ASSERT_EQ(result.members.size(), 1u);
  EXPECT_EQ(result.members[0].member.encoding, TextEncoding::kBytes);
  EXPECT_EQ(result.members[0].member.bom_bytes, 3u);
}

}  // namespace
}  // namespace logspill
