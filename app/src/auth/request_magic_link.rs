//! Asking for a link that signs in.

use contract::error::Result;
use leptos::prelude::*;

/// The same answer whether or not the address has an account.
#[server]
pub async fn request_magic_link(email: String, #[server(default)] next: Option<String>) -> Result<()> {
    use contract::{email::EmailAddress, error::Check};

    use super::mailed::{self, Mailed};

    async {
        let mut check = Check::default();
        let email = check.field("email", EmailAddress::parse(&email));
        let email = check.done(email)?;
        let next = next
            .as_deref()
            .and_then(crate::response::safe_next)
            .map(ToOwned::to_owned);
        let (visitor, deps) = (crate::session::visitor()?, crate::session::deps()?);
        domain::identity::magic_link::request(&visitor, &deps, email.clone(), next.clone()).await?;
        mailed::remember(Mailed::MagicLink, &email);
        crate::response::redirect_to(&super::magic_link_page::sent(next.as_deref()));
        Ok(())
    }
    .await
    .map_err(crate::response::note)
}
