//! The record of an operation is the last thing its transaction does before it commits: writing it locks the end of the
//! chain, and whoever waits for that is to wait for a commit alone.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::{fs, path::Path};

/// What asks the database for something.
const WORK: [&str; 8] = [
    "sqlx::query",
    "sqlx::raw_sql",
    "mail::enqueue(",
    "jobs::enqueue(",
    "jobs::enqueue_after(",
    "tell(",
    "end_open(",
    "run_out(",
];

/// What records.
const RECORDS: [&str; 5] = [".write(", "write_all(", ".record(", ".record_inside(", ".record_own("];

#[test]
fn nothing_comes_between_the_record_and_the_commit() {
    let mut late = Vec::new();
    let mut records = 0;
    each_source(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")),
        &mut |path, source| {
            let source = source.split("#[cfg(test)]").next().unwrap_or_default();
            for (at, _) in RECORDS.iter().flat_map(|name| source.match_indices(name)) {
                let rest = &source[at..];
                if !rest.lines().next().is_some_and(|line| line.contains("deps")) {
                    continue;
                }
                records += 1;
                // To the commit, or to the end of the function when its caller commits.
                let end = rest
                    .find(".commit()")
                    .unwrap_or(usize::MAX)
                    .min(rest.find("\n}\n").unwrap_or(rest.len()));
                if WORK.iter().any(|work| rest[..end].contains(work)) {
                    let line = source[..at].lines().count();
                    late.push(format!("{}:{line}", path.display()));
                }
            }
        },
    );
    assert!(
        records >= 20,
        "only {records} records were found: has the call changed its form?"
    );
    assert_eq!(late, [""; 0], "asks the database for more after the record");
}

fn each_source(folder: &Path, visit: &mut impl FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            each_source(&path, visit);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("audit/mod.rs") {
            visit(&path, &fs::read_to_string(&path).unwrap());
        }
    }
}
