// JSON stays JSON: keys, order, spacing, nesting; also inside strings.

#include <gtest/gtest.h>

#include <random>

#include "scanner/record/json_check.h"
#include "tests/redact/redact_fixture.h"

namespace logspill {
namespace {

std::string InString(std::string_view text, std::mt19937* random) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '@' && (*random)() % 3 == 0) {
      out += "\\u0040";
    } else if (c == '/' && (*random)() % 2 == 0) {
      out += "\\/";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

// A random document whose strings and numbers hold values; JSON in strings of
// JSON, `depth` deep.
class JsonWriter {
 public:
  explicit JsonWriter(unsigned seed) : random_(seed) {}

  std::string Object(int depth) {
    std::string out = "{";
    const std::size_t members = 1 + random_() % 4;
    for (std::size_t i = 0; i < members; ++i) {
      if (i > 0) out += random_() % 2 == 0 ? "," : " , ";
      out += "\"" + std::string(kKeys[random_() % std::size(kKeys)]) + "\"";
      out += random_() % 2 == 0 ? ":" : " : ";
      out += Value(depth);
    }
    return out + "}";
  }

 private:
  std::string Value(int depth) {
    switch (random_() % (depth > 0 ? 7 : 4)) {
      case 0:
        return std::string(kNumbers[random_() % std::size(kNumbers)]);
      case 1:
        return "null";
      case 2:
      case 3:
        return InString(kTexts[random_() % std::size(kTexts)], &random_);
      case 4:
        return Object(depth - 1);
      case 5:
        return InString(Object(depth - 1), &random_);
      default:
        return "[" + Value(depth - 1) + ", " + Value(depth - 1) + "]";
    }
  }

  static constexpr std::string_view kKeys[] = {
      "user", "msg", "card", "password", "email", "n", "card_number"};
  static constexpr std::string_view kNumbers[] = {
      "4111111111111111", "5500005555555559", "17", "-1.5e3", "0",
      "371449635398431"};
  static constexpr std::string_view kTexts[] = {
      "mail to anna@corp-mail.net\\nsent",
      "line\nanna@corp-mail.net\ttab",
      "C:\\users\\ben@corp-mail.net",
      "password=x9Kd82hQ!z, token",
      "he said \"anna@corp-mail.net\"",
      "ids [4111111111111111, 5]",
      "https://ben:s3cr3tpw9@host.corp-mail.net/path",
      "550e8400-e29b-41d4-a716-446655440001",
      "caf\xc3\xa9 anna@corp-mail.net",
      "card 4111 1111 1111 1111"};
  std::mt19937 random_;
};

// Control bytes as JSON wants them.
std::string Escaped(const std::string& json) {
  std::string out;
  for (const char c : json) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += c;
    }
  }
  return out;
}

// The text of every string value, decoded once.
std::vector<std::string> InnerDocuments(const std::string& json) {
  std::vector<std::string> found;
  for (std::size_t at = json.find('"'); at != json.npos;) {
    std::string text;
    std::size_t end = at + 1;
    for (; json[end] != '"'; ++end) {
      if (json[end] == '\\' && json[end + 1] != 'u') ++end;
      text += json[end];
    }
    if (text.starts_with("{")) found.push_back(text);
    at = json.find('"', end + 1);
  }
  return found;
}

TEST(RedactedJson, RandomDocumentsStayValidAtEveryDepth) {
  RedactEngineForTests& engine = BuiltIn();
  JsonCheck check;
  std::size_t changed = 0;
  std::size_t inner = 0;
  for (unsigned seed = 1; seed <= 1500; ++seed) {
    const std::string json = Escaped(JsonWriter(seed).Object(3));
    if (!check.IsValid(json)) continue;
    const std::string out = engine.Redact(json + "\n");
    ASSERT_TRUE(check.IsValid(std::string_view(out).substr(0, out.size() - 1)))
        << json << "\n"
        << out;
    ASSERT_EQ(engine.totals.withheld, 0U) << json;
    changed += engine.totals.changed;
    const auto was = InnerDocuments(json);
    const auto is = InnerDocuments(out);
    for (std::size_t i = 0; i < was.size() && was.size() == is.size(); ++i) {
      if (!check.IsValid(was[i])) continue;
      ++inner;
      EXPECT_TRUE(check.IsValid(is[i])) << json << "\n" << out;
    }
  }
  EXPECT_GT(changed, 800U);
  EXPECT_GT(inner, 100U);
}

TEST(RedactedJson, ANumbersMarkIsQuotedAsItsKey) {
  RedactEngineForTests& engine = BuiltIn();
  EXPECT_EQ(engine.Redact("{\"card\" : 4111111111111111,\"n\":[1, "
                          "4111111111111111]}\n"),
            "{\"card\" : \"[card]\",\"n\":[1, \"[card]\"]}\n");
  EXPECT_EQ(engine.Redact(R"({"p":"{\"card\":4111111111111111}"})"
                          "\n"),
            R"({"p":"{\"card\":\"[card]\"}"})"
            "\n");
  EXPECT_EQ(engine.Redact("card: 4111111111111111, next\n"),
            "card: [card], next\n");
  engine.Use("drop");
  EXPECT_EQ(engine.Redact("{\"card\":4111111111111111}\n"),
            "{\"card\":null}\n");
}

TEST(RedactedJson, EscapesAroundAValueStayWhole) {
  EXPECT_EQ(BuiltIn().Redact(R"({"m":"a\nanna@corp-mail.net\tb\u00e9"})"
                             "\n"),
            R"({"m":"a\n[email]\tb\u00e9"})"
            "\n");
}

TEST(RedactedText, PercentEncodingIsKept) {
  EXPECT_EQ(BuiltIn().Redact("GET /x?m=anna%40corp-mail.net&n=1\n"),
            "GET /x?m=%5Bemail%5D&n=1\n");
}

TEST(RedactedText, CsvAndLogfmtQuotesStay) {
  EXPECT_EQ(BuiltIn().Redact("1,\"anna@corp-mail.net\",\"say \"\"hi\"\"\"\n"
                             "to=anna@corp-mail.net msg=\"by "
                             "ben@corp-mail.net\" n=1\n"),
            "1,\"[email]\",\"say \"\"hi\"\"\"\n"
            "to=[email] msg=\"by [email]\" n=1\n");
}

}  // namespace
}  // namespace logspill
