//! More or fewer seats of the plan that is paid for.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn change_seats(org: String, seats: String, version: String) -> Result<()> {
    let actor = crate::session::org_for_billing(&org).await?;
    let deps = crate::session::deps()?;
    actor
        .require(contract::iam::Permission::BillingManage)
        .map_err(contract::Error::from)?;
    let seats = super::input::seats(&seats).map_err(|code| contract::Error::field("seats", code))?;
    let version = super::input::version(&version)?;
    let changed = domain::billing::change_plan::change_seats(&actor, &deps, seats, version).await?;
    super::landing::land_changed(&actor, changed);
    Ok(())
}
