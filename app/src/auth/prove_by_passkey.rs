//! Proving a second factor by a passkey: at the end of a sign-in, and once more for what asks for it.

use contract::error::Result;
use leptos::prelude::*;

/// As [`super::prove_second_factor::prove_second_factor`] with a code.
#[server]
pub async fn prove_by_passkey(credential: String, #[server(default)] next: Option<String>) -> Result<()> {
    use domain::identity::second_factor::{passkeys::prove, sign_in};

    async {
        let deps = crate::session::deps()?;
        let waiting = crate::session::challenge().unwrap_or_default();
        let token = crate::session::passkey_token();
        match crate::session::maybe_user().await? {
            Some(user) if sign_in::awaits(&deps, &waiting).await?.is_none() => {
                prove::prove(&user, &deps, &token, &credential).await?;
                let onward = super::arrival::onward(&user, &deps, next.as_deref()).await?;
                crate::response::redirect_to(&onward);
                Ok(())
            }
            _ => {
                let visitor = crate::session::visitor()?;
                let session = prove::complete(&visitor, &deps, &waiting, &token, &credential).await?;
                crate::session::clear_challenge();
                super::arrival::arrive(&session, &deps, next.as_deref()).await
            }
        }
    }
    .await
    .map_err(crate::response::note)
}
