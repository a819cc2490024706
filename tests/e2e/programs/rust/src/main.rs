//! Logs through every framework that the source pass knows of Rust.

mod desk_log;
mod desk_print;
mod desk_tracing;
mod marks;

fn main() {
    marks::value("user", "u-17");
    marks::value("price", "3");
    desk_log::run();
    desk_tracing::run();
    desk_print::run();
}
