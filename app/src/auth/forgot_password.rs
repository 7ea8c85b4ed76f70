//! Asking for a link to choose a new password.

use contract::error::Result;
use leptos::prelude::*;

/// The same answer whether or not the address has an account.
#[server]
pub async fn forgot_password(email: String) -> Result<()> {
    use contract::{email::EmailAddress, error::Check};

    use super::mailed::{self, Mailed};

    async {
        let mut check = Check::default();
        let email = check.field("email", EmailAddress::parse(&email));
        let email = check.done(email)?;
        let (visitor, deps) = (crate::session::visitor()?, crate::session::deps()?);
        domain::identity::reset_password::request(&visitor, &deps, email.clone()).await?;
        mailed::remember(Mailed::PasswordReset, &email);
        crate::response::redirect_to("/forgot-password?sent");
        Ok(())
    }
    .await
    .map_err(crate::response::note)
}
