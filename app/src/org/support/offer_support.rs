//! Letting support in without being asked.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn offer_support(
    org: String,
    #[server(default)] areas: Vec<String>,
    mode: String,
    hours: String,
    reason: String,
    #[server(default)] ticket: String,
) -> Result<()> {
    use domain::support_sessions::offer::{Offered, offer};

    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    actor.require(contract::iam::Permission::TenantUpdate)?;
    let asked = crate::platform::support::input::asked(&areas, &mode, &hours, &reason, &ticket)?;
    match offer(&actor, &deps, &asked).await? {
        Offered::Open(_) => {
            crate::form::notice("support_offered");
            crate::response::redirect_to(&format!("/o/{}/settings/support", actor.tenant().slug));
            Ok(())
        }
        // The page says which it is, and offers none.
        Offered::PolicyNever | Offered::Enough => Err(contract::Error::Conflict),
    }
}
