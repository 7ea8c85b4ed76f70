//! Signing one device out, from another.

use contract::error::Result;
use leptos::prelude::*;

/// Somebody else's session is not found. One's own present one is left to [`crate::auth::sign_out`], which also empties
/// the browser.
#[server]
pub async fn revoke_session(session: String) -> Result<()> {
    async {
        let user = super::admitted::admitted().await?;
        let deps = crate::session::deps()?;
        let session = session.parse().map_err(|_| contract::Error::NotFound)?;
        if session == user.session() {
            return Err(contract::Error::Conflict);
        }
        domain::identity::sessions::revoke(&user, &deps, session).await?;
        crate::form::notice("session_revoked");
        crate::response::redirect_to("/account/sessions");
        Ok(())
    }
    .await
    .map_err(crate::response::note)
}
