use crate::marks;
use std::fmt::Debug;
use tracing::field::{Field, Visit};
use tracing::{debug, error, event, info, trace, warn, Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

#[derive(Default)]
struct Fields {
    message: String,
    others: Vec<(String, String)>,
}

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.others.push((field.name().into(), value.into()));
    }
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let text = format!("{:?}", value);
        if field.name() == "message" {
            self.message = text;
        } else {
            self.others.push((field.name().into(), text));
        }
    }
}

struct Sink;

impl<S: Subscriber> Layer<S> for Sink {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let place = event.metadata();
        marks::mark(
            place.file().unwrap(),
            place.line().unwrap(),
            "tracing",
            place.level().as_str(),
            &fields.message,
            &fields.others,
        );
    }
}

fn shapes(user: &str, price: u32) {
    let err = std::fmt::Error;
    info!("plain");
    debug!("brace {} of {}", user, price);
    warn!("captured {user}");
    info!(user, "shorthand");
    info!(user = user, price, "fields");
    info!(user = %user, price = ?price, "sigils");
    info!(%user, ?price, "bare sigils");
    error!(error = %err, "failed");
    error!(user, "formatted {}", price);
    trace!(user.id = user, "dotted");
    event!(Level::WARN, "event {}", user);
    event!(Level::INFO, user, "event field");
    info!(target: "desk::other", user, "target");
    tracing::info!(user = user.trim(), "path");
    info!(
        user,
        price,
        "over lines {}",
        user
    );
}

pub fn run() {
    marks::value("err", &std::fmt::Error.to_string());
    marks::value("user.trim()", "u-17");
    let subscriber = tracing_subscriber::registry().with(Sink);
    tracing::subscriber::with_default(subscriber, || shapes("u-17", 3));
}
