//! Going to the provider's pages for cards and tax details.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn open_portal(org: String) -> Result<()> {
    let actor = crate::session::org_for_billing(&org).await?;
    let deps = crate::session::deps()?;
    let back = super::landing::absolute(&actor, "");
    let url = domain::billing::portal::portal(&actor, &deps, back).await?;
    crate::response::redirect_to(&url);
    Ok(())
}
