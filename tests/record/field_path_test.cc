#include <gtest/gtest.h>

#include <string>
#include <string_view>

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
  EXPECT_EQ(PathOf("for consumer V", "V"), "");
}

TEST(FieldPath, ShowsNoKeyThatDoesNotLookLikeAName) {
  EXPECT_EQ(
      PathOf(R"({"780e2104-7a54-42e3-9ce0-70a24dbf5d84":{"id":"V"}})", "V"),
      "*.id");
  EXPECT_EQ(PathOf(R"({"bob smith":"V"})", "V"), "*");
  EXPECT_EQ(PathOf("GET /users/123456789/V", "V"), "");
}

TEST(FieldPath, OfBrokenJsonIsTheNameBeforeTheValue) {
  EXPECT_EQ(PathOf(R"({"user":"V")", "V"), "user");
  EXPECT_EQ(PathOf(R"({"user":"V",,}})", "V"), "user");
  EXPECT_EQ(PathOf("{\"user\":\"V\"\xff}", "V"), "user");
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
