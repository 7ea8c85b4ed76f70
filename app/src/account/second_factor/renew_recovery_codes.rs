//! New recovery codes in the place of the old.

use contract::error::Result;
use leptos::prelude::*;

/// Leads to where they are shown.
#[server]
pub async fn renew_recovery_codes() -> Result<()> {
    let (user, deps) = (crate::session::user().await?, crate::session::deps()?);
    domain::identity::second_factor::recovery_codes::renew(&user, &deps).await?;
    crate::form::notice("recovery_codes_renewed");
    crate::response::redirect_to(&super::codes_page::path(None));
    Ok(())
}
