//! Taking a report on.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn take_report(report: String) -> Result<()> {
    use domain::reports::take::{Taken, take};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let id = super::input::report_id(&report)?;
    match take(&actor, &deps, id).await? {
        Taken::Done | Taken::Already => {}
        Taken::Closed => return Err(contract::Error::Conflict),
    }
    crate::form::notice("report_taken");
    crate::response::redirect_to(&format!("/platform/reports/{id}"));
    Ok(())
}
