//! Taking an invitation to the staff back.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn take_back_staff_invitation(invitation: String) -> Result<()> {
    let actor = crate::session::staff().await?;
    actor.require(contract::staff::StaffRight::StaffManage)?;
    let deps = crate::session::deps()?;
    let invitation = super::input::invitation(&invitation)?;
    domain::staff::take_back::take_back(&actor, &deps, invitation).await?;
    super::input::land("/platform/staff", "invitation_revoked");
    Ok(())
}
