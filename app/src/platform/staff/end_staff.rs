//! Ending somebody's place on the staff.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn end_staff(user: String) -> Result<()> {
    let actor = crate::session::staff().await?;
    actor.require(contract::staff::StaffRight::StaffManage)?;
    let deps = crate::session::deps()?;
    let user = crate::platform::input::user_id(&user)?;
    domain::staff::end::end(&actor, &deps, user).await?;
    // Whoever ends themselves is signed out, and finds nothing here any more.
    let next = if user == actor.id() {
        "/sign-in"
    } else {
        "/platform/staff"
    };
    super::input::land(next, "staff_ended");
    Ok(())
}
