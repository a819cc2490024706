// Formats of access logs, as call sites.

#include "scanner/callsite/access_format.h"

#include <gtest/gtest.h>

#include "patterns/loader.h"

namespace logspill {
namespace {

const AccessFormats& Formats() {
  static const AccessFormats formats = [] {
    auto loaded = LoadAccessFormats();
    EXPECT_TRUE(loaded.ok()) << loaded.error().message;
    return loaded ? std::move(*loaded) : AccessFormats();
  }();
  return formats;
}

// "line framework template | argument | ..." of each.
std::string Found(const std::string& file, const std::string& text) {
  std::string listing = "\n";
  for (const CallSite& site :
       FindAccessFormats(Formats().rules, "root", file, text)) {
    listing += std::to_string(site.line) + " " + site.framework + " " +
               site.message.Text();
    for (const Hole& hole : site.message.holes)
      listing += " | " + hole.argument;
    listing += "\n";
    EXPECT_TRUE(site.Has("format"));
    EXPECT_EQ(site.file, file);
  }
  return listing;
}

TEST(AccessFormats, AreReadFromNginx) {
  EXPECT_EQ(Found("etc/nginx.conf", R"(http {
  # log_format old '$remote_addr "$request"';
  log_format main escape=json '$remote_addr [$time_local] '
                  '"$request" ${status}'
                  ' "$http_x_user_id"';
  log_format times '$request_time';
  access_log /var/log/nginx/access.log main;
}
)"),
            R"(
3 nginx {} [{}] "{}" {} "{}" | remote ip | time | request line | status | http x user id
)");
}

TEST(AccessFormats, AreReadFromApache) {
  EXPECT_EQ(
      Found("conf/httpd.conf",
            "LogFormat \"%h %l %{X-User}i %t \\\"%r\\\" %>s 100%%\" mine\n"
            "LogFormat \"%{Referer}i -> %U\" referer\n"
            "LogLevel warn\n"),
      R"(
1 apache {} {} {} {} "{}" {} 100% | remote host | remote logname | x user | time | request line | status
2 apache {} -> {} | referer | request path
)");
}

TEST(AccessFormats, AreReadFromPython) {
  EXPECT_EQ(Found("gunicorn.conf.py",
                  "bind = 'x'\naccess_log_format = '%(h)s \"%(r)s\" %(s)s'\n"),
            "\n2 gunicorn {} \"{}\" {} | remote ip | request line | status\n");
  EXPECT_EQ(Found("log.py", R"(class Log:
    format = ('%(REMOTE_ADDR)s "%(REQUEST_METHOD)s %(REQUEST_URI)s" '
              'status: %(status)s')
    other_format = '%(request_id)s %(message)s'
    formats = '%(REQUEST_URI)s'
)"),
            R"(
2 eventlet {} "{} {}" status: {} | remote ip | request method | request uri | status
)");
}

TEST(AccessFormats, OfOtherFilesAreNone) {
  EXPECT_EQ(Found("a.txt", "log_format main '$request';"), "\n");
  EXPECT_EQ(Found("a.conf", "log_format"), "\n");
  EXPECT_EQ(Found("a.conf", "log_format main '$request"), "\n");
  EXPECT_EQ(Found("a.conf", "log_format main;\n'$request'"), "\n");
}

TEST(AccessFormats, ThatAreBuiltInSayWhereTheyStand) {
  ASSERT_GE(Formats().built_in.size(), 10u);
  for (const CallSite& site : Formats().built_in) {
    EXPECT_EQ(site.root, "built-in");
    EXPECT_TRUE(site.file.starts_with("access/")) << site.file;
    EXPECT_GT(site.line, 1u);
    EXPECT_TRUE(site.Has("format"));
    EXPECT_TRUE(site.Has("built-in"));
    EXPECT_TRUE(PrintsRequest(site.message));
    EXPECT_EQ(site.message.literals.size(), site.message.holes.size() + 1);
  }
}

}  // namespace
}  // namespace logspill
