//! Asking for a link that signs in.

use contract::error::Result;
use leptos::prelude::*;

/// The same answer whether or not the address has an account.
#[server]
pub async fn request_magic_link(email: String) -> Result<()> {
    use contract::{email::EmailAddress, error::Check};

    use super::mailed::{self, Mailed};

    async {
        let mut check = Check::default();
        let email = check.field("email", EmailAddress::parse(&email));
        let email = check.done(email)?;
        let (visitor, deps) = (crate::session::visitor()?, crate::session::deps()?);
        domain::identity::magic_link::request(&visitor, &deps, email.clone()).await?;
        mailed::remember(Mailed::MagicLink, &email);
        crate::response::redirect_to("/magic-link?sent");
        Ok(())
    }
    .await
    .map_err(crate::response::note)
}
