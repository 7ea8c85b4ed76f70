//! Locking somebody out of everything.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn suspend_user(user: String, reason: String) -> Result<()> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::UsersManage)?;
    let user = crate::platform::input::user_id(&user)?;
    let reason =
        contract::text::SuspensionReason::parse(&reason).map_err(|code| contract::Error::field("reason", code))?;
    domain::customers::people::suspend::suspend(&actor, &deps, user, reason).await?;
    crate::form::notice("user_suspended");
    crate::response::redirect_to(&super::view::user_path(user));
    Ok(())
}
