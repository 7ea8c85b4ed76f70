//! Doing without two-step sign-in again.

use contract::error::Result;
use leptos::prelude::*;

#[server]
pub async fn remove_second_factor() -> Result<()> {
    let (user, deps) = (crate::session::user().await?, crate::session::deps()?);
    domain::identity::second_factor::remove::remove(&user, &deps).await?;
    crate::form::notice("second_factor_removed");
    crate::response::redirect_to("/account/security");
    Ok(())
}
