//! Deleting one's account.

use contract::error::Result;
use leptos::prelude::*;

/// By the typed address, and the password where the sign-in is too long ago.
#[server]
pub async fn delete_account(confirm: String, #[server(default)] password: Option<String>) -> Result<()> {
    async {
        let user = crate::session::user().await?;
        let deps = crate::session::deps()?;
        domain::identity::delete_account::delete(&user, &deps, &confirm, password.as_deref()).await?;
        crate::session::clear_session();
        crate::response::redirect_to("/goodbye?account=deleted");
        Ok(())
    }
    .await
    .map_err(crate::response::note)
}
