//! Giving somebody of the staff another role.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn change_staff_role(user: String, role: String) -> Result<()> {
    use contract::{Error, staff::StaffRight};

    let actor = crate::session::staff().await?;
    actor.require(StaffRight::StaffManage)?;
    let deps = crate::session::deps()?;
    let role = super::input::role(&role).map_err(|code| Error::field("role", code))?;
    let user = crate::platform::input::user_id(&user)?;
    domain::staff::change_role::change_role(&actor, &deps, user, role).await?;
    super::input::land(&format!("/platform/staff/{user}"), "role_changed");
    Ok(())
}
