//! Signing in by a mailed link.

use contract::error::Result;
use leptos::prelude::*;

#[server]
pub async fn redeem_magic_link(token: String) -> Result<()> {
    async {
        let (visitor, deps) = (crate::session::visitor()?, crate::session::deps()?);
        let session = domain::identity::magic_link::redeem(&visitor, &deps, &token).await?;
        super::arrival::arrive(&session, &deps, None).await
    }
    .await
    .map_err(crate::response::note)
}
