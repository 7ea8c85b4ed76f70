//! Signing every other device out.

use contract::error::Result;
use leptos::prelude::*;

#[server]
pub async fn revoke_other_sessions() -> Result<()> {
    async {
        let user = super::admitted::admitted().await?;
        let deps = crate::session::deps()?;
        domain::identity::sessions::revoke_others(&user, &deps).await?;
        crate::form::notice("sessions_revoked");
        crate::response::redirect_to("/account/sessions");
        Ok(())
    }
    .await
    .map_err(crate::response::note)
}
