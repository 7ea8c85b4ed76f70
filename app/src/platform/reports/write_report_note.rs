//! Writing down what the house knows about a report.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn write_report_note(report: String, note: String) -> Result<()> {
    use contract::{Error, text::NoteText};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let id = super::input::report_id(&report)?;
    let note = NoteText::parse(&note).map_err(|code| Error::field("note", code))?;
    domain::reports::write_note::write_note(&actor, &deps, id, &note).await?;
    crate::form::notice("note_written");
    crate::response::redirect_to(&format!("{}#notes", super::view::report_path(id)));
    Ok(())
}
