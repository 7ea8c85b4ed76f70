//! Another name for a passkey.

use contract::error::Result;
use leptos::prelude::*;

#[server]
pub async fn rename_passkey(passkey: String, name: String) -> Result<()> {
    let (user, deps) = (crate::session::user().await?, crate::session::deps()?);
    let (passkey, name) = (super::input::id(&passkey)?, super::input::name(&name)?);
    domain::identity::second_factor::passkeys::rename::rename(&user, &deps, passkey, name).await?;
    crate::form::notice("passkey_renamed");
    crate::response::redirect_to("/account/security");
    Ok(())
}
