//! What the program can be told to do.

pub mod audit;
pub mod doctor;
pub mod migrate;
pub mod seed;
pub mod serve;

/// Tells the person at the terminal.
#[expect(clippy::print_stdout, reason = "the one place where commands answer")]
fn say(line: impl std::fmt::Display) {
    println!("{line}");
}
