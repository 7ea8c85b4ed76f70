//! Somebody puts an end to a visit in which an organization is seen with their eyes.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn end_own_visit(visit: String) -> Result<()> {
    let user = crate::account::admitted::admitted().await?;
    let deps = crate::session::deps()?;
    let visit: contract::ids::VisitId = visit.parse().map_err(|_| contract::Error::NotFound)?;
    domain::visits::revoke::by_subject(&user, &deps, visit).await?;
    crate::form::notice("visit_ended");
    crate::response::redirect_to(&format!("/account/access?id={visit}"));
    Ok(())
}
