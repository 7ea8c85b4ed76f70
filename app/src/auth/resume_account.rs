//! Taking a paused account up again.

use contract::error::Result;
use leptos::prelude::*;

/// By what a sign-in to it gave. Signs in, and leads on to where one was going.
#[server]
pub async fn resume_account(token: String, #[server(default)] next: Option<String>) -> Result<()> {
    async {
        let (visitor, deps) = (crate::session::visitor()?, crate::session::deps()?);
        let session = domain::identity::reactivate_account::reactivate(&visitor, &deps, &token).await?;
        crate::form::notice("account_taken_up");
        super::arrival::arrive(&session, &deps, next.as_deref()).await
    }
    .await
    .map_err(crate::response::note)
}
