//! Signing out of this device.

use contract::error::Result;
use leptos::prelude::*;

/// Also when the session has ended already: who wants to be signed out is. The server adds `Clear-Site-Data`, which may
/// take a notice's cookie along, so that the next page is told by its URL.
#[server]
pub async fn sign_out() -> Result<()> {
    if let Some(user) = crate::session::maybe_user().await? {
        let deps = crate::session::deps()?;
        domain::identity::sign_out::sign_out(&user, &deps).await?;
    }
    crate::session::clear_session();
    crate::response::redirect_to("/sign-in?signed-out");
    Ok(())
}
