//! What the first load of a signed-in page may cost. Over it, the build fails.

use anyhow::{Result, bail};

use super::{Profile, output::Output};
use crate::progress::{kilobytes, say};

/// Bytes on the wire: module, scripts and styles, by brotli.
const FIRST_LOAD: usize = 170_000;
const PARTS: [&str; 4] = ["plinth.wasm", "plinth.js", "boot.js", "main.css"];

pub fn report(output: &Output, profile: Profile) -> Result<()> {
    let mut total = 0;
    for name in PARTS {
        if let Some(size) = output.size(name) {
            total += size.brotli;
            say(format_args!(
                "{name:<14}{:>12} raw{:>12} brotli",
                kilobytes(size.raw),
                kilobytes(size.brotli)
            ));
        }
    }
    say(format_args!(
        "{:<14}{:>28} of {}",
        "first load",
        kilobytes(total),
        kilobytes(FIRST_LOAD)
    ));
    if profile == Profile::Release && total > FIRST_LOAD {
        bail!(
            "the first load is over its budget of {}; see docs/performance.md",
            kilobytes(FIRST_LOAD)
        );
    }
    Ok(())
}
