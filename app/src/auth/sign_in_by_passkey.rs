//! Signing in by a passkey alone.

use contract::error::Result;
use leptos::prelude::*;

#[server]
pub async fn sign_in_by_passkey(credential: String, #[server(default)] next: Option<String>) -> Result<()> {
    async {
        let (visitor, deps) = (crate::session::visitor()?, crate::session::deps()?);
        let token = crate::session::passkey_token();
        let session =
            domain::identity::second_factor::passkeys::sign_in::sign_in(&visitor, &deps, &token, &credential).await?;
        super::arrival::arrive(&session, &deps, next.as_deref()).await
    }
    .await
    .map_err(crate::response::note)
}
