//! Doing without a passkey.

use contract::error::Result;
use leptos::prelude::*;

#[server]
pub async fn remove_passkey(passkey: String) -> Result<()> {
    let (user, deps) = (crate::session::user().await?, crate::session::deps()?);
    let passkey = super::input::id(&passkey)?;
    domain::identity::second_factor::passkeys::remove::remove(&user, &deps, passkey).await?;
    crate::form::notice("passkey_removed");
    crate::response::redirect_to("/account/security");
    Ok(())
}
