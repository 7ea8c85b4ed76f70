//! Choosing a new password by a mailed link.

use contract::error::Result;
use leptos::prelude::*;

/// Signs in here and out everywhere else.
#[server]
pub async fn reset_password(token: String, password: String) -> Result<()> {
    use contract::{error::Check, password::Password};

    async {
        let mut check = Check::default();
        let password = check.field("password", Password::parse(&password));
        let password = check.done(password)?;
        let (visitor, deps) = (crate::session::visitor()?, crate::session::deps()?);
        let session = domain::identity::reset_password::reset(&visitor, &deps, &token, password).await?;
        crate::form::notice("password_changed");
        super::arrival::arrive(&session, &deps, None).await
    }
    .await
    .map_err(crate::response::note)
}
