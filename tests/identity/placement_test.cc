// The identities of a real service's log, joined by value, against what its own
// sentences say.

#include <gtest/gtest.h>
#include <re2/re2.h>
#include <zlib.h>

#include <array>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "patterns/loader.h"
#include "scanner/identity/classifier.h"
#include "scanner/record/context.h"

namespace logspill {
namespace {

constexpr char kUuid[] =
    "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})";

std::string ReadLog() {
  const char* corpus = std::getenv("LOGSPILL_CORPUS");
  const std::string folder =
      corpus != nullptr ? corpus : LOGSPILL_SOURCE_DIR "/../shared/corpus";
  gzFile file = gzopen((folder + "/placement/placement.log.gz").c_str(), "rb");
  std::string text;
  if (file == nullptr) return text;
  std::array<char, 65536> buffer;
  for (int size = 0; (size = gzread(file, buffer.data(), buffer.size())) > 0;) {
    text.append(buffer.data(), static_cast<std::size_t>(size));
  }
  gzclose(file);
  return text;
}

// All values that stand behind `before` somewhere.
std::set<std::string> Behind(const std::string& text,
                             const std::string& before) {
  const RE2 pattern(before + kUuid);
  std::set<std::string> values;
  re2::StringPiece rest(text);
  for (std::string value; RE2::FindAndConsume(&rest, pattern, &value);) {
    values.insert(value);
  }
  return values;
}

class PlacementTest : public testing::Test {
 protected:
  void SetUp() override {
    text_ = ReadLog();
    if (text_.empty()) GTEST_SKIP() << "the corpus is absent";
    std::string_view rest = text_;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      ReadRecord(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }

  std::string ClassOf(const std::string& value) const {
    Rule rule;
    rule.kind = "uuid";
    const auto found = identities_.find(value);
    return found == identities_.end()
               ? ""
               : classifier_.ClassName(rule, found->second.subject);
  }

  std::string text_;

 private:
  void ReadRecord(std::string_view record) {
    static const RE2 pattern(kUuid);
    context_.Start(record);
    re2::StringPiece rest(record.data(), record.size());
    for (re2::StringPiece value; RE2::FindAndConsume(&rest, pattern, &value);) {
      const auto begin =
          static_cast<std::uint32_t>(value.data() - record.data());
      const Span span{begin, begin + 36};
      std::array<std::string_view, Context::kMaxWords> words;
      const std::size_t count = context_.WordsBefore(span, &words);
      const Identity identity = classifier_.FromContext(
          context_.Name(span), std::span(words.data(), count));
      Identity& known = identities_[value.as_string()];
      known = Identity::Join(known, identity, subjects_);
    }
  }

  SubjectTable subjects_ = std::move(*LoadSubjects({}));
  Classifier classifier_{&subjects_};
  Context context_;
  std::map<std::string, Identity> identities_;
};

TEST_F(PlacementTest, WhatStandsBehindTheWordConsumerIsAConsumerEverywhere) {
  const std::set<std::string> consumers = Behind(text_, "consumer (?:UUID )?");
  EXPECT_GT(consumers.size(), 700U);
  for (const std::string& value : consumers) {
    EXPECT_EQ(ClassOf(value), "consumer_uuid");
  }
}

TEST_F(PlacementTest, NoResourceProviderIsAConsumer) {
  const std::set<std::string> providers = Behind(text_, "/resource_providers/");
  EXPECT_EQ(providers.size(), 8U);
  for (const std::string& value : providers) {
    EXPECT_EQ(ClassOf(value), "resource_provider_uuid");
  }
}

TEST_F(PlacementTest, EveryRequestIdIsARequestId) {
  const std::set<std::string> requests = Behind(text_, "req-");
  EXPECT_GT(requests.size(), 2000U);
  for (const std::string& value : requests) {
    EXPECT_EQ(ClassOf(value), "request_id");
  }
}

TEST_F(PlacementTest, AnAllocationsPathAloneProvesNothing) {
  const std::set<std::string> consumers = Behind(text_, "consumer (?:UUID )?");
  for (const std::string& value : Behind(text_, "/allocations/")) {
    if (consumers.contains(value)) continue;
    EXPECT_EQ(ClassOf(value), "uuid");
  }
}

}  // namespace
}  // namespace logspill
