//! Proving an address by the link that was mailed to it.

use contract::error::Result;
use leptos::prelude::*;

/// Works signed out too: the mail is often read on another device.
#[server]
pub async fn verify_email(token: String) -> Result<()> {
    async {
        let (visitor, deps) = (crate::session::visitor()?, crate::session::deps()?);
        let user = crate::session::maybe_user().await?;
        domain::identity::verify_email::verify(&visitor, &deps, &token).await?;
        crate::form::notice("email_verified");
        let path = match user {
            Some(user) => super::arrival::home(&user, &deps).await?,
            None => "/sign-in".to_owned(),
        };
        crate::response::redirect_to(&path);
        Ok(())
    }
    .await
    .map_err(crate::response::note)
}
