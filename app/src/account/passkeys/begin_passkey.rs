//! The question for a new passkey.

use contract::error::Result;
use leptos::prelude::*;

/// As JSON, for the browser.
#[server]
pub async fn begin_passkey() -> Result<String> {
    let (user, deps) = (crate::session::user().await?, crate::session::deps()?);
    let question = domain::identity::second_factor::passkeys::add::ask(&user, &deps).await?;
    Ok(crate::session::ask_for_passkey(question))
}
