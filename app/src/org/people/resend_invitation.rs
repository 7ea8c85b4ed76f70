//! Mailing an invitation again.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn resend_invitation(org: String, invitation: String, #[server(default)] back: Option<String>) -> Result<()> {
    async {
        let actor = crate::session::org(&org).await?;
        let deps = crate::session::deps()?;
        let invitation = super::invitation_input::invitation_id(&invitation)?;
        domain::people::resend::resend(&actor, &deps, invitation).await?;
        super::invitation_input::land(&actor, back.as_deref(), "invitation_resent");
        Ok(())
    }
    .await
    .map_err(crate::response::note)
}
