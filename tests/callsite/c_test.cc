#include "tests/callsite/listing.h"

namespace logspill {
namespace {

TEST(C, SyslogPrintfAndGlibAreRead) {
  EXPECT_EQ(Listing("c", R"(
#define LATE "order %s " "late"
static const char *kTwice = "twice %d";
void pay(const char *user_id, int n) {
  syslog(LOG_ERR | LOG_USER, "paid %s", user_id);
  syslog(LOG_INFO, LATE, user_id);
  fprintf(stderr, "err %-8s: %d%%\n", user_id, n);
  printf(kTwice, n);
  g_warning("glib %s", user_id);
  g_log("app", G_LOG_LEVEL_DEBUG, "domain %s", user_id);
  fprintf(file, "no log call");
  snprintf(buffer, 3, "no log call");
  log_info(n ? "yes %s" : "no %s", user_id);
}
)"),
            R"(
5 syslog error: paid {} | user_id %s
6 syslog info: order {} late | user_id %s
7 stdio -: err {}: {}%
 | user_id %-8s | n %d !print
8 stdio -: twice {} | n %d !print
9 glib warning: glib {} | user_id %s
10 glib debug: domain {} | user_id %s
13 systemd info: yes {} | user_id %s !variant
13 systemd info: no {} | user_id %s !variant
)");
}

TEST(C, MacrosOfKernelsAndServersAreRead) {
  EXPECT_EQ(Listing("c", R"(
void pay(struct device *dev, const char *user_id) {
  printk(KERN_ERR "kernel %s\n", user_id);
  pr_info("info %s\n", user_id);
  dev_err(dev->parent, "device %s\n", user_id);
  ngx_log_error(NGX_LOG_WARN, log, 0, "nginx %V", &user_id);
  ap_log_error(APLOG_MARK, APLOG_NOTICE, 0, server, "httpd %s", user_id);
  ereport(ERROR, (errcode(1), errmsg("postgres \"%s\"", user_id)));
  elog(DEBUG1, "debug %s", user_id);
  serverLog(LL_WARNING, "redis %s", user_id);
}
)"),
            R"(
3 linux error: kernel {}
 | user_id %s
4 linux info: info {}
 | user_id %s
5 linux error: device {}
 | user_id %s
6 nginx warning: nginx {} | &user_id %V
7 httpd info: httpd {} | user_id %s
8 postgres -: postgres "{}" | user_id %s
9 postgres debug: debug {} | user_id %s
10 redis warning: redis {} | user_id %s
)");
}

TEST(C, FormatsMayBeMadeOfMacros) {
  // The grammar calls it an error where a literal stands before a name.
  auto pass = ExtractFromText("root", "a.c", "a",
                              "void f() { fprintf(stderr, \"n %\" PRIu64 \" of"
                              " %s\\n\", n, id); }\n",
                              BuiltIn("c"));
  ASSERT_TRUE(pass.ok());
  ASSERT_EQ(pass->sites.size(), 1u);
  EXPECT_EQ(LineOf(pass->sites[0]),
            "1 stdio -: n {} of {}\n | n %lu | id %s !print");
}

TEST(Cpp, SpdlogAndFmtFillBraces) {
  EXPECT_EQ(Listing("cpp", R"x(
class Desk { std::shared_ptr<spdlog::logger> audit_; void Pay(const std::string& id, int n); };
void Desk::Pay(const std::string& id, int n) {
  spdlog::info("paid {}", id);
  audit_->warn("member {:>8}", n);
  SPDLOG_ERROR("macro {} {}", id, n);
  auto net = spdlog::get("net");
  net->debug(fmt::format("made {}", id));
  fmt::print(stderr, "out {}\n", id);
  std::string text = "one ";
  text += id;
  spdlog::critical(text);
}
)x"),
            R"(
4 spdlog info: paid {} | id {}
5 spdlog warning: member {} | n {:>8}
6 spdlog error: macro {} {} | id {} | n {}
8 spdlog debug: made {} | id {}
9 fmt -: out {}
 | id {} !print
12 spdlog critical: one {} | id
)");
}

TEST(Cpp, StreamsAreReadFromTheirSinkOn) {
  EXPECT_EQ(Listing("cpp", R"x(
void Pay(const std::string& id, int n) {
  LOG(INFO) << "paid " << id << std::endl;
  LOG_IF(WARNING, n > 1) << "more " << n
                         << " lines";
  VLOG(2) << R"(raw \n)" << id.c_str();
  CHECK(n > 0) << "checked " << n;
  BOOST_LOG_TRIVIAL(error) << "boost " << id;
  BOOST_LOG_SEV(lg, warning) << "severity";
  std::cerr << "err " << (n + 1) << '\n';
  qDebug() << "qt" << id;
  LOG4CXX_INFO(logger, "chain " << id);
  flags << 3;
}
)x"),
            R"(
3 glog info: paid {} | id
4 glog warning: more {} lines | n
6 glog info: raw \n{} | id.c_str()
7 glog critical: checked {} | n
8 boost.log error: boost {} | id
9 boost.log warning: severity
10 iostream -: err {}
 | n + 1 !print
11 qt debug: qt {} | id
12 log4cxx info: chain {} | id
)");
}

TEST(Cpp, MembersBelongToTheirClass) {
  const auto sites = SitesIn("cpp", "void Desk::Pay() { LOG(INFO) << \"a\"; }");
  ASSERT_EQ(sites.size(), 1u);
  EXPECT_EQ(sites[0].class_name, "Desk");
  EXPECT_EQ(sites[0].function, "Pay");
}

}  // namespace
}  // namespace logspill
