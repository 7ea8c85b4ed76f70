//! Pages of the documentation that the code writes.

use std::{
    fs,
    path::{Path, PathBuf},
};

const BEGIN: &str = "<!-- begin of the generated part -->\n";
const END: &str = "<!-- end of the generated part -->\n";

/// Holds the generated part of a page against what the code says, or writes it there, see [`documented`].
#[expect(clippy::panic, reason = "a page that has lost its marks has failed its test")]
#[track_caller]
pub fn documented_part(page: &str, part: &str, tests: &str) {
    let text = written(page);
    let around = text.split_once(BEGIN).and_then(|(head, rest)| {
        let (_, tail) = rest.split_once(END)?;
        Some((head, tail))
    });
    let Some((head, tail)) = around else {
        panic!("docs/{page} has no generated part")
    };
    documented(page, &format!("{head}{BEGIN}{part}{END}{tail}"), tests);
}

/// Holds a page against what the code says, or writes it when `PLINTH_UPDATE_DOCS` is set. `tests` are what `cargo nextest run` is
/// told for that.
#[expect(clippy::unwrap_used, reason = "a page that cannot be written has failed its test")]
#[track_caller]
pub fn documented(page: &str, text: &str, tests: &str) {
    if std::env::var_os("PLINTH_UPDATE_DOCS").is_some() {
        fs::write(path(page), text).unwrap();
        return;
    }
    assert_eq!(
        written(page),
        text,
        "docs/{page} is behind the code: run `PLINTH_UPDATE_DOCS=1 cargo nextest run {tests}`"
    );
}

#[expect(clippy::unwrap_used, reason = "a page that cannot be read has failed its test")]
#[track_caller]
fn written(page: &str) -> String {
    fs::read_to_string(path(page)).unwrap()
}

fn path(page: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(page)
}
