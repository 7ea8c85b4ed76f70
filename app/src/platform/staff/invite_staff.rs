//! Inviting somebody to the staff.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn invite_staff(email: String, role: String) -> Result<()> {
    use contract::{email::EmailAddress, error::Check, staff::StaffRight};

    let actor = crate::session::staff().await?;
    actor.require(StaffRight::StaffManage)?;
    let deps = crate::session::deps()?;
    let mut check = Check::default();
    let email = check.field("email", EmailAddress::parse(&email));
    let role = check.field("role", super::input::role(&role));
    let (email, role) = check.done(email.zip(role))?;
    domain::staff::invite::invite(&actor, &deps, &email, role).await?;
    super::input::land("/platform/staff", "staff_invited");
    Ok(())
}
