#include "scanner/identity/subjects.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

#include "patterns/loader.h"

namespace logspill {
namespace {

const SubjectTable& BuiltIn() {
  static const SubjectTable table = [] {
    auto loaded = LoadSubjects({});
    EXPECT_TRUE(loaded.ok());
    return std::move(*loaded);
  }();
  return table;
}

std::string NameOf(SubjectId id) { return BuiltIn().at(id).name; }
std::string OfName(std::string_view name) {
  return NameOf(BuiltIn().OfName(name));
}
std::string OfWord(std::string_view word) {
  return NameOf(BuiltIn().OfWord(word));
}

TEST(Subjects, OfAWordAreFoundInAnyCaseAndNumber) {
  EXPECT_EQ(OfWord("consumer"), "consumer");
  EXPECT_EQ(OfWord("CONSUMERS"), "consumer");
  EXPECT_EQ(OfWord("Users"), "user");
  EXPECT_EQ(OfWord("user's"), "user");
  EXPECT_EQ(OfWord("userid"), "user");
  EXPECT_EQ(OfWord("consumeruuid"), "consumer");
  EXPECT_EQ(OfWord("req"), "request");
  EXPECT_EQ(OfWord("people"), "person");
  EXPECT_EQ(OfWord("address"), "");
  EXPECT_EQ(OfWord("valid"), "");
  EXPECT_EQ(OfWord("s"), "");
  EXPECT_EQ(OfWord(""), "");
}

TEST(Subjects, OfACompoundNameAreFoundInEverySpelling) {
  for (const std::string_view name :
       {"consumer_uuid", "consumerUuid", "ConsumerUUID", "consumer-uuid",
        "consumer.uuid", "CONSUMER_ID", "consumers", "consumer uuid",
        "X-Consumer-Id", "self.consumer.uuid", "data['consumer_uuid']"}) {
    EXPECT_EQ(OfName(name), "consumer") << name;
  }
  EXPECT_EQ(OfName("X-Request-Id"), "request");
  EXPECT_EQ(OfName("instance_uuid"), "instance");
  EXPECT_EQ(OfName("resourceProviderUuid"), "resource_provider");
  EXPECT_EQ(OfName("end_user"), "user");
  EXPECT_EQ(OfName("HTTPRequestId"), "request");
  EXPECT_EQ(OfName("user_id2"), "user");
  for (const std::string_view name : {"uuid", "id", "allocations", "v2", ""}) {
    EXPECT_EQ(OfName(name), "") << name;
  }
}

TEST(Subjects, OfAPersonBeatOperationalOnesInOneName) {
  EXPECT_EQ(OfName("consumer_request_id"), "consumer");
  EXPECT_EQ(OfName("request_user_id"), "user");
}

TEST(Subjects, OfThePartBehindTheLastDotWin) {
  EXPECT_EQ(OfName("request.user.id"), "user");
  EXPECT_EQ(OfName("consumer.resource_provider.uuid"), "resource_provider");
}

TEST(Subjects, ThatAreOperationalNeedTheirWordBeforeTheId) {
  EXPECT_EQ(OfName("request_path"), "");
  EXPECT_EQ(OfName("req.url"), "");
  EXPECT_EQ(OfName("instance_type"), "");
  EXPECT_EQ(OfName("request.id"), "request");
  EXPECT_EQ(OfName("client-request-id"), "request");
}

TEST(Subjects, OfVeryLongNamesEnd) {
  const std::string long_name(1 << 20, 'a');
  EXPECT_EQ(OfName(long_name), "");
  EXPECT_EQ(OfName(long_name + "_consumer_uuid"), "consumer");
  EXPECT_EQ(OfWord(long_name), "");
}

TEST(Subjects, BuiltInShareNoWord) {
  std::set<std::string> seen;
  for (std::size_t id = 1; id < BuiltIn().size(); ++id) {
    const Subject& subject = BuiltIn().at(static_cast<SubjectId>(id));
    EXPECT_FALSE(subject.words.empty()) << subject.name;
    for (const std::string& word : subject.words) {
      EXPECT_TRUE(seen.insert(word).second) << word;
    }
  }
}

TEST(Subjects, BuiltInFollowTheSeverityOfTheirSort) {
  for (std::size_t id = 1; id < BuiltIn().size(); ++id) {
    const Subject& subject = BuiltIn().at(static_cast<SubjectId>(id));
    if (subject.operational) {
      EXPECT_LE(subject.severity, Severity::kLow) << subject.name;
    } else {
      EXPECT_EQ(subject.severity, Severity::kMedium) << subject.name;
    }
  }
}

TEST(Subjects, GivenLaterOverrideWords) {
  Subject first;
  first.name = "a";
  first.words = {"thing"};
  Subject second = first;
  second.name = "b";
  const SubjectTable table({first, second});
  EXPECT_EQ(table.at(table.OfWord("things")).name, "b");
  EXPECT_EQ(table.at(kNoSubject).name, "");
}

}  // namespace
}  // namespace logspill
