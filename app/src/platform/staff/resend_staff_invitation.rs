//! Mailing an invitation to the staff again.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn resend_staff_invitation(invitation: String) -> Result<()> {
    let actor = crate::session::staff().await?;
    actor.require(contract::staff::StaffRight::StaffManage)?;
    let deps = crate::session::deps()?;
    let invitation = super::input::invitation(&invitation)?;
    domain::staff::resend::resend(&actor, &deps, invitation).await?;
    super::input::land("/platform/staff", "invitation_resent");
    Ok(())
}
