//! Signing out of this device.

use contract::error::Result;
use leptos::prelude::*;

/// Also when the session has ended already: who wants to be signed out is. The server adds `Clear-Site-Data`, without
/// cookies: those are taken back one by one. `next` is for who goes on as somebody else.
#[server]
pub async fn sign_out(#[server(default)] next: Option<String>) -> Result<()> {
    if let Some(user) = crate::session::maybe_user().await? {
        let deps = crate::session::deps()?;
        domain::identity::sign_out::sign_out(&user, &deps).await?;
    }
    crate::session::clear_session();
    crate::form::notice("signed_out");
    let next = next.as_deref().and_then(crate::response::safe_next);
    crate::response::redirect_to(next.unwrap_or("/sign-in"));
    Ok(())
}
