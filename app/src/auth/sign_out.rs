//! Signing out of this device.

use contract::error::Result;
use leptos::prelude::*;

/// Also when the session has ended already: who wants to be signed out is. The server adds `Clear-Site-Data`, without
/// cookies: those are taken back one by one.
#[server]
pub async fn sign_out() -> Result<()> {
    if let Some(user) = crate::session::maybe_user().await? {
        let deps = crate::session::deps()?;
        domain::identity::sign_out::sign_out(&user, &deps).await?;
    }
    crate::session::clear_session();
    crate::form::notice("signed_out");
    crate::response::redirect_to("/sign-in");
    Ok(())
}
