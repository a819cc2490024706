#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "patterns/examples.h"
#include "patterns/loader.h"

namespace logspill {
namespace {

const std::vector<Rule>& Credentials() {
  static std::vector<Rule> rules;
  if (!rules.empty()) return rules;
  for (const DataFile& file : BuiltInData("packs/")) {
    const bool theirs = file.name.starts_with("packs/tokens-") ||
                        file.name == "packs/credentials.toml";
    if (!theirs) continue;
    Result<std::vector<Rule>> pack = ParsePack(file.name, file.text);
    EXPECT_TRUE(pack.ok()) << pack.error().message;
    if (!pack.ok()) continue;
    rules.insert(rules.end(), pack->begin(), pack->end());
  }
  return rules;
}

std::set<std::string> FoundBy(const std::vector<Rule>& rules,
                              const std::string& text) {
  std::set<std::string> found;
  for (const Rule& rule : rules) {
    if (rule.is_region()) continue;
    if (!PlainRule(&rule).Find(text).empty()) found.insert(rule.id);
  }
  return found;
}

TEST(Tokens, AreOfAtLeastAHundredAndFiftyProviders) {
  std::set<std::string> kinds;
  for (const Rule& rule : Credentials()) {
    if (rule.kind.starts_with("token.")) kinds.insert(rule.kind);
  }
  EXPECT_GE(kinds.size(), 150U);
}

TEST(Tokens, OfAProvidersNameAskForThatName) {
  const auto& rules = Credentials();
  const std::string digits = "5f3a9c1e7b2d8046af91c3e5d7b20846";
  EXPECT_EQ(FoundBy(rules, "commit " + digits + " merged").size(), 0U);
  EXPECT_EQ(
      FoundBy(rules, "algolia key: " + digits).count("cred.algolia-keyed"), 1U);
}

TEST(Tokens, AreNoneInOrdinaryRecords) {
  const auto& rules = Credentials();
  for (const char* record :
       {"2024-05-01 12:00:00,123 INFO store.flush - took_ms=12 key=user:42",
        "cache key partition-2024-01-01-orders expired",
        "token bucket refilled, access granted to group admins",
        "primary_key=order_line_items_2024 table=orders",
        "GET /api/v1/keys/780e2104-7a54-42e3-9ce0-70a24dbf5d84 200",
        "password for user root is incorrect", "bypass: enabled",
        "commit 9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b by joe",
        "key org.apache.catalina.core.StandardEngine2 registered"}) {
    EXPECT_EQ(FoundBy(rules, record), std::set<std::string>{}) << record;
  }
}

}  // namespace
}  // namespace logspill
