//! Saying that recovery codes are written down.

use contract::error::Result;
use leptos::prelude::*;

/// Nobody is shown them again. Leads on to where one was going.
#[server]
pub async fn keep_recovery_codes(
    #[server(default)] kept: Option<String>,
    #[server(default)] next: Option<String>,
) -> Result<()> {
    use contract::{Error, FieldCode};

    let (user, deps) = (crate::session::user().await?, crate::session::deps()?);
    if kept.is_none() {
        return Err(Error::field("kept", FieldCode::Required));
    }
    domain::identity::second_factor::recovery_codes::keep(&user, &deps).await?;
    crate::response::redirect_to(super::onward(next.as_deref()));
    Ok(())
}
