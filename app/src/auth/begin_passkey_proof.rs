//! The question to prove the second factor by a passkey.

use contract::error::Result;
use leptos::prelude::*;

/// As JSON, for the browser. Of whom the sign-in waits for its second half in this browser, or else of who is signed in.
#[server]
pub async fn begin_passkey_proof() -> Result<String> {
    use domain::identity::second_factor::{passkeys::prove, sign_in};

    let deps = crate::session::deps()?;
    let waiting = crate::session::challenge().unwrap_or_default();
    let question = match crate::session::maybe_user().await? {
        Some(user) if sign_in::awaits(&deps, &waiting).await?.is_none() => prove::ask(&user, &deps).await?,
        _ => prove::ask_half(&deps, &waiting).await?,
    };
    Ok(crate::session::ask_for_passkey(question))
}
