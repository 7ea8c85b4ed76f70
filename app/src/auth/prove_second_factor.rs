//! Proving a second factor: at the end of a sign-in, and once more for what asks for it.

use contract::error::Result;
use leptos::prelude::*;

/// A code of the app, or one of the recovery codes. Ends the sign-in that waits for it in this browser, or, when none does,
/// notes it in the session. Leads on to where one was going.
#[server]
pub async fn prove_second_factor(code: String, #[server(default)] next: Option<String>) -> Result<()> {
    use domain::identity::second_factor::{prove, sign_in};

    async {
        let deps = crate::session::deps()?;
        let token = crate::session::challenge().unwrap_or_default();
        match crate::session::maybe_user().await? {
            Some(user) if sign_in::awaits(&deps, &token).await?.is_none() => {
                prove::prove(&user, &deps, &code).await?;
                let onward = super::arrival::onward(&user, &deps, next.as_deref()).await?;
                crate::response::redirect_to(&onward);
                Ok(())
            }
            _ => {
                let visitor = crate::session::visitor()?;
                let session = sign_in::complete(&visitor, &deps, &token, &code).await?;
                crate::session::clear_challenge();
                super::arrival::arrive(&session, &deps, next.as_deref()).await
            }
        }
    }
    .await
    .map_err(crate::response::note)
}
