//! Another plan, interval or number of seats, as it was previewed, and what stays in use where there will not be room for
//! everything.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn change_plan(
    org: String,
    plan: String,
    interval: String,
    seats: String,
    version: String,
    #[server(default)] projects: Vec<String>,
    #[server(default)] people: Vec<String>,
) -> Result<()> {
    let actor = crate::session::org_for_billing(&org).await?;
    let deps = crate::session::deps()?;
    actor
        .require(contract::iam::Permission::BillingManage)
        .map_err(contract::Error::from)?;
    let wanted = super::input::wanted(plan, &interval, &seats)?;
    let version = super::input::version(&version)?;
    let kept = super::input::kept(&projects, &people)?;
    let changed = domain::billing::keep_ahead::change_and_keep(&actor, &deps, &wanted, version, &kept).await?;
    super::landing::land_changed(&actor, changed);
    Ok(())
}
