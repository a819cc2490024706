#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "scanner/record/context.h"

namespace logspill {
namespace {

std::string PathOf(std::string_view record, std::string_view value) {
  Context context;
  context.Start(record);
  const std::size_t begin = record.rfind(value);
  return context.FieldPath({static_cast<std::uint32_t>(begin),
                            static_cast<std::uint32_t>(begin + value.size())});
}

TEST(FieldPath, IsThePathOfKeysInAJsonRecord) {
  EXPECT_EQ(PathOf(R"({"consumer":{"uuid":"V"}})", "V"), "consumer.uuid");
  EXPECT_EQ(PathOf(R"({"a":{"b":1},"c":{"d":[1,{"e":"V"}]}})", "V"), "c.d.e");
  EXPECT_EQ(PathOf(R"({"a":[["x"],["V"]]})", "V"), "a");
  EXPECT_EQ(PathOf(R"({"a":1,"msg":"user V left"})", "V"), "msg");
  EXPECT_EQ(PathOf(R"({"a":{"b":{}},"id":12345678})"
                   "\r",
                   "12345678"),
            "id");
}

TEST(FieldPath, IsTheEnclosingObjectsForAValueThatIsAKey) {
  EXPECT_EQ(PathOf(R"({"users":{"V":{"age":3}}})", "V"), "users");
}

TEST(FieldPath, OfOtherRecordsIsTheNameBeforeTheValue) {
  EXPECT_EQ(PathOf("INFO user_id=V", "V"), "user_id");
  EXPECT_EQ(PathOf("Consumer(uuid='V')", "V"), "Consumer.uuid");
  EXPECT_EQ(PathOf("X-Request-Id: V", "V"), "X-Request-Id");
  EXPECT_EQ(PathOf("for consumer V", "V"), "");
}

TEST(FieldPath, ShowsNoKeyThatDoesNotLookLikeAName) {
  EXPECT_EQ(
      PathOf(R"({"780e2104-7a54-42e3-9ce0-70a24dbf5d84":{"id":"V"}})", "V"),
      "*.id");
  EXPECT_EQ(PathOf(R"({"bob smith":"V"})", "V"), "*");
  EXPECT_EQ(PathOf("GET /users/123456789/V", "V"), "");
}

std::string Replaced(std::string text, std::string_view what,
                     std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

constexpr std::string_view kId = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

TEST(FieldPath, ShowsNoKeyThatIsAValue) {
  for (const char* key :
       {"alice@example.com", "alice.jones", "AKIAIOSFODNN7EXAMPLE",
        "sk_live_4eC39HqLyjWDarjtT1zdp7dc", "hunter2secretXY", "hQzXkPmLwTv",
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9", "9f4ef63a", "Summer2026",
        "Tr0ub4dor", "AKIAIOSFODNNEXAMPLE", "Bob Smith", "QWxhZGRpbjpvcGVu",
        "bPxRfiCYEXAMPLEKEY", "room-1-2-3"}) {
    const std::string name = key;
    const std::string id(kId);
    for (const std::string& record :
         {"{\"" + name + "\":{\"id\":\"" + id + "\"}}",
          "{\"password\":{\"" + name + "\":\"" + id + "\"}}", name + ": " + id,
          "user " + name + ": " + id, "x=1 " + name + "=" + id,
          "GET /" + name + "/" + id, "GET /" + name + "/users/" + id,
          "?" + name + "=" + id, name + "(id=" + id + ")",
          "{'" + name + "': '" + id + "'}"}) {
      const std::string path = PathOf(record, kId);
      EXPECT_EQ(path.find(name), std::string::npos) << record << ": " << path;
    }
  }
}

TEST(FieldPath, ShowsTheNamesThatProgrammersWrite) {
  for (const char* key :
       {"consumer_uuid", "consumerId", "user.email", "X-Request-Id",
        "resource_providers", "ipv4", "sha256", "id2", "uuid_1", "_id",
        "oauth2Token", "spring.datasource.password", "http.request.headers",
        "CONSUMER_UUID", "userIDs", "MD5", "client-ip", "eTag"}) {
    const std::string name = key;
    const std::string id(kId);
    EXPECT_EQ(PathOf("{\"" + name + "\":\"" + id + "\"}", kId), name);
    EXPECT_EQ(PathOf("x=1 " + name + "=" + id, kId), name);
    EXPECT_EQ(PathOf(name + ": " + id, kId), name);
  }
  EXPECT_EQ(PathOf("GET /v1/users/V", "V"), "v1.users");
  EXPECT_EQ(PathOf("GET /resource_providers/V", "V"), "resource_providers");
}

TEST(FieldPath, OfAPathIsPlainWordsOnly) {
  EXPECT_EQ(PathOf("GET /alice.id/V", "V"), "");
  EXPECT_EQ(PathOf("GET /users/AliceJones/V", "V"), "users.*");
}

TEST(FieldPath, DoesNotTakeAWordOfTheSentenceForAKey) {
  EXPECT_EQ(PathOf("for alice ID: V", "V"), "ID");
}

TEST(FieldPath, ShowsNoNameThatIsTakenByAMatch) {
  const std::string record = R"({"users":{"alice":{"id":"V"}}})";
  Context context;
  context.Start(record);
  const auto at = static_cast<std::uint32_t>(record.find('V'));
  const auto alice = static_cast<std::uint32_t>(record.find("alice"));
  const auto taken = [&](Span name) {
    return name.begin < alice + 5 && name.end > alice;
  };
  EXPECT_EQ(context.FieldPath({at, at + 1}, nullptr, taken), "users.*.id");
}

TEST(FieldPath, OfBrokenJsonIsTheNameBeforeTheValue) {
  EXPECT_EQ(PathOf(R"({"user":"V")", "V"), "user");
  EXPECT_EQ(PathOf(R"({"user":"V",,}})", "V"), "user");
  EXPECT_EQ(PathOf("{\"user\":\"V\"\xff}", "V"), "user");
}

// What stands in quotes is a name only where it is all of them.
TEST(FieldPath, ShowsNoPartOfAQuotedString) {
  const std::vector<std::string> strings = {
      "Alice <c>",  "O'<c>",        "O\"<c>",     "<c>, Alice",
      "Alice, <c>", "x\\n<c>",      "a.<c>",      "Alice <c>.",
      "-<c>",       "M\xc3\xbc<c>", "Alice ''<c>"};
  const std::vector<std::string> quotes = {"\"",  "'",   "`",      "\\\"",
                                           "%22", "%27", "&quot;", "\\u0022"};
  const std::vector<std::string> carriers = {
      "<s>=<v>",
      "name=<s>=<v>",
      "x=1 <s> = '<v>'",
      "{<s>: UUID('<v>')}",
      "{<s>:\"<v>\"",
      "{<s>: {'id': <v>}}",
      "{<s>=[\"<v>\"]}",
      "<s>%3D<v>",
      "SELECT 1 WHERE <s>='<v>'",
      "SELECT 1 FROM t WHERE x.<s>='<v>'",
      "SELECT 1 FROM <s> WHERE uuid='<v>'",
      "INSERT INTO <s> (uuid) VALUES ('<v>')",
      "INSERT INTO t (<s>) VALUES ('<v>')",
      "SELECT 1 FROM t WHERE <s> IN ('<v>')"};
  for (const std::string& carrier : carriers) {
    for (const std::string& quote : quotes) {
      for (const std::string& string : strings) {
        const std::string text =
            Replaced(Replaced(Replaced(carrier, "<s>", quote + string + quote),
                              "<c>", "Zulu"),
                     "<v>", kId);
        const std::string path = PathOf(text, kId);
        EXPECT_EQ(path.find("ulu"), std::string::npos) << text << ": " << path;
        EXPECT_EQ(path.find("Alice"), std::string::npos)
            << text << ": " << path;
      }
    }
  }
}

TEST(FieldPath, ShowsANameThatIsAllOfAQuotedString) {
  EXPECT_EQ(PathOf("\"user_id\" => \"V\"", "V"), "user_id");
  EXPECT_EQ(PathOf("SELECT 1 FROM \"t\" WHERE `uuid`='V'", "V"), "t.uuid");
  EXPECT_EQ(PathOf("WHERE\\n\"c\".\"uuid\" = 'V' FROM", "V"), "c.uuid");
  EXPECT_EQ(PathOf("m=\"{\\\"consumer\\\": \\\"V\\\"}\"", "V"), "consumer");
  EXPECT_EQ(PathOf("q=%7B%22consumer%22%3A%22V%22%7D", "V"), "consumer");
  EXPECT_EQ(PathOf("{u'consumer': u'V'}", "V"), "consumer");
  EXPECT_EQ(PathOf("msg=\"consumer_uuid=V left\"", "V"), "consumer_uuid");
  EXPECT_EQ(PathOf("{&quot;consumer&quot;:&quot;V&quot;}", "V"), "consumer");
  EXPECT_EQ(PathOf("\xe7\x94\xa8user_id=V", "V"), "user_id");
}

TEST(FieldPath, ShowsNoEndOfAWordWithAnAccent) {
  EXPECT_EQ(PathOf("M\xc3\xbcller=V", "V"), "");
}

TEST(FieldPath, TakesDuplicateKeysInTheOrderOfTheRecord) {
  const std::string record = R"({"a":{"id":"V"},"a":{"id":"W"}})";
  EXPECT_EQ(PathOf(record, "V"), "a.id");
  EXPECT_EQ(PathOf(record, "W"), "a.id");
}

TEST(FieldPath, OfTenThousandLevelsEnds) {
  std::string record;
  for (int i = 0; i < 10000; ++i) record += R"({"k":)";
  record += "\"V\"";
  record += std::string(10000, '}');
  EXPECT_FALSE(PathOf(record, "V").empty());
  std::string arrays = "{\"k\":" + std::string(10000, '[') + "\"V\"" +
                       std::string(10000, ']') + "}";
  EXPECT_EQ(PathOf(arrays, "V"), "k");
}

TEST(FieldPath, OfAMegabyteOfKeyIsNotThatKey) {
  const std::string record =
      "{\"a\":{\"" + std::string(1 << 20, 'k') + "\":\"V\"}}";
  EXPECT_EQ(PathOf(record, "V"), "a.*");
}

TEST(FieldPath, OfEveryValueOfALongRecordIsRight) {
  std::string record = "{";
  for (int i = 0; i < 20000; ++i) {
    record += (i == 0 ? "" : ",");
    record += "\"k" + std::to_string(i % 97) + "\":\"v\"";
  }
  record += "}";
  Context context;
  context.Start(record);
  std::size_t at = 0;
  for (int i = 0; i < 20000; ++i) {
    at = record.find("\"v\"", at) + 1;
    const auto begin = static_cast<std::uint32_t>(at);
    ASSERT_EQ(context.FieldPath({begin, begin + 1}),
              "k" + std::to_string(i % 97));
  }
}

}  // namespace
}  // namespace logspill
