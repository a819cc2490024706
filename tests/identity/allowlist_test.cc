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

// What happens to one occurrence of this class.
bool Allows(const Allowlist& list, const AllowQuery& query,
            std::string_view class_name = "email") {
  return list.Allows(list.AllowedAt(query), class_name, query);
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
  query.site = "cs_1";
  query.field = "user.email";
  query.path = "logs/app.log";
  query.value = "bob@example.com";
  EXPECT_TRUE(Allows(*list, query));

  AllowQuery other = query;
  other.rule = "id.uuid";
  EXPECT_FALSE(Allows(*list, other));
  other = query;
  other.site = {};
  EXPECT_FALSE(Allows(*list, other));
  other = query;
  other.field = "email";
  EXPECT_FALSE(Allows(*list, other));
  other = query;
  other.path = "logs/app.log.1";
  EXPECT_FALSE(Allows(*list, other));
  other = query;
  other.value = "bob@example.com.evil.org";
  EXPECT_FALSE(Allows(*list, other));
}

TEST(Allowlist, MatchesFingerprintsOnlyWhereThereIsOne) {
  AllowEntry entry = Entry();
  entry.fingerprint = "k3f2:9b1c04d2e7a85516c3f0";
  const auto list = Allowlist::Create({entry}, kToday);
  ASSERT_TRUE(list.ok());
  EXPECT_TRUE(list->needs_fingerprint());
  AllowQuery query;
  EXPECT_FALSE(Allows(*list, query));
  query.fingerprint = "k3f2:9b1c04d2e7a85516c3f0";
  EXPECT_TRUE(Allows(*list, query));
}

TEST(Allowlist, SettlesTheClassOnlyWhenItIsKnown) {
  AllowEntry here = Entry();
  here.path = "b.log";
  here.class_name = "consumer_uuid";
  AllowEntry everywhere = Entry();
  everywhere.class_name = "user_uuid";
  const auto list = Allowlist::Create({here, everywhere}, kToday);
  ASSERT_TRUE(list.ok());
  EXPECT_TRUE(list->needs_occurrence());
  AllowQuery query;
  query.path = "b.log";
  EXPECT_TRUE(Allows(*list, query, "consumer_uuid"));
  EXPECT_TRUE(Allows(*list, query, "user_uuid"));
  EXPECT_FALSE(Allows(*list, query, "uuid"));
  query.path = "a.log";
  EXPECT_FALSE(Allows(*list, query, "consumer_uuid"));
  EXPECT_TRUE(Allows(*list, query, "user_uuid"));
}

TEST(Allowlist, RefusesMoreClassesThanItCanTellApart) {
  std::vector<AllowEntry> entries(64, Entry());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    entries[i].path = "a.log";
    entries[i].class_name = "class_" + std::to_string(i);
  }
  EXPECT_FALSE(Allowlist::Create(entries, kToday).ok());
  entries.pop_back();
  EXPECT_TRUE(Allowlist::Create(entries, kToday).ok());
}

TEST(Allowlist, DropsAnEntryBehindItsEndDateAndNamesIt) {
  AllowEntry entry = Entry();
  entry.rule = "id.uuid";
  AllowQuery query;
  query.rule = "id.uuid";
  entry.until = "2026-11-23";
  const auto last_day = Allowlist::Create({entry}, kToday);
  ASSERT_TRUE(last_day.ok());
  EXPECT_TRUE(Allows(*last_day, query));
  entry.until = "2026-11-22";
  const auto behind = Allowlist::Create({entry}, kToday);
  ASSERT_TRUE(behind.ok());
  EXPECT_FALSE(Allows(*behind, query));
  EXPECT_TRUE(behind->empty());
  EXPECT_EQ(behind->expired(), std::vector<std::string>{"logspill.toml:14"});
}

TEST(Allowlist, ThatIsEmptyAllowsNothing) {
  const Allowlist list;
  EXPECT_TRUE(list.empty());
  EXPECT_FALSE(list.needs_fingerprint());
  EXPECT_FALSE(Allows(list, {}));
}

}  // namespace
}  // namespace logspill
