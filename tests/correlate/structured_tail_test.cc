#include "scanner/correlate/structured_tail.h"

#include <gtest/gtest.h>

#include <string>

namespace logspill {
namespace {

// "message | key=value ..."
std::string Read(std::string_view text) {
  StructuredTail tail;
  if (!ReadStructuredTail(text, &tail)) return "none";
  std::string shown(
      text.substr(tail.message_begin, tail.message_end - tail.message_begin));
  shown += " |";
  for (const RecordField& field : tail.fields) {
    shown +=
        " " + std::string(field.key) + "=" + std::string(field.value.Of(text));
  }
  return shown;
}

TEST(StructuredTail, PairsBehindAMessageAreRead) {
  EXPECT_EQ(Read("order placed user=17 cart=\"a b\""),
            "order placed | user=17 cart=a b");
  EXPECT_EQ(Read("\"Pod updated\" pod=\"ns/x\" status=3"),
            "Pod updated | pod=ns/x status=3");
  EXPECT_EQ(Read("a = b user=17"), "a = b | user=17");
  EXPECT_EQ(Read("got list=[a b c] n=3"), "got | list=[a b c] n=3");
}

TEST(StructuredTail, AnObjectBehindAMessageIsRead) {
  EXPECT_EQ(Read("paid\t{\"user\": \"u 17\", \"n\": 3}"),
            "paid | user=u 17 n=3");
  EXPECT_EQ(Read("paid {\"list\": [1, 2], \"s\": \"a\\\"b\"}"),
            "paid | list=[1, 2] s=a\\\"b");
}

TEST(StructuredTail, TextIsNone) {
  for (const char* text : {"", "plain", "x = y and more", "user=17",
                           "set a=1 then more", "open {\"a\": 1", "ends }"}) {
    EXPECT_EQ(Read(text), "none") << text;
  }
}

}  // namespace
}  // namespace logspill
