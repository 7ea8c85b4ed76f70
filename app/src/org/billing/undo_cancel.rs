//! Taking a cancellation back before its time.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn undo_cancel(org: String) -> Result<()> {
    let actor = crate::session::org_for_billing(&org).await?;
    let deps = crate::session::deps()?;
    domain::billing::undo_cancel::undo_cancel(&actor, &deps).await?;
    super::landing::land(&actor, "billing_cancel_undone");
    Ok(())
}
