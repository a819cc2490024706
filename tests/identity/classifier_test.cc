#include "scanner/identity/classifier.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "patterns/loader.h"
#include "scanner/record/context.h"

namespace logspill {
namespace {

constexpr std::string_view kId = "780e2104-7a54-42e3-9ce0-70a24dbf5d84";

const SubjectTable& BuiltIn() {
  static const SubjectTable table = std::move(*LoadSubjects({}));
  return table;
}

class ClassifierTest : public testing::Test {
 protected:
  static Rule RuleOf(std::string_view kind, Severity severity) {
    Rule rule;
    rule.kind = kind;
    rule.severity = severity;
    return rule;
  }

  // Of the last example value in `record`, which stands as '@@'.
  Identity IdentityIn(std::string record) const {
    const std::size_t begin = record.find("@@");
    record.replace(begin, 2, kId);
    Context context;
    context.Start(record);
    const Span value{static_cast<std::uint32_t>(begin),
                     static_cast<std::uint32_t>(begin + kId.size())};
    std::array<std::string_view, Context::kMaxWords> words;
    const std::size_t count = context.WordsBefore(value, &words);
    return classifier_.FromContext(context.Name(value),
                                   std::span(words.data(), count));
  }
  std::string ClassIn(const std::string& record) const {
    return classifier_.ClassName(uuid_, IdentityIn(record).subject);
  }
  SubjectId Subject(std::string_view name) const {
    return BuiltIn().OfWord(name);
  }

