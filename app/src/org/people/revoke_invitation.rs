//! Taking an invitation back.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn revoke_invitation(org: String, invitation: String, #[server(default)] back: Option<String>) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let invitation = super::invitation_input::invitation_id(&invitation)?;
    domain::people::revoke::revoke(&actor, &deps, invitation).await?;
    super::invitation_input::land(&actor, back.as_deref(), "invitation_revoked");
    Ok(())
}
