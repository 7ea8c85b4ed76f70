//! Letting somebody in again.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn reinstate_user(user: String) -> Result<()> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::UsersManage)?;
    let user = crate::platform::input::user_id(&user)?;
    domain::customers::people::reinstate::reinstate(&actor, &deps, user).await?;
    crate::form::notice("user_reinstated");
    crate::response::redirect_to(&super::view::user_path(user));
    Ok(())
}
