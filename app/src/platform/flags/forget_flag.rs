//! Removing what is left of a flag that is no longer declared.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn forget_flag(key: String, born: String) -> Result<()> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::FlagsManage)?;
    let born = born.parse().map_err(|_| contract::Error::NotFound)?;
    domain::flags::forget::forget(&actor, &deps, &key, born).await?;
    crate::form::notice("flag_forgotten");
    crate::response::redirect_to("/platform/flags");
    Ok(())
}
