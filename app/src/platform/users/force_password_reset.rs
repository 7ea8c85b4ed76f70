//! Making somebody choose a new password.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn force_password_reset(user: String) -> Result<()> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::UsersManage)?;
    let user = crate::platform::input::user_id(&user)?;
    domain::customers::people::force_reset::force_reset(&actor, &deps, user).await?;
    crate::form::notice("user_reset_forced");
    crate::response::redirect_to(&super::view::user_path(user));
    Ok(())
}
