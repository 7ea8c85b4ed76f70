//! Pausing one's account.

use contract::error::Result;
use leptos::prelude::*;

#[server]
pub async fn deactivate_account() -> Result<()> {
    let user = crate::session::user().await?;
    let deps = crate::session::deps()?;
    domain::identity::deactivate_account::deactivate(&user, &deps).await?;
    crate::session::clear_session();
    crate::response::redirect_to("/goodbye?account=paused");
    Ok(())
}
