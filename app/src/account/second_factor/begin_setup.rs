//! Beginning to set an authenticator app up.

use contract::error::Result;
use leptos::prelude::*;

/// Draws the secret that the page shows next.
#[server]
pub async fn begin_setup(#[server(default)] next: Option<String>) -> Result<()> {
    async {
        let (user, deps) = (crate::session::user().await?, crate::session::deps()?);
        domain::identity::second_factor::enrol::begin(&user, &deps).await?;
        crate::response::redirect_to(&super::setup_page::path(next.as_deref()));
        Ok(())
    }
    .await
    .map_err(crate::response::note)
}
