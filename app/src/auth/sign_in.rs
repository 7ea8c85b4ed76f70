//! Signing in with address and password.

use contract::error::Result;
use leptos::prelude::*;

#[server]
pub async fn sign_in(email: String, password: String, #[server(default)] next: Option<String>) -> Result<()> {
    use contract::{FieldCode, email::EmailAddress, error::Check};

    async {
        let mut check = Check::default();
        let email = check.field("email", EmailAddress::parse(&email));
        let typed = check.field(
            "password",
            if password.is_empty() {
                Err(FieldCode::Required)
            } else {
                Ok(password)
            },
        );
        let (email, typed) = check.done(email.zip(typed))?;
        let (visitor, deps) = (crate::session::visitor()?, crate::session::deps()?);
        let session = domain::identity::sign_in::sign_in(&visitor, &deps, email, typed).await?;
        super::arrival::arrive(&session, &deps, next.as_deref()).await
    }
    .await
    .map_err(crate::response::note)
}
