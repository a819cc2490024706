#include "scanner/record/context.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace logspill {
namespace {

constexpr std::string_view kId = "780e2104-7a54-42e3-9ce0-70a24dbf5d84";

// `text` with the example value in place of each '@@'.
std::string Fill(std::string_view text) {
  std::string filled;
  for (;;) {
    const std::size_t mark = text.find("@@");
    filled += text.substr(0, mark);
    if (mark == std::string_view::npos) return filled;
    filled += kId;
    text.remove_prefix(mark + 2);
  }
}

Span SpanOf(std::size_t begin) {
  return {static_cast<std::uint32_t>(begin),
          static_cast<std::uint32_t>(begin + kId.size())};
}

struct Named {
  Relation relation;
  std::string name;
  std::string parent;
};

// What names the last value of `text`.
Named NameIn(std::string_view text) {
  const std::string record = Fill(text);
  Context context;
  context.Start(record);
  const NamedBy named = context.Name(SpanOf(record.rfind(kId)));
  return {named.relation, std::string(named.name), std::string(named.parent)};
}

std::vector<std::string> WordsIn(std::string_view text) {
  const std::string record = Fill(text);
  Context context;
  context.Start(record);
  std::array<std::string_view, Context::kMaxWords> words;
  const std::size_t count =
      context.WordsBefore(SpanOf(record.rfind(kId)), &words);
  return {words.begin(), words.begin() + static_cast<std::ptrdiff_t>(count)};
}

struct Case {
  std::string_view text;
  Relation relation;
  std::string_view name;
  std::string_view parent;
};

void Check(std::initializer_list<Case> cases) {
  for (const Case& expected : cases) {
    const Named named = NameIn(expected.text);
    EXPECT_EQ(named.relation, expected.relation) << expected.text;
    EXPECT_EQ(named.name, expected.name) << expected.text;
    EXPECT_EQ(named.parent, expected.parent) << expected.text;
  }
}

TEST(ContextName, IsTheJsonKeyThatHoldsTheValue) {
  Check({
      {R"({"consumer_uuid":"@@"})", Relation::kJsonKey, "consumer_uuid", ""},
      {R"({"a":1, "user_id" : "@@"})", Relation::kJsonKey, "user_id", ""},
      {R"({"consumer":{"uuid":"@@"}})", Relation::kJsonKey, "uuid", "consumer"},
      {R"({"consumer":{"type":{"a":[1,2]},"uuid":"@@"}})", Relation::kJsonKey,
       "uuid", "consumer"},
      {R"({"users":[{"id":"x"},{"id":"@@"}]})", Relation::kJsonKey, "id",
       "users"},
      {R"({"consumers":["a","b","@@"]})", Relation::kJsonKey, "consumers", ""},
      {R"({"consumers":{"@@":{"x":1}}})", Relation::kJsonKey, "consumers", ""},
  });
}

TEST(ContextName, IsTheSameBehindEscapes) {
  Check({
      {R"({"m":"{\"consumer\":\"@@\"}"})", Relation::kJsonKey, "consumer", ""},
      {R"({"m":"{\"consumer\":{\"uuid\":\"@@\"}}"})", Relation::kJsonKey,
       "uuid", "consumer"},
      {R"({"m":"{\\\"consumer\\\":\\\"@@\\\"}"})", Relation::kJsonKey,
       "consumer", ""},
      {R"(q=%7B%22consumer%22%3A%22@@%22)", Relation::kJsonKey, "consumer", ""},
  });
}

TEST(ContextName, IsTheKeyOfAPair) {
  Check({
      {"level=info consumer_uuid=@@ x=1", Relation::kKeyValue, "consumer_uuid",
       ""},
      {R"(consumer_uuid="@@")", Relation::kKeyValue, "consumer_uuid", ""},
      {"consumer.uuid = @@", Relation::kKeyValue, "consumer.uuid", ""},
      {R"("user_id" => "@@")", Relation::kKeyValue, "user_id", ""},
      {"--user-id=@@", Relation::kKeyValue, "user-id", ""},
      {"<user_id>@@</user_id>", Relation::kKeyValue, "user_id", ""},
      {"Consumer: @@", Relation::kColon, "Consumer", ""},
      {"[instance: @@] Claim successful", Relation::kColon, "instance", ""},
      {"error for User ID: @@", Relation::kColon, "ID", "User"},
      {"X-Request-Id: @@", Relation::kHeader, "X-Request-Id", ""},
      {"request_id=req-@@", Relation::kKeyValue, "request_id", ""},
  });
}

TEST(ContextName, IsTheFieldOfARepr) {
  Check({
      {"Consumer(uuid='@@')", Relation::kRepr, "uuid", "Consumer"},
      {"Consumer(id=5, uuid=UUID('@@'))", Relation::kRepr, "uuid", "Consumer"},
      {"Consumer{name='x', id=@@}", Relation::kRepr, "id", "Consumer"},
      {"{'consumer': '@@'}", Relation::kRepr, "consumer", ""},
      {"{'consumer': UUID('@@')}", Relation::kRepr, "consumer", ""},
      {"{'consumer': {'uuid': u'@@'}}", Relation::kRepr, "uuid", "consumer"},
      {"Consumer(@@)", Relation::kRepr, "Consumer", ""},
  });
}

