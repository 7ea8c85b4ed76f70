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

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn a_build_over_the_budget_fails_and_a_developers_does_not() {
        // Digests do not compress.
        let content: Vec<u8> = (0u32..6_000)
            .flat_map(|number| Sha256::digest(number.to_be_bytes()).to_vec())
            .collect();
        for (profile, kept, passes) in [
            (Profile::Release, 160_000, true),
            (Profile::Release, content.len(), false),
            (Profile::Dev, content.len(), true),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let mut output = Output::new(folder.path(), profile).unwrap();
            output.add("plinth.wasm", &content[..kept]).unwrap();
            assert_eq!(report(&output, profile).is_ok(), passes, "{kept} bytes, {profile:?}");
        }
    }
}
