//! Signing in by a mailed link.

use contract::error::Result;
use leptos::prelude::*;

/// Leads on to where one was going when the link was asked for.
#[server]
pub async fn redeem_magic_link(token: String, #[server(default)] next: Option<String>) -> Result<()> {
    async {
        let (visitor, deps) = (crate::session::visitor()?, crate::session::deps()?);
        let redeemed = domain::identity::magic_link::redeem(&visitor, &deps, &token).await?;
        if redeemed.password_removed {
            crate::form::notice("password_removed");
        }
        super::arrival::arrive(&redeemed.session, &deps, next.as_deref()).await
    }
    .await
    .map_err(crate::response::note)
}