TEST(ContextName, IsTheColumnOfAStatement) {
  Check({
      {"INSERT INTO consumers (id, uuid) VALUES (5, '@@')",
       Relation::kSqlColumn, "uuid", "consumers"},
      {"insert into `consumers` (`uuid`, `id`) values ('@@', 5)",
       Relation::kSqlColumn, "uuid", "consumers"},
      {"INSERT INTO users (id, uuid) VALUES (1, 'x'), (2, 'y'), (3, '@@')",
       Relation::kSqlColumn, "uuid", "users"},
      {"SELECT * FROM consumers c WHERE c.uuid = '@@'", Relation::kSqlColumn,
       "uuid", "consumers"},
      {"SELECT 1 FROM consumers AS c JOIN users AS u WHERE u.uuid = '@@'",
       Relation::kSqlColumn, "uuid", "users"},
      {"UPDATE users SET uuid = '@@'", Relation::kSqlColumn, "uuid", "users"},
      {"DELETE FROM users WHERE uuid IN ('a', '@@')", Relation::kSqlColumn,
       "uuid", "users"},
      {"[SQL: INSERT INTO consumers (created_at, uuid) VALUES (?, ?)]\\n"
       "[parameters: ('2026-11-22', '@@')]",
       Relation::kSqlColumn, "uuid", "consumers"},
      {"[SQL: SELECT id FROM consumers WHERE uuid = %(uuid_1)s] "
       "[parameters: {'uuid_1': '@@'}]",
       Relation::kRepr, "uuid_1", "consumers"},
  });
}

TEST(ContextName, OfARowFarBehindItsColumnListIsStillTheColumn) {
  std::string record = "INSERT INTO consumers (id, uuid) VALUES ";
  std::vector<std::size_t> values;
  for (int row = 0; row < 200; ++row) {
    record += row == 0 ? "(1, '" : ", (1, '";
    values.push_back(record.size());
    record += kId;
    record += "')";
  }
  Context context;
  context.Start(record);
  for (const std::size_t value : values) {
    const NamedBy named = context.Name(SpanOf(value));
    ASSERT_EQ(named.name, "uuid") << "at " << value;
    ASSERT_EQ(named.parent, "consumers") << "at " << value;
  }
}

TEST(ContextName, IsTheSegmentOrParameterOfAUrl) {
  Check({
      {"\"GET /allocations/@@\" status: 200", Relation::kUrlPath, "allocations",
       ""},
      {"GET /v1/users/@@/orders HTTP/1.1", Relation::kUrlPath, "users", "v1"},
      {"GET /usages?project_id=@@", Relation::kUrlQuery, "project_id", ""},
      {"GET /x?a=1&user_id=@@&b=2", Relation::kUrlQuery, "user_id", ""},
      {"next=%2Fusers%2F@@", Relation::kUrlPath, "users", ""},
  });
}

TEST(ContextName, IsNoneInASentence) {
  Check({
      {"for consumer @@ was different", Relation::kNone, "", ""},
      {"@@", Relation::kNone, "", ""},
      {"on resource provider '@@'", Relation::kNone, "", ""},
      {"http://@@", Relation::kNone, "", ""},
      {"12:34:@@", Relation::kNone, "", ""},
  });
}

TEST(ContextWords, AreTheNearestFirstToTheEndOfTheField) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(WordsIn("ID for consumer @@ was"),
            (Words{"consumer", "for", "ID"}));
  EXPECT_EQ(WordsIn("with consumer UUID @@"),
            (Words{"UUID", "consumer", "with"}));
  EXPECT_EQ(WordsIn("on resource provider '@@'."),
            (Words{"provider", "resource", "on"}));
  EXPECT_EQ(WordsIn("consumer [@@]"), (Words{"consumer"}));
  EXPECT_EQ(WordsIn("[None req-@@ admin"), (Words{"req", "None"}));
  EXPECT_EQ(WordsIn("user deleted. Next @@"), (Words{"Next"}));
  EXPECT_EQ(WordsIn("user bob, then @@"), (Words{"then"}));
  EXPECT_EQ(WordsIn("consumer @@ @@"), (Words{}));
  EXPECT_EQ(WordsIn("\"GET /allocations/@@\""), (Words{}));
  EXPECT_EQ(WordsIn("a b c d e f g h @@").size(), Context::kMaxWords);
}

TEST(Context, NeverReadsFurtherBackThanItsReach) {
  const std::string far(Context::kReach + 1, ' ');
  EXPECT_EQ(NameIn("consumer=" + far + "@@").relation, Relation::kNone);
  EXPECT_TRUE(WordsIn("consumer" + far + "@@").empty());
  const std::string list(Context::kReach, ',');
  EXPECT_EQ(NameIn("users=[" + list + "@@]").relation, Relation::kNone);
}

TEST(Context, EveryNameLiesInTheRecordBeforeTheValue) {
  std::mt19937 random(7);
  constexpr std::string_view kBytes = "a=b:\"'\\{}[](),/ %22%3D.-_VALUES IN>";
  Context context;
  for (int round = 0; round < 20000; ++round) {
    std::string record;
    const std::size_t size = random() % 80;
    for (std::size_t i = 0; i < size; ++i) {
      record += kBytes[random() % kBytes.size()];
    }
    const std::size_t begin = record.size();
    record += kId;
    context.Start(record);
    const NamedBy named = context.Name(SpanOf(begin));
    for (const std::string_view name : {named.name, named.parent}) {
      if (name.empty()) continue;
      EXPECT_GE(name.data(), record.data()) << record;
      EXPECT_LE(name.data() + name.size(), record.data() + begin) << record;
    }
    std::array<std::string_view, Context::kMaxWords> words;
    const std::size_t count = context.WordsBefore(SpanOf(begin), &words);
    for (std::size_t i = 0; i < count; ++i) {
      EXPECT_FALSE(words[i].empty()) << record;
    }
    (void)context.FieldPath(SpanOf(begin));
  }
}

}  // namespace
}  // namespace logspill
