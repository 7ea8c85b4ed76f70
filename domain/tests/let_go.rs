//! Who holds rows, finds that there is nothing to do and says so, lets go of them before the answer: a transaction that is only
//! dropped is taken back when its connection is used again, and until then others wait for nothing.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::{fs, path::Path};

/// What takes rows, or leaves them to somebody else who has asked.
const HOLDS: [&str; 8] = [
    "for update",
    "for share",
    "for no key update",
    "hold(",
    "hold_",
    "held(",
    "lock(",
    "lock_",
];
const ENDS: [&str; 3] = [".rollback()", ".commit()", "end_of_reading("];

#[test]
fn nothing_is_held_by_who_answers_that_there_is_nothing_to_do() {
    let mut holding = Vec::new();
    let mut answers = 0;
    each_source(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")),
        &mut |path, source| {
            let source = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
            let lines: Vec<&str> = source.lines().collect();
            for (begin, line) in lines.iter().enumerate() {
                if !line.contains("let mut transaction = ") || line.contains("begin_reading") {
                    continue;
                }
                let depth = indent(line);
                let mut holds = false;
                for (at, line) in lines.iter().enumerate().skip(begin) {
                    // The end of the block that began it, or of the transaction on the way that everybody goes.
                    let is_over = indent(line) < depth && line.trim() == "}";
                    let is_ended = indent(line) == depth && ENDS.iter().any(|end| line.contains(end));
                    if is_over || is_ended {
                        break;
                    }
                    holds |= HOLDS.iter().any(|hold| line.contains(hold));
                    if holds && line.contains("return Ok(") {
                        answers += 1;
                        let before = lines.get(at - 1).copied().unwrap_or_default();
                        if !ENDS.iter().any(|end| before.contains(end)) {
                            holding.push(format!("{}:{}", path.display(), at + 1));
                        }
                    }
                }
            }
        },
    );
    assert!(
        answers >= 40,
        "only {answers} answers were found: do transactions begin in another way?"
    );
    assert_eq!(holding, [""; 0], "roll back before the answer");
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn each_source(folder: &Path, visit: &mut impl FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            each_source(&path, visit);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
            visit(&path, &fs::read_to_string(&path).unwrap());
        }
    }
}
