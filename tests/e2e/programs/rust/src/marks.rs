//! Says what was logged, and where the framework says that it was.

use std::io::Write;
use std::path::Path;

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n")
}

fn line(text: String) {
    let mut out = std::io::stdout();
    out.write_all(text.as_bytes()).unwrap();
    out.flush().unwrap();
}

pub fn mark(
    file: &str,
    at: u32,
    framework: &str,
    level: &str,
    message: &str,
    fields: &[(String, String)],
) {
    let name = Path::new(file).file_name().unwrap().to_str().unwrap();
    let mut text = format!(
        "@\tsrc/{}:{}\t{}\t{}\t{}",
        name,
        at,
        framework,
        level.to_lowercase(),
        escaped(message)
    );
    for (key, value) in fields {
        text += &format!("\t{}={}", key, escaped(value));
    }
    line(text + "\n");
}

pub fn value(expression: &str, printed: &str) {
    line(format!("=\t{}\t{}\n", expression, escaped(printed)));
}
