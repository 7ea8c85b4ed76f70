//! A new password for who knows the present one.

use contract::error::Result;
use leptos::prelude::*;

/// Every other device is signed out; this one gets a new session.
#[server]
pub async fn change_password(current_password: String, password: String) -> Result<()> {
    use contract::{FieldCode, error::Check, password::Password};

    async {
        let user = super::admitted::admitted().await?;
        let mut check = Check::default();
        let current = if current_password.is_empty() {
            Err(FieldCode::Required)
        } else {
            Ok(current_password)
        };
        let current = check.field("current_password", current);
        let password = check.field("password", Password::parse(&password));
        let (current, password) = check.done(current.zip(password))?;
        let deps = crate::session::deps()?;
        let session = domain::identity::change_password::change(&user, &deps, current, password).await?;
        crate::session::set_session(&session);
        crate::form::notice("password_changed");
        crate::response::redirect_to("/account/security");
        Ok(())
    }
    .await
    .map_err(crate::response::note)
}
