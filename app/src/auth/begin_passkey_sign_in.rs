//! The question to sign in by a passkey.

use contract::error::Result;
use leptos::prelude::*;

/// As JSON, for the browser.
#[server]
pub async fn begin_passkey_sign_in() -> Result<String> {
    async {
        let (visitor, deps) = (crate::session::visitor()?, crate::session::deps()?);
        let question = domain::identity::second_factor::passkeys::sign_in::ask(&visitor, &deps).await?;
        Ok(crate::session::ask_for_passkey(question))
    }
    .await
    .map_err(crate::response::note)
}
