//! Declining an invitation.

use contract::error::Result;
use leptos::prelude::*;

/// Who has the mailed code need not sign in for it.
#[server]
pub async fn decline_invitation(
    #[server(default)] code: Option<String>,
    #[server(default)] invitation: Option<String>,
) -> Result<()> {
    async {
        super::ticket::come_back(code.as_deref());
        let (visitor, deps) = (crate::session::visitor()?, crate::session::deps()?);
        let user = crate::session::maybe_user().await?;
        let ticket = super::ticket::ticket(code.as_deref(), invitation.as_deref())?;
        domain::people::decline::decline(&visitor, user.as_ref(), &deps, ticket).await?;
        if code.is_none() {
            crate::form::notice("invitation_declined");
            crate::response::redirect_to("/welcome");
        }
        Ok(())
    }
    .await
    .map_err(crate::response::note)
}
