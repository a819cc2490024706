#include "tests/callsite/listing.h"

namespace logspill {
namespace {

TEST(Rust, LogMacrosCaptureAndFormat) {
  EXPECT_EQ(Listing("rust", R"x(
fn pay(user_id: &str, n: u32) {
    log::warn!("plain {}", n);
    info!("captured {user_id} {n:>5}");
    error!("named {who:?}", who = find(user_id, n));
    log::log!(log::Level::Debug, "by level {}", n);
    let made = format!("made {}", user_id);
    info!("{}", made);
    debug!("joined \
            line {{}}");
    println!("out {user_id}");
    eprintln!(r#"raw "{}""#, n);
}
)x"),
            R"(
3 log warning: plain {} | n {}
4 log info: captured {} {} | user_id {user_id} | n {n:>5}
5 log error: named {} | find(user_id, n) {who:?}
6 log debug: by level {} | n {}
8 log info: made {} | user_id {}
9 log debug: joined line {{}}
11 println -: out {} | user_id {user_id} !print
12 println -: raw "{}" | n {} !print
)");
}

TEST(Rust, TracingHasFieldsAndATarget) {
  const auto sites = SitesIn("rust", R"(
use tracing::info;
impl Desk {
    fn pay(&self, user_id: &str, n: u32) {
        info!(target: "audit", user_id = %user_id, ?n, self.x, "paid {}", n);
        tracing::event!(Level::WARN, key = "v", "event");
        tracing::error!(user.id = user_id, "only fields");
        info!(n);
    }
}
)");
  ASSERT_EQ(sites.size(), 4u);
  EXPECT_EQ(LineOf(sites[0]),
            "5 tracing info: paid {} | n {} | n=n | self.x=self.x | "
            "user_id=user_id");
  EXPECT_EQ(sites[0].logger, "audit");
  EXPECT_EQ(sites[0].class_name, "Desk");
  EXPECT_EQ(LineOf(sites[1]), "6 tracing warning: event | key=\"v\"");
  EXPECT_EQ(LineOf(sites[2]), "7 tracing error: only fields | user.id=user_id");
  EXPECT_EQ(LineOf(sites[3]), "8 tracing info:  | n=n");
}

}  // namespace
}  // namespace logspill
