// Which route a path in a record belongs to, and which of its parameters a
// value is.

#include "scanner/identity/route_table.h"

#include <gtest/gtest.h>

#include <random>
#include <tuple>

#include "patterns/loader.h"

namespace logspill {
namespace {

const SubjectTable& Subjects() {
  static const SubjectTable table = [] {
    auto loaded = LoadSubjects({});
    EXPECT_TRUE(loaded.ok());
    return loaded ? std::move(*loaded) : SubjectTable();
  }();
  return table;
}

Route RouteOf(std::string path) {
  return {"python", "wsgi", "src/shop", "web.py", 7, std::move(path)};
}

RouteTable TableOf(const std::vector<std::string>& paths) {
  std::vector<Route> routes;
  for (const std::string& path : paths) routes.push_back(RouteOf(path));
  return RouteTable(std::move(routes), Subjects());
}

// "path parameter subject" of the value between the marks @ and @.
std::string HitIn(const RouteTable& table, std::string record) {
  const std::size_t begin = record.find('@');
  record.erase(begin, 1);
  const std::size_t end = record.find('@');
  record.erase(end, 1);
  const auto hit = table.Find(record, {static_cast<std::uint32_t>(begin),
                                       static_cast<std::uint32_t>(end)});
  if (!hit) return "";
  const std::string subject =
      hit->subject == kNoSubject ? "-" : Subjects().at(hit->subject).name;
  return table.routes()[hit->route].path + " " + std::string(hit->parameter) +
         " " + subject;
}

const RouteTable& Shop() {
  static const RouteTable table =
      TableOf({"/allocations/{consumer_uuid}", "/users/{id}",
               "/users/{id}/orders/{order}", "/users/me/orders/{order}",
               "/files/{path...}", "/{user_id}", "/", "/reports/{id}.json",
               "/resource_providers/{uuid}/inventories"});
  return table;
}

TEST(RouteTable, NamesTheParameterWhereverThePathStands) {
  const std::string consumer =
      "/allocations/{consumer_uuid} consumer_uuid consumer";
  for (const char* record : {
           "/allocations/@v1@",
           "\"GET /allocations/@v1@ HTTP/1.1\" 200",
           "PUT /allocations/@v1@?microversion=1.39 ok",
           "http://127.0.0.1:8778/placement/allocations/@v1@",
           "https://[::1]:8778/allocations/@v1@/",
           "to /placement/allocations/@v1@.",
           "to /api/v1/allocations/@v1@: late",
           R"({"url":"\/placement\/allocations\/@v1@"})",
           "next=%2Fallocations%2F@v1@&page=2",
           "back=http%3A%2F%2Fa%2Fallocations%2f@v1@",
           "uri=/allocations/@v1@,",
           "/login?next=/allocations/@v1@&page=2",
           "(/allocations/@v1@)",
           "'/allocations//@v1@#part'",
       }) {
    EXPECT_EQ(HitIn(Shop(), record), consumer) << record;
  }
}

TEST(RouteTable, SaysNothingOfWhatIsNoParameterOfAPath) {
  for (const char* record : {
           "allocation @v1@",
           "/allocations?consumer=@v1@",
           "/allocations/@v1@/more",
           "/other/@v1@/",
           "/@users@/7",
           "see http://@host@/users",
           "@/users/7@",
           "/users/x@v1@",
           "/allocations/v1 @v2@",
       }) {
    EXPECT_EQ(HitIn(Shop(), record), "") << record;
  }
}

TEST(RouteTable, TheLongestRouteWinsThenTheOneWithMoreText) {
  EXPECT_EQ(HitIn(Shop(), "/users/me/orders/@9@"),
            "/users/me/orders/{order} order order");
  EXPECT_EQ(HitIn(Shop(), "/users/@5@/orders/9"),
            "/users/{id}/orders/{order} id user");
  EXPECT_EQ(HitIn(Shop(), "/files/a/b/@c@/d"), "/files/{path...} path -");
  EXPECT_EQ(HitIn(Shop(), "/reports/@5@.json"), "/reports/{id}.json id -");
  EXPECT_EQ(HitIn(Shop(), "/@5@"), "/{user_id} user_id user");
  EXPECT_EQ(HitIn(Shop(), "/mounted/@5@"), "")
      << "a route that begins with a parameter would fit every path";
}

TEST(RouteTable, AParameterThatSaysNothingIsNamedByTheSegmentBefore) {
  EXPECT_EQ(HitIn(Shop(), "/users/@5@"), "/users/{id} id user");
  EXPECT_EQ(HitIn(Shop(), "/resource_providers/@5@/inventories"),
            "/resource_providers/{uuid}/inventories uuid resource_provider");
}

TEST(RouteTable, GivesTheRouteAndItsPlaceAsTheReason) {
  EXPECT_EQ(Shop().Reason(0),
            "route /allocations/{consumer_uuid} (shop/web.py:7)");
}

TEST(RouteTable, KnowsWhatPathsCarryOfPersons) {
  EXPECT_EQ(Shop().PersonalClasses(Subjects()),
            (std::vector<std::string>{"consumer_uuid", "user_id"}));
}

TEST(RouteTable, ALongPathEndsQuietly) {
  std::string record = "/allocations/";
  for (int i = 0; i < 5'000; ++i) record += "a/";
  EXPECT_EQ(HitIn(Shop(), record + "@v@"), "");
  EXPECT_EQ(HitIn(Shop(), "/allocations/@" + std::string(5'000, 'v') + "@"),
            "/allocations/{consumer_uuid} consumer_uuid consumer");
  EXPECT_EQ(HitIn(TableOf({}), "/allocations/@v@"), "");
}

// -- the same, slowly ---------------------------------------------------------

enum Kind { kLiteral, kMixed, kParameter, kRest };

Kind KindOf(std::string_view segment) {
  if (segment.find('{') == std::string_view::npos) return kLiteral;
  if (segment.ends_with("...}")) return kRest;
  return segment.front() == '{' && segment.back() == '}' ? kParameter : kMixed;
}

bool Fits(std::string_view segment, std::string_view text) {
  const std::string_view before = segment.substr(0, segment.find('{'));
  const std::string_view after = segment.substr(segment.rfind('}') + 1);
  switch (KindOf(segment)) {
    case kLiteral:
      return segment == text;
    case kMixed:
      return text.size() > before.size() + after.size() &&
             text.starts_with(before) && text.ends_with(after);
    default:
      return true;
  }
}

// Tries every route at every mount; nothing is shared with the table.
std::optional<RouteMatch> NaiveMatch(
    const std::vector<std::string>& routes,
    const std::vector<std::string_view>& path) {
  using Rank = std::tuple<std::size_t, std::vector<Kind>, std::size_t>;
  std::optional<Rank> best;
  for (std::size_t r = 0; r < routes.size(); ++r) {
    const auto segments = SegmentsOf(routes[r]);
    for (std::size_t mount = 0; mount < std::max<std::size_t>(path.size(), 1);
         ++mount) {
      if (mount > 0 && (segments.empty() || KindOf(segments[0]) != kLiteral)) {
        continue;
      }
      const std::size_t left = path.size() - mount;
      const bool rest = !segments.empty() && KindOf(segments.back()) == kRest;
      if (rest ? left < segments.size() : left != segments.size()) continue;
      std::vector<Kind> kinds;
      bool fits = true;
      for (std::size_t i = 0; i < segments.size(); ++i) {
        fits = fits && Fits(segments[i], path[mount + i]);
        kinds.push_back(KindOf(segments[i]));
      }
      const Rank rank{mount, kinds, r};
      if (fits && (!best || rank < *best)) best = rank;
    }
  }
  if (!best) return std::nullopt;
  return RouteMatch{static_cast<std::uint32_t>(std::get<2>(*best)),
                    static_cast<std::uint32_t>(std::get<0>(*best))};
}

std::string RandomPath(std::mt19937* random, bool route) {
  const char* const texts[] = {"a", "b", "c", "a.j", "{x}", "{y}", "{z}.j"};
  const auto pick = [&](std::size_t most) {
    return std::uniform_int_distribution<std::size_t>(0, most)(*random);
  };
  std::string path;
  for (std::size_t i = pick(4); i > 0; --i) {
    path += std::string("/") + texts[pick(route ? 6 : 3)];
  }
  if (route && pick(9) == 0) path += "/{r...}";
  return path.empty() ? "/" : path;
}

TEST(RouteTable, AnswersAsTryingEveryRouteDoes) {
  std::mt19937 random(20);
  int matched = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> routes;
    for (int i = 0; i < 1 + round % 40; ++i) {
      routes.push_back(RandomPath(&random, true));
    }
    const RouteTable table = TableOf(routes);
    for (int i = 0; i < 50; ++i) {
      const std::string path = RandomPath(&random, false);
      const auto segments = SegmentsOf(path);
      const auto naive = NaiveMatch(routes, segments);
      const auto found = table.Match(segments);
      ASSERT_EQ(found.has_value(), naive.has_value()) << path;
      if (!naive) continue;
      ++matched;
      ASSERT_EQ(routes[found->route], routes[naive->route]) << path;
      ASSERT_EQ(found->route, naive->route) << path;
      ASSERT_EQ(found->mount, naive->mount) << path;
    }
  }
  EXPECT_GT(matched, 1'000);
}

}  // namespace
}  // namespace logspill
