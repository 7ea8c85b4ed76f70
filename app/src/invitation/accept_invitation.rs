//! Accepting an invitation, by its code or as one that waits for the person's proven address.

use contract::error::Result;
use leptos::prelude::*;

#[server]
pub async fn accept_invitation(
    #[server(default)] code: Option<String>,
    #[server(default)] invitation: Option<String>,
) -> Result<()> {
    use contract::invitation::InvitationState;
    use domain::people::accept::{Accepted, accept};

    async {
        super::ticket::come_back(code.as_deref());
        let user = crate::session::user().await?;
        let deps = crate::session::deps()?;
        let ticket = super::ticket::ticket(code.as_deref(), invitation.as_deref())?;
        match accept(&user, &deps, ticket).await? {
            Accepted::Joined { organization } => {
                crate::form::notice("invitation_accepted");
                crate::response::redirect_to(&format!("/o/{organization}/projects"));
                Ok(())
            }
            // Pressed twice, or in two tabs: one is in.
            Accepted::Not(InvitationState::AlreadyIn { organization }) => {
                if code.is_none() {
                    crate::response::redirect_to(&format!("/o/{organization}/projects"));
                }
                Ok(())
            }
            Accepted::Not(state) => Err(super::ticket::refusal(&state)),
        }
    }
    .await
    .map_err(crate::response::note)
}
