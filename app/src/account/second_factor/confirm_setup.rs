//! The first code of an authenticator app.

use contract::error::Result;
use leptos::prelude::*;

/// From here on the app guards the account. Leads to the recovery codes.
#[server]
pub async fn confirm_setup(code: String, #[server(default)] next: Option<String>) -> Result<()> {
    async {
        let (user, deps) = (crate::session::user().await?, crate::session::deps()?);
        domain::identity::second_factor::enrol::confirm(&user, &deps, &code).await?;
        crate::form::notice("second_factor_added");
        crate::response::redirect_to(&super::codes_page::path(next.as_deref()));
        Ok(())
    }
    .await
    .map_err(crate::response::note)
}
