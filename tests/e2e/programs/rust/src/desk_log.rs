use crate::marks;
use log::{debug, error, info, log, trace, warn, Level};

struct Sink;

impl log::Log for Sink {
    fn enabled(&self, _: &log::Metadata) -> bool {
        true
    }
    fn log(&self, record: &log::Record) {
        if !record.target().starts_with("desk") {
            return;
        }
        marks::mark(
            record.file().unwrap(),
            record.line().unwrap(),
            "log",
            record.level().as_str(),
            &record.args().to_string(),
            &[],
        );
    }
    fn flush(&self) {}
}

static SINK: Sink = Sink;

#[derive(Debug)]
struct Order {
    owner: &'static str,
}

fn shapes(user: &str, price: u32) {
    let order = Order { owner: "o-4" };
    info!("plain");
    debug!("brace {} of {}", user, price);
    warn!("captured {user} and {price:>5}");
    error!("index {1} of {0}", user, price);
    trace!("named {id}", id = user);
    info!("debug {:?} {:#?}", user, price);
    info!(target: "desk::other", "target {}", user);
    log!(Level::Warn, "level {}", user);
    log::info!("path {}", user);
    info!("escaped {{}} {}", user);
    info!(
        "over lines {}",
        user
    );
    info!("continued \
           {}", user);
    info!(r"raw \d {}", user);
    info!(r#"raw "hash" {}"#, user);
    info!("owner {}", order.owner);
    info!("order {:?}", order);
    info!("made {}", format!("inside {}", user));
    info!("{}", format!("formatted {}", user));
    info!("call {}", user.to_uppercase());
    if price > 100 {
        info!("never {}", user); // unreachable
    }
}

pub fn run() {
    log::set_logger(&SINK).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    marks::value("order.owner", "o-4");
    marks::value("order", "Order { owner: \"o-4\" }");
    marks::value("user.to_uppercase()", "U-17");
    marks::value("format!(\"formatted {}\", user)", "formatted u-17");
    marks::value("format!(\"inside {}\", user)", "inside u-17");
    shapes("u-17", 3);
}
