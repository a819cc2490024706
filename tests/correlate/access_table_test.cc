// Records of access logs find the format that printed them, and others none.

#include "scanner/correlate/access_table.h"

#include <gtest/gtest.h>

#include "patterns/loader.h"
#include "scanner/correlate/attributor.h"

namespace logspill {
namespace {

std::vector<CallSite> BuiltIn() {
  auto formats = LoadAccessFormats();
  EXPECT_TRUE(formats.ok());
  return formats ? std::move(formats->built_in) : std::vector<CallSite>();
}

// "name request-part" of one format; the names of several; or empty.
std::string Found(const std::vector<CallSite>& sites, std::string_view text) {
  const AccessTable table(sites);
  std::vector<const CallSite*> found;
  std::vector<Span> holes;
  table.Find(text, &found, &holes);
  std::string names;
  for (const CallSite* site : found) {
    names +=
        (names.empty() ? "" : ",") + site->framework + "/" + site->function;
  }
  if (found.size() != 1) return names;
  for (std::size_t i = 0; i < holes.size(); ++i) {
    if (!found[0]->message.holes[i].argument.starts_with("request")) continue;
    names += " " + std::string(holes[i].Of(text));
  }
  return names;
}

TEST(AccessTable, KnowsTheFormatsThatAreBuiltIn) {
  const auto sites = BuiltIn();
  EXPECT_EQ(Found(sites,
                  "10.0.0.7 - - [22/Nov/2026 21:00:33] "
                  "\"GET /users/7 HTTP/1.1\" 200 33 0.004212"),
            "eventlet/default GET /users/7 HTTP/1.1");
  EXPECT_EQ(Found(sites,
                  "10.0.0.7:52100 - \"PUT /users/7 HTTP/1.1\" 204 "
                  "No Content"),
            "python/uvicorn PUT /users/7 HTTP/1.1");
  EXPECT_EQ(Found(sites,
                  "Started GET \"/users/7?x=1\" for 10.0.0.7 at "
                  "2026-11-22 21:00:33 +0000"),
            "rails/started GET /users/7?x=1");
  EXPECT_EQ(
      Found(sites,
            "[2026-11-22T21:00:33.000Z] \"GET /users/7 HTTP/2\" 200 - 0 33 4 "
            "2 \"-\" \"curl\" \"1f0c\" \"shop\" \"10.0.0.9:80\""),
      "envoy/default GET /users/7");
}

TEST(AccessTable, FormatsThatFitAlikeStayTied) {
  const std::string found = Found(BuiltIn(),
                                  "10.0.0.7 - - [22/Nov/2026:21:00:33 +0000] "
                                  "\"GET /users/7 HTTP/1.1\" 200 33\n");
  EXPECT_EQ(found, "apache/common,python/http.server");
}

TEST(AccessTable, TheSourcesFormatComesFirst) {
  auto sites = BuiltIn();
  CallSite own = sites[0];
  AccessFormatRule rule;
  rule.framework = "mine";
  rule.syntax = "named";
  rule.variables = {{"h", "remote ip"}, {"r", "request line"}, {"t", "time"}};
  auto message =
      ReadAccessFormat(rule, "%(h)s - - [%(t)s] \"%(r)s\" %(status)s %(size)s");
  ASSERT_TRUE(message);
  sites.push_back(AccessSite(rule, *message, "src", "conf.py", 3));
  EXPECT_EQ(Found(sites,
                  "10.0.0.7 - - [22/Nov/2026:21:00:33 +0000] "
                  "\"GET /users/7 HTTP/1.1\" 200 33"),
            "mine/ GET /users/7 HTTP/1.1");
}

TEST(AccessTable, OtherRecordsFindNone) {
  const auto sites = BuiltIn();
  for (const char* record : {
           "",
           "GET",
           "user - \"alice\" 200",
           "10.0.0.7 - \"GET\" 200",
           "10.0.0.7 - - [22/Nov/2026] \"GET /users\" 200",
           "10.0.0.7 - - [22/Nov/2026 21:00] \"LOOK /users HTTP/1.1\" 200 33",
           "10.0.0.7 - - [22/Nov/2026 21:00] \"GET /users HTTP/1.1\" ok 33",
           "10.0.0.7 - - [22/Nov/2026 21:00] \"GET /users HTTP/1.1\" 200 33 x",
           "Started GET for 10.0.0.7 at 2026-11-22",
       }) {
    EXPECT_EQ(Found(sites, record), "") << record;
  }
}

TEST(AccessTable, IsAskedOnlyWhereNoCallFits) {
  CallSite call;
  call.root = "src";
  call.file = "log.py";
  call.line = call.end_line = 7;
  call.message.literals = {"Started GET \"", "\" for somebody called ", " at ",
                           ""};
  call.message.holes = {{"path"}, {"name"}, {"time"}};
  auto sites = BuiltIn();
  sites.push_back(call);
  const auto index = CallSiteIndex::Build(std::move(sites));
  ASSERT_TRUE(index.ok());
  const auto scratch = index->NewScratch();
  Attribution out;
  index->Attribute("Started GET \"/a\" for somebody called x at 2026-11-22", {},
                   scratch.get(), &out);
  ASSERT_EQ(out.sites.size(), 1u);
  EXPECT_EQ(out.sites[0]->file, "log.py");
  const std::string_view record =
      "Started GET \"/a/7\" for 10.0.0.7 at 2026-11-22 21:00:33";
  index->Attribute(record, {}, scratch.get(), &out);
  ASSERT_EQ(out.sites.size(), 1u);
  EXPECT_EQ(out.sites[0]->file, "access/rails");
  const auto at = static_cast<std::uint32_t>(record.find("/a/7"));
  const int hole = out.HoleOf({at + 3, at + 4});
  EXPECT_EQ(out.sites[0]->ArgumentOf(hole), "request uri");
}

}  // namespace
}  // namespace logspill
