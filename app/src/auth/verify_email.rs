//! Proving an address by the link that was mailed to it.

use contract::error::Result;
use leptos::prelude::*;

/// On another device, where the mail is often read, one signs in first.
#[server]
pub async fn verify_email(token: String) -> Result<()> {
    async {
        let (user, deps) = (crate::session::user().await?, crate::session::deps()?);
        domain::identity::verify_email::verify(&user, &deps, &token).await?;
        crate::form::notice("email_verified");
        crate::response::redirect_to(&super::arrival::home(&user, &deps).await?);
        Ok(())
    }
    .await
    .map_err(crate::response::note)
}
