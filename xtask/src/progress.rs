//! What a person at the terminal sees of a long step.

use std::time::{Duration, Instant};

#[expect(clippy::print_stdout, reason = "the terminal is where this program reports to")]
pub fn say(line: impl std::fmt::Display) {
    println!("{line}");
}

/// A numbered sequence of steps with the time each took.
pub struct Steps {
    total: usize,
    current: usize,
    started: Instant,
}

impl Steps {
    pub fn new(total: usize) -> Self {
        Self {
            total,
            current: 0,
            started: Instant::now(),
        }
    }

    pub fn next(&mut self, name: &str) {
        self.current += 1;
        say(format_args!(
            "== {}/{} {name} == ({})",
            self.current,
            self.total,
            short(self.started.elapsed())
        ));
    }

    pub fn done(&self) {
        say(format_args!("== done in {} ==", short(self.started.elapsed())));
    }
}

pub fn short(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {} s", seconds / 60, seconds % 60)
    }
}

/// `1234567` as `1,234.6 kB`.
pub fn kilobytes(bytes: usize) -> String {
    let tenths = (bytes + 50) / 100;
    format!("{}.{} kB", tenths / 10, tenths % 10)
}
