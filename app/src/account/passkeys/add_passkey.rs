//! Keeping a passkey that the browser has made.

use contract::error::Result;
use leptos::prelude::*;

/// From here on it guards the account. With the first factor this leads to the recovery codes.
#[server]
pub async fn add_passkey(name: String, credential: String, #[server(default)] next: Option<String>) -> Result<()> {
    use crate::account::second_factor::codes_page;

    let (user, deps) = (crate::session::user().await?, crate::session::deps()?);
    let name = super::input::name(&name)?;
    let token = crate::session::passkey_token();
    domain::identity::second_factor::passkeys::add::add(&user, &deps, &token, name, &credential).await?;
    crate::form::notice("passkey_added");
    // With codes of before that page leads on by itself.
    crate::response::redirect_to(&codes_page::path(next.as_deref()));
    Ok(())
}
