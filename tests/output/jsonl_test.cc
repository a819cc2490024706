#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <thread>

#include "adapters/output/jsonl_sink.h"
#include "adapters/output/text.h"
#include "scanner/record/record_header.h"
#include "tests/output/sample.h"

namespace logspill {
namespace {

// What a sink writes into a pipe, read by a thread beside it.
template <typename Write>  // void(OutputStream*)
std::string Captured(Write write) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  std::string text;
  std::thread reader([&text, fd = ends[0]] {
    char buffer[4096];
    ssize_t size = 0;
    while ((size = ::read(fd, buffer, sizeof buffer)) > 0) {
      text.append(buffer, static_cast<std::size_t>(size));
    }
  });
  {
    OutputStream out = OutputStream::ToDescriptor(ends[1], "pipe");
    write(&out);
    EXPECT_TRUE(out.Flush());
  }
  ::close(ends[1]);
  reader.join();
  ::close(ends[0]);
  return text;
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  for (std::size_t end; (end = text.find('\n', begin)) != text.npos;
       begin = end + 1) {
    lines.push_back(text.substr(begin, end - begin));
  }
  EXPECT_EQ(begin, text.size()) << "the last line has no end";
  return lines;
}

std::string SampleAsJsonl() {
  const Sample sample = MakeSample();
  return Captured([&](OutputStream* out) {
    JsonlSink sink(out);
    for (const Finding& finding : sample.findings) {
      EXPECT_TRUE(sink.OnFinding(finding));
    }
    EXPECT_TRUE(sink.OnAmendment({"0f3a:9b1c04d2e7a85516c3f0", "user_id",
                                  Severity::kMedium, "key 'user'"}));
    EXPECT_TRUE(sink.OnSummary(sample.summary));
  });
}

TEST(JsonlSink, WritesWhatItAlwaysWrote) {
  const std::string text = SampleAsJsonl();
  EXPECT_EQ(text, Golden("sample.jsonl", text));
}

TEST(JsonlSink, EveryLineIsAnObjectThatAStrictParserTakes) {
  simdjson::dom::parser parser;
  const auto lines = Lines(SampleAsJsonl());
  ASSERT_EQ(lines.size(), 5U);
  for (const std::string& line : lines) {
    simdjson::dom::object object;
    ASSERT_EQ(parser.parse(line).get(object), simdjson::SUCCESS) << line;
    std::string_view schema;
    EXPECT_EQ(object["schema"].get(schema), simdjson::SUCCESS);
    EXPECT_EQ(schema, "logspill/1");
  }
}

TEST(JsonlSink, AHostileNameIsOnlyPrintableBytesAndReadsBack) {
  const auto lines = Lines(SampleAsJsonl());
  const std::string& line = lines.at(2);
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    EXPECT_TRUE(byte >= 0x20 && byte != 0x7f && byte != 0xff);
  }
  simdjson::dom::parser parser;
  simdjson::dom::element object;
  ASSERT_EQ(parser.parse(line).get(object), simdjson::SUCCESS);
  EXPECT_EQ(std::string_view(object["input"]), "a\nb\x1b[31m\\xff\"\\.tar");
  EXPECT_EQ(std::string_view(object["excerpt"]),
            "caf\xc3\xa9 \xc2\x9b [email]");
  EXPECT_EQ(line.find("\xc2\x9b"), std::string::npos)
      << "a control character of two bytes stands unescaped";
}

TEST(JsonlSink, AClosedPipeEndsQuietly) {
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ::close(ends[0]);
  OutputStream out = OutputStream::ToDescriptor(ends[1], "pipe");
  JsonlSink sink(&out, /*prompt=*/true);
  const Sample sample = MakeSample();
  EXPECT_FALSE(sink.OnFinding(sample.findings[0]));
  EXPECT_FALSE(sink.OnSummary(sample.summary));
  EXPECT_TRUE(out.closed());
  EXPECT_TRUE(out.Commit().ok());
  ::close(ends[1]);
  std::signal(SIGPIPE, before);
}

// A reader that stops anywhere has seen whole lines only: each write() into a
// pipe ends at a line end, which is what packet mode makes visible.
TEST(OutputStream, EachWriteIntoAPipeEndsAtALineEnd) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_DIRECT), 0);
  std::thread writer([fd = ends[1]] {
    OutputStream out = OutputStream::ToDescriptor(fd, "pipe");
    for (std::size_t i = 0; i < 3000; ++i) {
      out.Write(std::string(i % 700, 'x') + "\n");
    }
    out.Flush();
    ::close(fd);
  });
  std::vector<char> packet(1 << 16);
  std::size_t total = 0;
  ssize_t size = 0;
  while ((size = ::read(ends[0], packet.data(), packet.size())) > 0) {
    EXPECT_EQ(packet[static_cast<std::size_t>(size) - 1], '\n');
    total += static_cast<std::size_t>(size);
  }
  writer.join();
  ::close(ends[0]);
  std::size_t expected = 0;
  for (std::size_t i = 0; i < 3000; ++i) expected += i % 700 + 1;
  EXPECT_EQ(total, expected);
}

TEST(JsonText, EveryByteReadsBackAsItselfOrAsItsEscape) {
  simdjson::dom::parser parser;
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text = {'a', static_cast<char>(byte), 'b'};
    std::string json;
    AppendJsonString(text, &json);
    simdjson::dom::element element;
    ASSERT_EQ(parser.parse(json).get(element), simdjson::SUCCESS) << byte;
    const std::string_view back = element;
    if (byte < 0x80) {
      EXPECT_EQ(back, text);
    } else {
      EXPECT_EQ(back, fmt::format("a\\x{:02x}b", byte));
    }
  }
}

TEST(JsonText, WhatIsEscapedDoesNotDependOnWhereItStands) {
  for (const char special : {'"', '\\', '\n', '\x1f', '\x7f', '\xff', '\0'}) {
    std::string alone;
    AppendJsonString(std::string(1, special), &alone);
    const std::string escape = alone.substr(1, alone.size() - 2);
    for (std::size_t length = 1; length < 40; ++length) {
      for (std::size_t at = 0; at < length; ++at) {
        std::string text(length, 'a');
        text[at] = special;
        std::string json;
        AppendJsonString(text, &json);
        EXPECT_EQ(json, '"' + std::string(at, 'a') + escape +
                            std::string(length - at - 1, 'a') + '"');
      }
    }
  }
}

TEST(JsonText, TimesAreThoseOfTheRecordRoom) {
  for (const std::int64_t time :
       {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1},
        std::int64_t{-86'400'000}, std::int64_t{951'782'400'123},
        std::int64_t{1'795'381'233'638}, std::int64_t{253'402'300'799'999}}) {
    std::string json;
    AppendJsonTime(time, &json);
    EXPECT_EQ(json, '"' + FormatTime(time) + '"');
  }
  std::string json;
  AppendJsonTime(std::nullopt, &json);
  EXPECT_EQ(json, "null");
}

}  // namespace
}  // namespace logspill
