//! Writing something down about an organization.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn write_note(tenant: String, note: String) -> Result<()> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::TenantsManage)?;
    let tenant = crate::platform::input::tenant_id(&tenant)?;
    let text = contract::text::NoteText::parse(&note).map_err(|code| contract::Error::field("note", code))?;
    domain::customers::organizations::note::write(&actor, &deps, tenant, text).await?;
    crate::form::notice("note_written");
    crate::response::redirect_to(&format!("{}#notes", super::view::tenant_path(tenant)));
    Ok(())
}
