#include "scanner/identity/allowlist.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace logspill {
namespace {

constexpr std::string_view kToday = "2026-11-23";

AllowEntry Entry() {
  AllowEntry entry;
  entry.reason = "a test account";
  entry.origin = "logspill.toml:14";
  return entry;
}

std::string ErrorOf(const AllowEntry& entry) {
  const auto list = Allowlist::Create({entry}, kToday);
  return list.ok() ? "" : list.error().message;
}

TEST(Allowlist, RefusesAnEntryThatIsNotWhole) {
  AllowEntry entry = Entry();
  EXPECT_NE(ErrorOf(entry).find("logspill.toml:14: "), std::string::npos);
  EXPECT_NE(ErrorOf(entry).find("names no rule"), std::string::npos);
  entry.rule = "id.uuid";
  EXPECT_EQ(ErrorOf(entry), "");
  entry.reason.clear();
  EXPECT_NE(ErrorOf(entry).find("reason"), std::string::npos);
}

TEST(Allowlist, RefusesABadPatternOrDate) {
  AllowEntry entry = Entry();
  entry.pattern = "a(";
  EXPECT_NE(ErrorOf(entry).find("bad pattern"), std::string::npos);
  entry.pattern = "a";
  for (const char* date : {"soon", "2027-13-01", "2027-1-1", "2027-01-32"}) {
    entry.until = date;
    EXPECT_NE(ErrorOf(entry).find("until"), std::string::npos) << date;
  }
}

TEST(Allowlist, AllowsOnlyWhereAllThatIsNamedAgrees) {
  AllowEntry entry = Entry();
  entry.rule = "pii.email";
  entry.site = "cs_1";
  entry.field = "user.email";
  entry.path = "logs/*.log";
  entry.pattern = ".*@example\\.com";
  const auto list = Allowlist::Create({entry}, kToday);
  ASSERT_TRUE(list.ok());
  AllowQuery query;
  query.rule = "pii.email";
  query.class_name = "email";
  query.site = "cs_1";
  query.field = "user.email";
  query.path = "logs/app.log";
  query.value = "bob@example.com";
  ASSERT_NE(list->Match(query), nullptr);
  EXPECT_EQ(list->Match(query)->reason, "a test account");

  AllowQuery other = query;
  other.rule = "id.uuid";
  EXPECT_EQ(list->Match(other), nullptr);
  other = query;
  other.site = {};
  EXPECT_EQ(list->Match(other), nullptr);
  other = query;
  other.field = "email";
  EXPECT_EQ(list->Match(other), nullptr);
  other = query;
  other.path = "logs/app.log.1";
  EXPECT_EQ(list->Match(other), nullptr);
  other = query;
  other.value = "bob@example.com.evil.org";
  EXPECT_EQ(list->Match(other), nullptr);
}

TEST(Allowlist, MatchesFingerprintsOnlyWhereThereIsOne) {
  AllowEntry entry = Entry();
  entry.fingerprint = "k3f2:9b1c04d2e7a85516c3f0";
  const auto list = Allowlist::Create({entry}, kToday);
  ASSERT_TRUE(list.ok());
  EXPECT_TRUE(list->needs_fingerprint());
  AllowQuery query;
  EXPECT_EQ(list->Match(query), nullptr);
  query.fingerprint = "k3f2:9b1c04d2e7a85516c3f0";
  EXPECT_NE(list->Match(query), nullptr);
}

TEST(Allowlist, DropsAnEntryBehindItsEndDateAndNamesIt) {
  AllowEntry entry = Entry();
  entry.rule = "id.uuid";
  AllowQuery query;
  query.rule = "id.uuid";
  entry.until = "2026-11-23";
  const auto last_day = Allowlist::Create({entry}, kToday);
  ASSERT_TRUE(last_day.ok());
  EXPECT_NE(last_day->Match(query), nullptr);
  entry.until = "2026-11-22";
  const auto behind = Allowlist::Create({entry}, kToday);
  ASSERT_TRUE(behind.ok());
  EXPECT_EQ(behind->Match(query), nullptr);
  EXPECT_TRUE(behind->empty());
  EXPECT_EQ(behind->expired(), std::vector<std::string>{"logspill.toml:14"});
}

TEST(Allowlist, ThatIsEmptyAllowsNothing) {
  const Allowlist list;
  EXPECT_TRUE(list.empty());
  EXPECT_FALSE(list.needs_fingerprint());
  EXPECT_EQ(list.Match({}), nullptr);
}

}  // namespace
}  // namespace logspill
