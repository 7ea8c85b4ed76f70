//! Bringing a report to an end, putting it back into the inbox, and opening it again.

use contract::error::Result;
use leptos::prelude::server;

/// `state` is where it goes, by key.
#[server]
pub async fn move_report(report: String, state: String) -> Result<()> {
    use contract::{Error, FieldCode, reports::ReportState};
    use domain::reports::move_to::{Moved, move_to};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let id = super::input::report_id(&report)?;
    let next = ReportState::from_key(&state).ok_or_else(|| Error::field("state", FieldCode::Required))?;
    match move_to(&actor, &deps, id, next).await? {
        Moved::Done => {}
        Moved::NotFrom(_) => return Err(Error::Conflict),
    }
    crate::form::notice(match next {
        ReportState::Resolved => "report_resolved",
        ReportState::Dismissed => "report_dismissed",
        ReportState::Open | ReportState::InProgress => "report_opened",
    });
    crate::response::redirect_to(&format!("/platform/reports/{id}"));
    Ok(())
}
