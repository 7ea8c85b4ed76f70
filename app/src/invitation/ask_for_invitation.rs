//! Asking those who can invite for another invitation, or for a seat.

use contract::error::Result;
use leptos::prelude::*;

#[server]
pub async fn ask_for_invitation(code: String) -> Result<()> {
    async {
        super::ticket::come_back(Some(&code));
        let (visitor, deps) = (crate::session::visitor()?, crate::session::deps()?);
        let user = crate::session::maybe_user().await?;
        domain::people::ask_again::ask_again(&visitor, user.as_ref(), &deps, &code).await?;
        crate::response::redirect_to(&format!("{}&asked", super::ticket::path(&code)));
        Ok(())
    }
    .await
    .map_err(crate::response::note)
}