  Classifier classifier_{&BuiltIn()};
  Rule uuid_ = RuleOf("uuid", Severity::kLow);
};

TEST_F(ClassifierTest, NamesThePersonBesideTheValue) {
  EXPECT_EQ(ClassIn("ID for consumer @@ was different"), "consumer_uuid");
  EXPECT_EQ(ClassIn("with consumer UUID @@ after"), "consumer_uuid");
  EXPECT_EQ(ClassIn("consumer not found: @@"), "consumer_uuid");
  EXPECT_EQ(ClassIn(R"({"consumer":{"uuid":"@@"}})"), "consumer_uuid");
  EXPECT_EQ(ClassIn(R"({"user_id":"@@"})"), "user_uuid");
  EXPECT_EQ(ClassIn("INSERT INTO consumers (uuid) VALUES ('@@')"),
            "consumer_uuid");
  EXPECT_EQ(ClassIn("GET /users/@@/orders"), "user_uuid");
  EXPECT_EQ(ClassIn("sessionId=@@"), "session_id");
}

TEST_F(ClassifierTest, NamesTheOperationBesideTheValue) {
  EXPECT_EQ(ClassIn("[None req-@@ admin admin - - - -] text"), "request_id");
  EXPECT_EQ(ClassIn("on resource provider @@. Needed"),
            "resource_provider_uuid");
  EXPECT_EQ(ClassIn("Allocation for resource provider '@@' that"),
            "resource_provider_uuid");
  EXPECT_EQ(ClassIn("[instance: @@] Claim successful"), "instance_uuid");
  EXPECT_EQ(ClassIn("GET /resource_providers/@@/inventories"),
            "resource_provider_uuid");
  EXPECT_EQ(ClassIn("X-Request-Id: @@"), "request_id");
}

TEST_F(ClassifierTest, SaysNothingWhereNothingIsSaid) {
  EXPECT_EQ(ClassIn("\"GET /allocations/@@\""), "uuid");
  EXPECT_EQ(ClassIn("@@"), "uuid");
  EXPECT_EQ(ClassIn("value @@"), "uuid");
  EXPECT_EQ(ClassIn("user moved to @@"), "uuid");
  EXPECT_EQ(ClassIn("request took long for @@"), "uuid");
  EXPECT_EQ(ClassIn("user left. Next: @@"), "uuid");
  EXPECT_EQ(ClassIn("request_path=@@"), "uuid");
}

TEST_F(ClassifierTest, TakesTheNearestNameNotTheStrongestWord) {
  EXPECT_EQ(ClassIn("user logged in request_id=@@"), "request_id");
  EXPECT_EQ(ClassIn("consumer of instance @@"), "instance_uuid");
  EXPECT_EQ(ClassIn(R"({"user":{"request_id":"@@"}})"), "request_id");
}

TEST_F(ClassifierTest, ReadsArgumentsOfCallSites) {
  const auto subject = [this](std::string_view argument) {
    return BuiltIn().at(classifier_.FromArgument(argument).subject).name;
  };
  EXPECT_EQ(subject("consumer.uuid"), "consumer");
  EXPECT_EQ(subject("str(consumer_uuid)"), "consumer");
  EXPECT_EQ(subject("self.user['id']"), "user");
  EXPECT_EQ(subject("get_consumer(req)"), "consumer");
  EXPECT_EQ(subject("rp.uuid"), "resource_provider");
  EXPECT_EQ(subject("req.environ['REQUEST_URI']"), "");
  EXPECT_EQ(subject("uuid"), "");
  EXPECT_EQ(subject(""), "");
  EXPECT_EQ(classifier_.FromArgument("consumer.uuid").strength, Strength::kKey);
}

TEST_F(ClassifierTest, GivesTheClassByKindAndSubject) {
  const auto name = [this](std::string_view kind, std::string_view subject) {
    return classifier_.ClassName(RuleOf(kind, Severity::kLow),
                                 Subject(subject));
  };
  EXPECT_EQ(name("uuid", "consumer"), "consumer_uuid");
  EXPECT_EQ(name("hex32", "user"), "user_uuid");
  EXPECT_EQ(name("other-id", "user"), "user_id");
  EXPECT_EQ(name("ulid", "account"), "account_id");
  EXPECT_EQ(name("uuid", "request"), "request_id");
  EXPECT_EQ(name("uuid", "instance"), "instance_uuid");
  EXPECT_EQ(name("uuid", "session"), "session_id");
  EXPECT_EQ(name("uuid", ""), "uuid");
  EXPECT_EQ(name("hex32", ""), "hex32");
  EXPECT_EQ(name("email", ""), "email");
  EXPECT_EQ(name("email", "customer"), "customer_email");
  EXPECT_EQ(name("email", "request"), "email");
  EXPECT_EQ(name("ipv4", "user"), "ip");
  EXPECT_EQ(name("ipv6", ""), "ip");
  for (const std::string_view kind :
       {"token.github", "jwt", "pem", "generic-kv", "url-cred", "card",
        "mac"}) {
    EXPECT_EQ(name(kind, "user"), kind);
  }
  Rule fixed = RuleOf("request-id", Severity::kInfo);
  fixed.class_name = "request_id";
  EXPECT_EQ(classifier_.ClassName(fixed, Subject("user")), "request_id");
}

TEST_F(ClassifierTest, GivesTheSeverityOfTheSubjectToIdsAlone) {
  EXPECT_EQ(classifier_.SeverityOf(uuid_, Subject("consumer")),
            Severity::kMedium);
  EXPECT_EQ(classifier_.SeverityOf(uuid_, Subject("request")), Severity::kInfo);
  EXPECT_EQ(classifier_.SeverityOf(uuid_, kNoSubject), Severity::kLow);
  const Rule email = RuleOf("email", Severity::kHigh);
  EXPECT_EQ(classifier_.SeverityOf(email, Subject("request")), Severity::kHigh);
  EXPECT_EQ(classifier_.SeverityOf(email, Subject("user")), Severity::kHigh);
  const Rule address = RuleOf("ipv4", Severity::kLow);
  EXPECT_EQ(classifier_.SeverityOf(address, Subject("user")), Severity::kLow);
  const Rule token = RuleOf("token.github", Severity::kCritical);
  EXPECT_EQ(classifier_.SeverityOf(token, Subject("trace")),
            Severity::kCritical);
}

TEST_F(ClassifierTest, IsSurerTheStrongerTheEvidence) {
  double last = 0;
  for (const Strength strength :
       {Strength::kNone, Strength::kWords, Strength::kSegment, Strength::kRoute,
        Strength::kKey, Strength::kInventory}) {
    Identity identity;
    identity.strength = strength;
    const double confidence = classifier_.ConfidenceOf(uuid_, identity);
    EXPECT_GT(confidence, last);
    EXPECT_LE(confidence, 1.0);
    last = confidence;
  }
}

TEST_F(ClassifierTest, GivesAReasonWithoutTheValue) {
  EXPECT_EQ(classifier_.Reason(IdentityIn("for consumer @@")),
            "word 'consumer' before the value");
  EXPECT_EQ(classifier_.Reason(IdentityIn(R"({"consumer":"@@"})")),
            "key 'consumer' holds the value");
  EXPECT_EQ(classifier_.Reason(IdentityIn("@@")),
            "nothing near says whose it is");
}

std::vector<Identity> AllIdentities() {
  std::vector<Identity> all;
  const auto subjects = static_cast<SubjectId>(BuiltIn().size());
  for (SubjectId subject = 0; subject < subjects; subject += 3) {
    for (std::uint8_t strength = 0; strength <= 5; ++strength) {
      for (std::uint8_t source = 0; source <= 7; source += 2) {
        for (std::uint8_t relation = 0; relation <= 8; relation += 4) {
          all.push_back({subject, static_cast<Strength>(strength),
                         static_cast<EvidenceSource>(source),
                         static_cast<Relation>(relation), subject % 2u});
        }
      }
    }
  }
  return all;
}

bool Same(const Identity& a, const Identity& b) {
  return a.subject == b.subject && a.strength == b.strength &&
         a.source == b.source && a.relation == b.relation;
}

TEST(IdentityJoin, IsCommutativeAssociativeAndIdempotent) {
  const std::vector<Identity> all = AllIdentities();
  std::mt19937 random(11);
  const auto pick = [&] { return all[random() % all.size()]; };
  for (int round = 0; round < 100000; ++round) {
    const Identity a = pick();
    const Identity b = pick();
    const Identity c = pick();
    const auto join = [](const Identity& x, const Identity& y) {
      return Identity::Join(x, y, BuiltIn());
    };
    ASSERT_TRUE(Same(join(a, a), a));
    ASSERT_TRUE(Same(join(a, b), join(b, a)));
    ASSERT_TRUE(Same(join(join(a, b), c), join(a, join(b, c))));
  }
}

TEST(IdentityJoin, APersonBeatsAnOperationAndTheStrongerTheWeaker) {
  const SubjectId user = BuiltIn().OfWord("user");
  const SubjectId request = BuiltIn().OfWord("request");
  const Identity weak{user, Strength::kWords, EvidenceSource::kWord, {}};
  const Identity strong{user, Strength::kKey, EvidenceSource::kName, {}};
  const Identity operation{request, Strength::kKey, EvidenceSource::kName, {}};
  const Identity nothing;
  EXPECT_TRUE(Same(Identity::Join(operation, weak, BuiltIn()), weak));
  EXPECT_TRUE(Same(Identity::Join(weak, strong, BuiltIn()), strong));
  EXPECT_TRUE(Same(Identity::Join(nothing, operation, BuiltIn()), operation));
}

}  // namespace
}  // namespace logspill
