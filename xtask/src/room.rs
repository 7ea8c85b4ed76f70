//! How much room the disk has, and what a long command leaves out when it has little.

use std::{path::Path, process::Command, sync::OnceLock};

use anyhow::Result;

use crate::progress::say;

/// Every test once, from nothing, writes about this much without what is kept for the next build.
const NEEDED: u64 = 8;
/// From here on the parts of crates that the compiler can use again, and names of lines in test programs, fit as well.
const PLENTY: u64 = 24;

static SPARING: OnceLock<()> = OnceLock::new();

/// To be asked once, before the first build. Says what it found when that changes something.
pub fn look() -> Result<()> {
    let folder = Path::new(".").canonicalize()?;
    let statistics = rustix::fs::statvfs(&folder)?;
    let free = (statistics.f_bavail * statistics.f_frsize) >> 30;
    if free >= PLENTY {
        return Ok(());
    }
    let _ = SPARING.set(());
    say(format_args!(
        "{free} GiB are free on the disk: nothing is kept to make the next build faster"
    ));
    if free < NEEDED {
        say(format_args!(
            "this may not be enough: about {NEEDED} GiB are used; make room, or set CARGO_TARGET_DIR to another disk"
        ));
    }
    Ok(())
}

/// Makes a build small where [`look`] has found little room.
pub fn spare(cargo: &mut Command) {
    if SPARING.get().is_some() {
        cargo
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "none");
    }
}
