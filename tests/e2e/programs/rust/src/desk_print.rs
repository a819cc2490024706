//! What goes to the standard streams bears the macro's own line.

fn shapes(user: &str, price: u32) {
    print!("@\tsrc/desk_print.rs:{}\tprintln\t-\tplain {}\n", line!(), user);
    println!("@\tsrc/desk_print.rs:{}\tprintln\t-\tbrace {} of {}", line!(), user, price);
    println!("@\tsrc/desk_print.rs:{}\tprintln\t-\tcaptured {user}", line!());
    eprintln!("@\tsrc/desk_print.rs:{}\tprintln\t-\terror {}", line!(), user);
    eprint!("@\tsrc/desk_print.rs:{}\tprintln\t-\tend {}\n", line!(), user);
}

pub fn run() {
    shapes("u-17", 3);
}
