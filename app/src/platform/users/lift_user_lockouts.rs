//! Letting somebody try again at once.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn lift_user_lockouts(user: String) -> Result<()> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::UsersManage)?;
    let user = crate::platform::input::user_id(&user)?;
    domain::customers::people::lift_lockouts::lift_lockouts(&actor, &deps, user).await?;
    crate::form::notice("user_lockouts_lifted");
    crate::response::redirect_to(&super::view::user_path(user));
    Ok(())
}
