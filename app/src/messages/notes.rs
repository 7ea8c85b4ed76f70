//! Notes that the house keeps about an organization or a report of a problem.

#[derive(Debug)]
pub struct Notes {
    pub title: &'static str,
    pub text: &'static str,
    pub none: &'static str,
    pub new: &'static str,
    pub write: &'static str,
    pub by: fn(&str, &str) -> String,
}

pub const ENGLISH: Notes = Notes {
    title: "Notes",
    text: "Only staff read them. A note stays as it was written.",
    none: "No note yet.",
    new: "New note",
    write: "Add the note",
    by: |name, when| format!("{name}, {when}"),
};
